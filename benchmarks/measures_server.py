"""Budgets of the server: start, sessions, many visitors at once."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.client import VisitError, Visitor
from benchmarks.report import BudgetRow, median_of, percentile_of, row_at_most, row_beside
from benchmarks.servers import run_async
from benchmarks.stage import Stage

RANDOM_SEED = 7
SESSIONS = 100
VISITORS = 200
PAUSE_S = 5.0
ARRIVALS_PER_S = 8
MEASURED_S = 60.0
CHOICES = 6  # pills that visitors choose from


def time_server_start(stage: Stage) -> list[BudgetRow]:
    """Time the server's start to the list and whole page.

    By turns with the empty app.
    """
    first: dict[str, list[float]] = {"ours": [], "empty": []}
    whole: list[float] = []
    for turn in range(1 + stage.times(6)):
        for app, each in first.items():
            with stage.fresh(app) as server:
                if turn:
                    each.append(server.first_answer_s)
                    whole += [server.whole_page_s] if app == "ours" else []
    reference = ("an empty app", median_of(first["empty"]))
    return [
        row_beside(
            "server start to first answer (the list)", median_of(first["ours"]), "s", reference=reference, most=2
        ),
        row_beside("server start to the whole page, map included", median_of(whole), "s", reference=reference, most=2),
    ]


def measure_memory(stage: Stage) -> list[BudgetRow]:
    """Measure the memory that each further session takes.

    The sessions all change a filter.
    """
    with stage.fresh("ours") as server:
        grown = run_async(_memory_growth(server.port, server.memory_mb, SESSIONS // 4 if stage.quick else SESSIONS))
    return [row_at_most("memory per extra browser session", grown, "MB", most=3)]


async def _memory_growth(port: int, memory_mb: Callable[[], float], sessions: int) -> float:
    first = [await _open_visitor(port) for _ in range(3)]
    before = memory_mb()
    rest = [await _open_visitor(port) for _ in range(sessions)]
    grown = (memory_mb() - before) / sessions
    for visitor in first + rest:
        await visitor.__aexit__(None, None, None)
    return grown


async def _open_visitor(port: int) -> Visitor:
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


def measure_load(stage: Stage) -> list[BudgetRow]:
    """Measure two hundred visitors who change a filter every five seconds.

    They share one process.
    """
    visitors = VISITORS // 4 if stage.quick else VISITORS
    with stage.fresh("ours") as server:
        crowd = run_async(_play_crowd(server.port, visitors, MEASURED_S / 3 if stage.quick else MEASURED_S))
    who = f"{visitors} visitors, a filter change per {PAUSE_S:.0f} s each"
    slow = percentile_of(crowd.answers_s, 95) * 1000
    return [
        row_at_most(f"{who}: 95th percentile", slow, "ms", most=500, worst=max(crowd.answers_s) * 1000),
        row_at_most(f"{who}: median", median_of(crowd.answers_s) * 1000, "ms", most=500),
        row_at_most(f"{who}: errors", len(crowd.errors), "errors", most=0),
    ]


async def _play_crowd(port: int, visitors: int, measured_s: float) -> _Crowd:
    begin = time.perf_counter() + visitors / ARRIVALS_PER_S + 2 * PAUSE_S
    crowd = _Crowd(port, begin, begin + measured_s)
    await asyncio.gather(*(_play_visitor(crowd, number) for number in range(visitors)))
    return crowd


async def _play_visitor(crowd: _Crowd, number: int) -> None:
    """Arrive in turn, then change the filter at a steady pace until the end."""
    chance = random.Random(RANDOM_SEED + number)
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
