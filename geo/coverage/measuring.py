"""Measure how far services reach children."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geo.arrays import Flags, Floats, Rows64
from geo.coverage.counting.cohorts import Cohort, cohorts_of
from geo.coverage.counting.floating_catchment import flat_weights, floating_catchment, step_weights
from geo.coverage.counting.point_sums import PointSums
from geo.coverage.counting.reach_pairs import ReachPairs
from geo.coverage.measures import Measure
from geo.coverage.report import CoverageReport, area_of_request
from geo.coverage.request import CoverageRequest
from geo.coverage.supply import supply_for
from geo.store.dataset import Dataset

CACHED_REPORTS = 24
"""Answers kept for who asks again; each takes one to two megabytes."""


def measure(dataset: Dataset, request: CoverageRequest, *, today: dt.date) -> CoverageReport:
    """Return the coverage report of a request.

    The coverage of every municipality of the area, and what it rests on.

    Parameters
    ----------
    dataset : Dataset
        Services, municipalities, children and need.
    request : CoverageRequest
        What to measure. With the data version it alone decides every value.
    today : date
        Decides which records count as fresh; it changes no value.

    Raises
    ------
    RequestError
        The area of the request is not known.

    Notes
    -----
    Every value of an area is a sum over its children divided by its children; sums over larger areas add up
    children before they divide. A service counts for the age groups that its ages overlap, and children of each
    group are held against the services that count for them.

    Doors that are only known to their deelgemeente stand in its middle; `low` and `high` say what the value could
    be wherever among its sectors they stand. Doors that are not known at all take part in the favourable bound only:
    they may stand in any sector of their municipality or, where the record names no place, of any that the service is
    for. Where no trustworthy record speaks of a municipality, nor of one around it, a service that we do not know of
    may stand anywhere. For distances the favourable bound is `low`, for all else `high`. Sectors are points: the error
    of their extent (half of the children live in a sector of less than 400 m radius) is not in the bounds. For the two
    measures of the nearest, a circle that holds all those sectors stands for them, so that their bounds are wider.
    """
    return _measure_cached(dataset, request, today)


@lru_cache(maxsize=CACHED_REPORTS)
def _measure_cached(dataset: Dataset, request: CoverageRequest, today: dt.date) -> CoverageReport:
    area_of_request(dataset, request)
    supply = supply_for(dataset, request)
    tally = PointSums.empty(dataset.demand, supply)
    _MEASURES[request.measure](cohorts_of(dataset, request, supply), tally)
    return CoverageReport(dataset=dataset, request=request, today=today, supply=supply, point_sums=tally)


def _measure_served(questions: list[Cohort], tally: PointSums) -> None:
    for asked in questions:
        is_served: Flags = np.any(asked.supply.serves & asked.selected[:, None], axis=0)
        serves = is_served[asked.dataset.demand.municipality]
        tally.add_share(slice(None), asked.children, serves, serves, serves)
        tally.reached[:] += asked.children * serves


@dataclass(frozen=True, slots=True, eq=False)
class _ReachCounts:
    """How many services are within reach of each point: as known, at least, at most."""

    asked: Cohort
    known: Rows64
    sure: Rows64
    possible: Rows64


def _count_reach(questions: list[Cohort], tally: PointSums) -> Iterator[_ReachCounts]:
    points = len(tally.demand)
    for asked in questions:
        pairs, reach = asked.pairs, asked.request.reach_m
        within = pairs.known <= reach
        known = pairs.count_at_points(within, points)
        tally.reached[:] += asked.children * (known > 0)
        _mark_within_reach(asked, pairs, tally)
        sure, possible = (
            pairs.count_at_points(pairs.high <= reach, points),
            pairs.count_at_points(pairs.low <= reach, points),
        )
        tally.possible[:] += asked.children * (possible > 0)
        yield _ReachCounts(asked, known, sure, possible)


def _mark_within_reach(asked: Cohort, pairs: ReachPairs, tally: PointSums) -> None:
    """Note which services have children of which municipality within reach."""
    touched = (pairs.known <= asked.request.reach_m) & (asked.children[pairs.point] > 0)
    towns = tally.demand.municipality[pairs.point[touched]]
    tally.bears[asked.services_of(pairs.unit[touched]), towns] = True


def _measure_reach(questions: list[Cohort], tally: PointSums) -> None:
    for at in _count_reach(questions, tally):
        tally.add_share(slice(None), at.asked.children, at.known >= 1, at.sure >= 1, at.possible >= 1)


def _measure_choice(questions: list[Cohort], tally: PointSums) -> None:
    for at in _count_reach(questions, tally):
        tally.add_share(slice(None), at.asked.children, at.known >= 2, at.sure >= 2, at.possible >= 2)


def _measure_fragility(questions: list[Cohort], tally: PointSums) -> None:
    for at in _count_reach(questions, tally):
        children, pairs = at.asked.children, at.asked.pairs
        surely_one = (at.sure == 1) & (at.possible == 1)
        tally.add_share(slice(None), children, at.known == 1, surely_one, (at.sure <= 1) & (at.possible >= 1))
        only = (pairs.known <= at.asked.request.reach_m) & (at.known == 1)[pairs.point]
        towns = tally.demand.municipality[pairs.point[only]]
        np.add.at(tally.dependants, (pairs.unit[only], towns), children[pairs.point[only]])


def _measure_nearest(questions: list[Cohort], tally: PointSums) -> None:
    for asked in questions:
        for found in asked.distances():
            children = asked.children[found.part]
            nearest = found.nearest.min(axis=1, initial=np.inf)
            low = np.minimum(
                found.low.min(axis=1, initial=np.inf), asked.distances_to_hidden(found.part).low.min(axis=1)
            )
            high = found.high.min(axis=1, initial=np.inf)
            tally.add_distance(found.part, children, (nearest, low, high))
            tally.reached[found.part] += children * np.isfinite(nearest)
            tally.mark_bearing(found.part, children, _is_nearest(found.nearest, nearest))


def _measure_neighbour(questions: list[Cohort], tally: PointSums) -> None:
    for asked in questions:
        for found in asked.distances():
            part = found.part
            own = asked.dataset.demand.municipality[part]
            hidden = asked.distances_to_hidden(part)
            nearest = found.nearest.min(axis=1, initial=np.inf)
            children = np.where(np.isfinite(nearest), asked.children[part], 0.0)
            outside = found.known(is_own=False) < found.known(is_own=True)
            sure = outside & (
                found.other(at_most=True) < np.minimum(found.own(at_most=False), hidden.own(at_most=False))
            )
            possible = outside | (
                np.minimum(found.other(at_most=False), hidden.other(at_most=False)) < found.own(at_most=True)
            )
            tally.add_share(part, children, outside, sure, possible)
            tally.reached[part] += children
            tally.mark_bearing(part, children, _is_nearest(found.nearest, nearest))
            tally.add_destinations(own[outside], found.municipality[outside], children[outside])


def _is_nearest(distances: Floats, nearest: Floats) -> Flags:
    is_nearest: Flags = np.isfinite(distances) & (distances == nearest[:, None])
    return is_nearest


def _measure_floating(questions: list[Cohort], tally: PointSums) -> None:
    """2SFCA and E2SFCA; children of all ages share a service, each only in the services that count for them."""
    loads = [np.zeros(questions[0].units) for _ in range(3)]
    for asked in questions:
        pairs = asked.unit_pairs
        for at, distance in enumerate((pairs.known, pairs.low, pairs.high)):
            loads[at] += pairs.sum_at_units(
                _distance_weights(asked, distance) * asked.children[pairs.point], asked.units
            )
    known, at_most, at_least = loads
    for asked in questions:
        pairs, points = asked.unit_pairs, len(tally.demand)
        amounts = tuple(
            pairs.sum_at_points(
                floating_catchment(_distance_weights(asked, distance), load[pairs.unit], capacity=1000.0), points
            )
            for distance, load in ((pairs.known, known), (pairs.high, at_most), (pairs.low, at_least))
        )
        tally.add_amount(slice(None), asked.children, (amounts[0], amounts[1], amounts[2]))
        tally.reached[:] += asked.children * (pairs.count_at_points(pairs.known <= asked.request.reach_m, points) > 0)
        tally.possible[:] += asked.children * (pairs.count_at_points(pairs.low <= asked.request.reach_m, points) > 0)
        _mark_within_reach(asked, pairs, tally)


def _distance_weights(asked: Cohort, distance: Floats) -> Floats:
    is_stepped = asked.request.measure is Measure.ENHANCED
    return (step_weights if is_stepped else flat_weights)(distance, asked.request.reach_m)


_MEASURES: dict[Measure, Callable[[list[Cohort], PointSums], None]] = {
    Measure.SERVED: _measure_served,
    Measure.REACH: _measure_reach,
    Measure.CHOICE: _measure_choice,
    Measure.FRAGILITY: _measure_fragility,
    Measure.NEAREST: _measure_nearest,
    Measure.NEIGHBOUR: _measure_neighbour,
    Measure.TWO_STEP: _measure_floating,
    Measure.ENHANCED: _measure_floating,
}
