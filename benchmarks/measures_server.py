"""What the server must carry: starting, sessions, many visitors at once."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.client import VisitError, Visitor
from benchmarks.report import Row, compared, limited, median, percentile
from benchmarks.servers import run
from benchmarks.stage import Stage

SEED = 7
SESSIONS = 100
VISITORS = 200
PAUSE_S = 5.0
ARRIVALS_PER_S = 8
MEASURED_S = 60.0
CHOICES = 6  # pills that visitors choose from


def server_start(stage: Stage) -> list[Row]:
    """Time from starting the process to the list and to the whole first page, by turns with the empty app."""
    first: dict[str, list[float]] = {"ours": [], "empty": []}
    whole: list[float] = []
    for turn in range(1 + stage.times(6)):
        for app, each in first.items():
            with stage.fresh(app) as server:
                if turn:
                    each.append(server.first_answer_s)
                    whole += [server.whole_page_s] if app == "ours" else []
    reference = ("an empty app", median(first["empty"]))
    return [
        compared("server start to first answer (the list)", median(first["ours"]), "s", reference=reference, most=2),
        compared("server start to the whole page, map included", median(whole), "s", reference=reference, most=2),
    ]


def memory(stage: Stage) -> list[Row]:
    """Compare the memory of the server before and after many sessions that all change a filter."""
    with stage.fresh("ours") as server:
        grown = run(_grow(server.port, server.memory_mb, SESSIONS // 4 if stage.quick else SESSIONS))
    return [limited("memory per extra browser session", grown, "MB", most=3)]


async def _grow(port: int, memory_mb: Callable[[], float], sessions: int) -> float:
    first = [await _arrive(port) for _ in range(3)]
    before = memory_mb()
    rest = [await _arrive(port) for _ in range(sessions)]
    grown = (memory_mb() - before) / sessions
    for visitor in first + rest:
        await visitor.__aexit__(None, None, None)
    return grown


async def _arrive(port: int) -> Visitor:
    visitor = await Visitor(port).__aenter__()
    await visitor.open_page()
    for choice in (0, 1):
        await visitor.change_filter([visitor.values[choice]])
    return visitor


@dataclass
class _Crowd:
    """What happened to the visitors of a load test; only what falls between `begin` and `end` counts."""

    port: int
    begin: float
    end: float
    answers_s: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def load(stage: Stage) -> list[Row]:
    """Let two hundred visitors change a filter every five seconds on one process."""
    visitors = VISITORS // 4 if stage.quick else VISITORS
    with stage.fresh("ours") as server:
        crowd = run(_play(server.port, visitors, MEASURED_S / 3 if stage.quick else MEASURED_S))
    who = f"{visitors} visitors, a filter change per {PAUSE_S:.0f} s each"
    slow = percentile(crowd.answers_s, 95) * 1000
    return [
        limited(f"{who}: 95th percentile", slow, "ms", most=500, worst=max(crowd.answers_s) * 1000),
        limited(f"{who}: median", median(crowd.answers_s) * 1000, "ms", most=500),
        limited(f"{who}: errors", len(crowd.errors), "errors", most=0),
    ]


async def _play(port: int, visitors: int, measured_s: float) -> _Crowd:
    begin = time.perf_counter() + visitors / ARRIVALS_PER_S + 2 * PAUSE_S
    crowd = _Crowd(port, begin, begin + measured_s)
    await asyncio.gather(*(_visit(crowd, number) for number in range(visitors)))
    return crowd


async def _visit(crowd: _Crowd, number: int) -> None:
    """Arrive in turn, then change the filter at a steady pace until the end."""
    chance = random.Random(SEED + number)
    await asyncio.sleep(number / ARRIVALS_PER_S)
    try:
        async with Visitor(crowd.port) as visitor:
            await visitor.open_page()
            next_change = time.perf_counter() + chance.uniform(0, PAUSE_S)
            while next_change < crowd.end:
                await asyncio.sleep(max(0, next_change - time.perf_counter()))
                chosen = chance.sample(visitor.values[:CHOICES], chance.randint(0, 2))
                took = await visitor.change_filter(chosen)
                if next_change >= crowd.begin:
                    crowd.answers_s.append(took)
                next_change += PAUSE_S
    except (VisitError, OSError) as error:
        crowd.errors.append(str(error))
