"""Budgets of coverage: cold, repeated, beside pysal access, in the browser."""

from __future__ import annotations

import datetime as dt
import time
import warnings
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.browser import SETTLE_MS
from benchmarks.report import BudgetRow, median_of, row_at_most, row_beside
from benchmarks.stage import DATA, Stage
from geo import store
from geo.ages import AgeGroup
from geo.arrays import Floats
from geo.coverage import CoverageReport, CoverageRequest, Measure, measure
from geo.coverage.counting.floating_catchment import flat_weights, floating_catchment, step_weights
from geo.coverage.counting.reach_pairs import pairs_within_reach
from geo.coverage.measures import E2SFCA_STEPS
from geo.coverage.supply import supply_for
from geo.directory import ServiceType
from geo.store import Dataset

TODAY = dt.date(2026, 11, 22)
EQUAL_GAP = 1e-9
COLD_MS, REPEATED_MS, BYTES_KB = 300, 20, 40
HOUSES = frozenset({ServiceType.HOUSE_OF_THE_CHILD})
AGES = frozenset({AgeGroup.FROM_0_TO_2})


def time_measures(stage: Stage) -> list[BudgetRow]:
    """Time each measure for all municipalities, cold and repeated.

    Rows included: on a dataset just loaded, and asked again.
    """
    data = store.load(DATA)
    cold: dict[Measure, list[float]] = {each: [] for each in Measure}
    again: list[float] = []
    for _ in range(stage.times(5)):
        for each in Measure:
            dataset = data
            request = CoverageRequest(types=HOUSES, ages=AGES, measure=each)
            cold[each].append(_time_ms(lambda g=dataset, r=request: _measure_report(g, r)))
            again.append(_time_ms(lambda g=dataset, r=request: _measure_report(g, r)))
    worst = max(cold, key=lambda each: median_of(cold[each]))
    return [
        row_at_most(
            f"coverage of all municipalities, cold, slowest measure ({worst.value})",
            median_of(cold[worst]),
            "ms",
            most=COLD_MS,
            worst=max(max(times) for times in cold.values()),
        ),
        row_at_most("coverage asked again", median_of(again), "ms", most=REPEATED_MS, worst=max(again)),
    ]


def _measure_report(dataset: Dataset, request: CoverageRequest) -> CoverageReport:
    report = measure(dataset, request, today=TODAY)
    assert report.rows
    return report


def time_beside_access(stage: Stage) -> list[BudgetRow]:
    """Time 2SFCA and E2SFCA beside `access` on the same points.

    Same sectors and doors, with its own table of distances.
    """
    data = store.load(DATA)
    rows = []
    for each, name in ((Measure.TWO_STEP, "2SFCA"), (Measure.ENHANCED, "E2SFCA")):
        request = CoverageRequest(types=HOUSES, ages=AGES, measure=each)
        ours, alone, theirs = [], [], []
        for _ in range(stage.times(5)):
            dataset = data
            ours.append(_time_ms(lambda g=dataset, r=request: _measure_report(g, r)))
            alone.append(_time_ms(lambda g=dataset, r=request: _measure_values(g, r)))
            theirs.append(_time_ms(lambda g=dataset, r=request: _measure_with_access(g, r)))
        gap = np.abs(
            _measure_values(dataset, request) - _measure_with_access(dataset, request).iloc[:, 0].fillna(0.0).to_numpy()
        )
        assert gap.max() < EQUAL_GAP, "the two must say the same"
        reference = ("pysal access, values alone", median_of(theirs))
        rows += [
            row_beside(f"{name} of all sectors, values alone", median_of(alone), "ms", reference=reference, most=1),
            row_beside(f"{name} of all municipalities, with bounds, states, peers and rows", median_of(ours), "ms",
                     reference=reference, most=3),
        ]  # fmt: skip
    return rows


def _measure_values(dataset: Dataset, request: CoverageRequest) -> Floats:
    """Return float64[n]: what `access` works out, every known door by itself, by the parts `measure` is made of."""
    supply, demand = supply_for(dataset, request), dataset.demand
    nowhere = supply.hidden.of(np.zeros(len(supply.rows), dtype=np.bool_))
    doors = replace(supply.doors, service=np.arange(len(supply.doors), dtype=np.int32))
    pairs = pairs_within_reach(demand, doors, nowhere, request.reach_m)
    weigh = step_weights if request.measure is Measure.ENHANCED else flat_weights
    weights = weigh(pairs.known, request.reach_m)
    load = pairs.sum_at_units(weights * demand.of(request.groups)[pairs.point], len(doors))
    return pairs.sum_at_points(floating_catchment(weights, load[pairs.unit]), len(demand))


def _measure_with_access(dataset: Dataset, request: CoverageRequest) -> pd.DataFrame:
    """Return what `access` finds on the same points: distances as a long table, then its two steps."""
    from access import Access, weights  # noqa: PLC0415  (only here)

    sites = supply_for(dataset, request).doors
    demand = dataset.demand
    away = np.hypot(demand.x[:, None] - sites.x, demand.y[:, None] - sites.y)
    at, to = np.nonzero(away <= request.reach_m)
    costs = pd.DataFrame({"origin": at, "dest": to, "cost": away[at, to]})
    people = pd.DataFrame({"id": np.arange(len(demand)), "people": demand.of(request.groups)})
    offer = pd.DataFrame({"id": np.arange(len(sites)), "offer": 1.0})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = Access(
            demand_df=people, demand_index="id", demand_value="people", supply_df=offer, supply_index="id",
            supply_value="offer", cost_df=costs, cost_origin="origin", cost_dest="dest", cost_name="cost",
        )  # fmt: skip
        if request.measure is Measure.ENHANCED:
            steps = weights.step_fn({part * request.reach_m: weight for part, weight in E2SFCA_STEPS})
            return found.enhanced_two_stage_fca(weight_fn=steps, max_cost=request.reach_m)
        return found.two_stage_fca(max_cost=request.reach_m)


def time_measure_change(stage: Stage) -> list[BudgetRow]:
    """Time and weigh a change of measure in the browser.

    Timed until the map has its new colours.
    """
    took, sent = [], []
    with stage.visit("ours") as visit:
        visit.go("coverage")
        for _ in range(stage.times(6)):
            before = visit.bytes
            took.append(visit.choose_next(".st-key-coverage-measure"))
            visit.page.wait_for_timeout(2 * SETTLE_MS)
            sent.append(visit.bytes - before)
    return [
        row_at_most("another coverage measure to the coloured map", median_of(took), "ms", most=1_000, worst=max(took)),
        row_at_most("websocket bytes of another coverage measure", max(sent) / 1000, "kB", most=BYTES_KB),
    ]


def _time_ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
