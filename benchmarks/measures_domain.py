"""Budgets of the domain: searching, and finding misspelt places."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks import directory_100k
from benchmarks.report import BudgetRow, median_of, row_at_most
from benchmarks.stage import DATA, Stage
from geo import store
from geo.ages import AgeGroup
from geo.directory import Directory, ServiceType
from geo.finder import ServiceFilter, search
from geo.finder.search import Searchable
from geo.hsds import services
from geo.hsds.tables import tables_of
from geo.opening.schedules import BRUSSELS_TIME
from geo.places import Municipalities, Place
from geo.places.gazetteer import Match

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=BRUSSELS_TIME)  # a Tuesday morning
PLACES = ("2800", "Gent", "Deurne", "Courtrai", "Geel", "Brugge station", "Neerpelt", "1000", "")
FILTERS = (
    ServiceFilter(),
    ServiceFilter(types=frozenset({ServiceType.HOUSE_OF_THE_CHILD})),
    ServiceFilter(ages=frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_6_TO_11}), free=True),
    ServiceFilter(open_now=True, with_address=True),
    ServiceFilter(types=frozenset({ServiceType.FAMILY_CARE_CENTRE}), languages=frozenset({"tr"})),
)
MISSPELT = (
    "Mechlen", "Antwerpn", "Leuvn", "Kortrjk", "Sint Niklas", "Oostenda", "Geraardsbegen", "Hasslet", "Turnhoutt",
    "Dendremonde", "Ninoove", "Roeselaare", "Vilvorde", "Molenbeck", "Bruxeles", "Zaventum", "Lokren", "Genkk",
    "Tieneen", "Aarschoot",
)  # fmt: skip


@dataclass(frozen=True)
class _SearchData:
    """What a search needs."""

    directory: Directory
    municipalities: Municipalities


def time_search(stage: Stage) -> list[BudgetRow]:
    """Time `finder.search` on our directory and on 100,000 services.

    For many questions.
    """
    data = store.load(DATA)
    places = [answer.place for text in PLACES if isinstance(answer := data.gazetteer.resolve(text), Match)]
    invented = tables_of(directory_100k.make_tables(data=DATA))
    large = _SearchData(Directory.from_services(services.services_from(invented)), data.municipalities)
    size = len(data.directory)
    rows = []
    for parts, most, count in ((data, 5.0, f"{size}"), (large, 50.0, "100,000")):
        took = _time_searches(parts, [*places, None], stage.times(9))
        rows.append(
            row_at_most(f"finder.search on {count} services", median_of(took), "ms", most=most, worst=max(took))
        )
    return rows


def _time_searches(parts: Searchable, places: list[Place | None], times: int) -> list[float]:
    """Return per question the median of its repetitions, in milliseconds; the first of all is left out."""
    search(parts, places[0], FILTERS[0], now=NOW)
    return [
        median_of([_time_ms(partial(search, parts, place, wanted, now=NOW)) for _ in range(times)])
        for place in places
        for wanted in FILTERS
    ]


def time_gazetteer(stage: Stage) -> list[BudgetRow]:
    """Time the lookup of misspelt places."""
    known = store.load(DATA).gazetteer
    known.resolve("Mechlen")
    took = [median_of([_time_ms(partial(known.resolve, text)) for _ in range(stage.times(9))]) for text in MISSPELT]
    return [row_at_most("gazetteer lookup of a misspelt name", median_of(took), "ms", most=10, worst=max(took))]


def _time_ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
