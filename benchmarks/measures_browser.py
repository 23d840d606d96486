"""What a visitor notices: clicks, first visits, and a map that stays where it was."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks.report import Row, compared, limited, median
from benchmarks.stage import Stage
from benchmarks.workspace import ROOT

PLACE = (51.0259, 4.4777, 12)  # Mechelen, near enough for single markers
GZIP_LEVEL = 6


def filter_click(stage: Stage) -> list[Row]:
    """Time a filter click in three apps by turns, and weigh what goes over the websocket."""
    took, sent = _click_by_turns(stage, ("ours", "plain", "empty"))
    ours, plain, empty = (median(took[app]) for app in ("ours", "plain", "empty"))
    name = "filter click to markers, beside"
    return [
        compared(f"{name} the plain app", ours, "ms", reference=("the plain app", plain), most=1 / 20),
        compared(f"{name} an empty rerun", ours, "ms", reference=("an empty rerun", empty), most=3),
        limited("websocket bytes of a filter click", max(sent) / 1000, "kB", most=10),
    ]


def filter_click_of_a_thousand(stage: Stage) -> list[Row]:
    """Time a filter click beside the plain app once more, with a thousand synthetic services on both maps."""
    took, _ = _click_by_turns(stage, ("ours@1000", "plain@1000"))
    ours, plain = median(took["ours@1000"]), median(took["plain@1000"])
    name = "filter click with 1,000 services, beside the plain app"
    return [compared(name, ours, "ms", reference=("the plain app", plain), most=1 / 20)]


def _click_by_turns(stage: Stage, apps: Sequence[str]) -> tuple[dict[str, list[float]], list[int]]:
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


def map_stays(stage: Stage) -> list[Row]:
    """Click every type on and off; count after how many clicks the map had kept frame, centre and zoom."""
    with stage.visit("ours") as visit:
        visit.open()
        visit.leave_mark(*PLACE)
        before = visit.view()
        kept = []
        for which in range(visit.pills()):
            for _ in range(2):
                visit.click(which)
                kept.append(visit.view() == before)
    share = 100 * sum(kept) / len(kept)
    return [Row(name="map keeps frame, centre and zoom", value=share, unit="%", budget="always", met=all(kept))]


def boundaries(stage: Stage) -> list[Row]:
    """Weigh the municipalities as the server sends them, and count how often a visit fetches them."""
    listed = json.loads((ROOT / "static" / "map" / "index.json").read_text(encoding="utf-8"))
    name = listed["municipalities"]
    weight = len(gzip.compress((ROOT / "static" / "map" / name).read_bytes(), GZIP_LEVEL)) / 1000
    with stage.visit("ours") as visit:
        visit.open()
        for _ in range(4):
            visit.click()
        fetched = sum(name in url for url in visit.requests)
    return [
        limited("boundaries of all municipalities, compressed", weight, "kB", most=200),
        limited("times a visit with four filter clicks fetches them", fetched, "times", most=1),
    ]


def first_visit(stage: Stage) -> list[Row]:
    """Time first visits with empty caches to warm servers, by turns."""
    took: dict[str, list[float]] = {"ours": [], "empty_map": []}
    for turn in range(1 + stage.times(9)):
        for app, each in took.items():
            with stage.visit(app) as visit:
                needed = visit.open()
            if turn:
                each.append(needed)
    reference = ("an empty page with a bare map", median(took["empty_map"]))
    return [compared("first visit to usable list and map", median(took["ours"]), "ms", reference=reference, most=1.5)]


def large_directory(stage: Stage) -> list[Row]:
    """Time a filter click with a hundred thousand services."""
    with stage.visit("ours@100000") as visit:
        visit.open()
        visit.click()
        visit.click()
        took = [visit.click() for _ in range(2 * stage.times(6))]
    return [limited("filter click with 100,000 services", median(took), "ms", most=1000, worst=max(took))]
