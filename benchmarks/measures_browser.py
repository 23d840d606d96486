"""Budgets that a visitor notices: clicks, visits, a steady map."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks.report import BudgetRow, median_of, row_at_most, row_beside
from benchmarks.stage import Stage
from benchmarks.workspace import ROOT

MAP_VIEW = (51.0259, 4.4777, 12)  # Mechelen, near enough for single markers
GZIP_LEVEL = 6


def time_filter_click(stage: Stage) -> list[BudgetRow]:
    """Time and weigh a filter click in three apps.

    The apps take turns; weighed is what goes over the websocket.
    """
    took, sent = _time_clicks_by_turns(stage, ("ours", "plain", "empty"))
    ours, plain, empty = (median_of(took[app]) for app in ("ours", "plain", "empty"))
    name = "filter click to markers, beside"
    return [
        row_beside(f"{name} the plain app", ours, "ms", reference=("the plain app", plain), most=1 / 20),
        row_beside(f"{name} an empty rerun", ours, "ms", reference=("an empty rerun", empty), most=3),
        row_at_most("websocket bytes of a filter click", max(sent) / 1000, "kB", most=10),
    ]


def time_click_of_a_thousand(stage: Stage) -> list[BudgetRow]:
    """Time a filter click with a thousand services on both maps.

    The services are synthetic; the other map is that of the plain app.
    """
    took, _ = _time_clicks_by_turns(stage, ("ours@1000", "plain@1000"))
    ours, plain = median_of(took["ours@1000"]), median_of(took["plain@1000"])
    name = "filter click with 1,000 services, beside the plain app"
    return [row_beside(name, ours, "ms", reference=("the plain app", plain), most=1 / 20)]


def _time_clicks_by_turns(stage: Stage, apps: Sequence[str]) -> tuple[dict[str, list[float]], list[int]]:
    """Return the milliseconds of the clicks in each app, and the bytes of further clicks in the first one."""
    took: dict[str, list[float]] = {app: [] for app in apps}
    with ExitStack() as stack:
        visits = {app: stack.enter_context(stage.visit(app)) for app in apps}
        for visit in visits.values():
            visit.open()
            visit.click()
            visit.click()
        for _ in range(2 * stage.times(9)):
            for app, visit in visits.items():
                visit.page.bring_to_front()
                took[app].append(visit.click())
        sent = [visits[apps[0]].bytes_of_click() for _ in range(2 * stage.times(3))]
    return took, sent


def check_map_stays(stage: Stage) -> list[BudgetRow]:
    """Count the filter clicks after which the map stayed.

    Every type is clicked on and off; frame, centre and zoom must be kept.
    """
    with stage.visit("ours") as visit:
        visit.open()
        visit.leave_mark(*MAP_VIEW)
        before = visit.view()
        kept = []
        for which in range(visit.pills()):
            for _ in range(2):
                visit.click(which)
                kept.append(visit.view() == before)
    share = 100 * sum(kept) / len(kept)
    return [BudgetRow(name="map keeps frame, centre and zoom", value=share, unit="%", budget="always", met=all(kept))]


def weigh_boundaries(stage: Stage) -> list[BudgetRow]:
    """Weigh the municipality boundaries, and count their fetches per visit.

    They are weighed as the server sends them.
    """
    listed = json.loads((ROOT / "static" / "map" / "index.json").read_text(encoding="utf-8"))
    name = listed["municipalities"]
    weight = len(gzip.compress((ROOT / "static" / "map" / name).read_bytes(), GZIP_LEVEL)) / 1000
    with stage.visit("ours") as visit:
        visit.open()
        for _ in range(4):
            visit.click()
        fetched = sum(name in url for url in visit.requests)
    return [
        row_at_most("boundaries of all municipalities, compressed", weight, "kB", most=200),
        row_at_most("times a visit with four filter clicks fetches them", fetched, "times", most=1),
    ]


def time_first_visit(stage: Stage) -> list[BudgetRow]:
    """Time first visits with empty caches to warm servers.

    The apps take turns.
    """
    took: dict[str, list[float]] = {"ours": [], "empty_map": []}
    for turn in range(1 + stage.times(9)):
        for app, each in took.items():
            with stage.visit(app) as visit:
                needed = visit.open()
            if turn:
                each.append(needed)
    reference = ("an empty page with a bare map", median_of(took["empty_map"]))
    return [
        row_beside("first visit to usable list and map", median_of(took["ours"]), "ms", reference=reference, most=1.5)
    ]


def time_large_directory(stage: Stage) -> list[BudgetRow]:
    """Time a filter click with a hundred thousand services."""
    with stage.visit("ours@100000") as visit:
        visit.open()
        visit.click()
        visit.click()
        took = [visit.click() for _ in range(2 * stage.times(6))]
    return [row_at_most("filter click with 100,000 services", median_of(took), "ms", most=1000, worst=max(took))]
