"""Writes the golden tables of three coverage scenarios: `python -m tests.golden.coverage.generate`.

Run it when the data or a definition changes on purpose, and read the difference before committing it.
"""

import csv
import datetime as dt
from pathlib import Path

from geo import store
from geo.ages import AgeGroup
from geo.coverage import CoverageRequest, Measure, measure
from geo.coverage.request import WALK_M
from geo.directory import ServiceType

FOLDER = Path(__file__).resolve().parent
DATA = FOLDER.parents[2] / "data"
TODAY = dt.date(2026, 1, 1)
SCENARIOS = {
    "served-house-0-2": CoverageRequest(measure=Measure.SERVED),
    "reach-play-0-5-west-flanders": CoverageRequest(
        types=frozenset({ServiceType.PLAY_AND_ENCOUNTER}),
        ages=frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5}),
        measure=Measure.REACH,
        reach_m=WALK_M,
        area="30000",
    ),
    "e2sfca-house-and-shop-6-11": CoverageRequest(
        types=frozenset({ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP}),
        ages=frozenset({AgeGroup.FROM_6_TO_11}),
        measure=Measure.ENHANCED,
    ),
}
NUMBERS = ("children", "value", "low", "high", "children_reached", "deprivation_pct", "peers_value")
TEXTS = ("nis_code", "name", "state", "is_small", "rank", "records", "fresh", "located", "high_confidence", "peers")


def table(dataset, request):
    """The rows of a report as texts; numbers to nine digits, nothing where nothing is known."""
    return [_cells(row) for row in measure(dataset, request, today=TODAY).rows]


def _cells(row):
    numbers = {name: getattr(row, name) for name in NUMBERS}
    evidence = {name: str(getattr(row.evidence, name)) for name in ("records", "fresh", "located", "high_confidence")}
    return {
        "nis_code": row.area.code,
        "name": row.area.name_nl,
        **{name: "" if number is None else f"{number:.9g}" for name, number in numbers.items()},
        "state": row.state.value,
        "is_small": "yes" if row.is_small else "",
        "rank": "" if row.rank is None else str(row.rank),
        **evidence,
        "peers": " ".join(row.peers),
    }


def read(name):
    """The rows of a golden table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main():
    dataset = store.load(DATA)
    for name, request in SCENARIOS.items():
        rows = table(dataset, request)
        with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
