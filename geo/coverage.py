"""Measures how far children are reached by services: a request in, a report out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geo.catchment import Distances, Points, blocks, distances, flat_weights, floating_catchment, step_weights
from geo.coverage_ground import Ground
from geo.coverage_report import CoverageReport, area_of
from geo.coverage_request import Capacity, CoverageRequest
from geo.coverage_tally import Tally
from geo.filters import for_age
from geo.measures import Measure
from geo.search_index import Flags
from geo.supply import Floats, Sites, Supply, supply_for

Counts = npt.NDArray[np.int64]


def measure(ground: Ground, request: CoverageRequest, *, today: dt.date) -> CoverageReport:
    """Return the coverage of every municipality of the area, and what it rests on.

    Parameters
    ----------
    ground : Ground
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
    be wherever in it they stand. Doors that are not known at all take part in the favourable bound only: they may
    stand anywhere in their municipality or, where the record names no place, in any that the service is for. For
    distances the favourable bound is `low`, for all else `high`. Sectors are points: the error of their extent (half
    of the children live in a sector of less than 400 m radius) is not in the bounds.
    """
    area_of(ground, request)
    supply = supply_for(ground, request)
    tally = Tally.empty(ground.demand, supply)
    questions = [
        _Question(ground, request, supply, children, selected)
        for children, selected in _children_and_services(ground, request, supply)
    ]
    _MEASURES[request.measure](questions, tally)
    return CoverageReport(ground=ground, request=request, today=today, supply=supply, tally=tally)


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """One part of a request: `children` float64[n] for whom the `selected` bool[s] services count."""

    ground: Ground
    request: CoverageRequest
    supply: Supply
    children: Floats
    selected: Flags

    @property
    def points(self) -> Points:
        demand = self.ground.demand
        return Points(demand.x, demand.y, demand.municipality)

    def distances(self) -> Iterator[Distances]:
        """Yield the distances to the doors of the selected services."""
        doors, services = self.supply.doors.of(self.selected), len(self.supply.rows)
        yield from blocks(self.points, doors, services, besides=self.supply.hides.shape[1])

    def hidden(self, part: slice) -> Distances:
        """Return the distances to the k municipalities where selected services may have a door that is not known."""
        sites = self.supply.hidden.of(self.selected)
        towns, first = np.unique(sites.municipality, return_index=True)
        once = Sites(towns, sites.x[first], sites.y[first], sites.blur_m[first], towns)
        return distances(self.points, part, once, self.supply.hides.shape[1])

    def low(self, found: Distances) -> Floats:
        """Return float64[b, s]: at least so far to each service, doors that are not known included."""
        low = found.low.copy()
        to_town = self.hidden(found.part).low
        hides = self.supply.hides & self.selected[:, None]
        for at in np.flatnonzero(hides.any(axis=1)):
            low[:, at] = np.minimum(low[:, at], to_town[:, hides[at]].min(axis=1))
        return low


def _children_and_services(ground: Ground, request: CoverageRequest, supply: Supply) -> Iterator[tuple[Floats, Flags]]:
    """Yield the children of the age groups together for whom the same services count, and those services."""
    by_services: dict[bytes, Floats] = {}
    for group in request.groups:
        key = for_age(ground.directory, group)[supply.rows].tobytes()
        by_services[key] = by_services.get(key, 0.0) + ground.demand.of([group])
    for key, children in by_services.items():
        yield children, np.frombuffer(key, dtype=np.bool_)


def _served(questions: list[_Question], tally: Tally) -> None:
    for asked in questions:
        is_served: Flags = np.any(asked.supply.serves & asked.selected[:, None], axis=0)
        serves = is_served[asked.ground.demand.municipality]
        tally.add_share(slice(None), asked.children, serves, serves, serves)
        tally.reached[:] += asked.children * serves


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """How many services are within reach of the points of a slice: as known, at least, at most; the nearest one."""

    part: slice
    children: Floats
    known: Counts
    sure: Counts
    possible: Counts
    nearest: Floats


def _counted(questions: list[_Question], tally: Tally) -> Iterator[_Counted]:
    for asked in questions:
        reach = asked.request.reach_m
        for found in asked.distances():
            within = found.nearest <= reach
            possible = asked.low(found) <= reach
            children = asked.children[found.part]
            tally.note_bearing(found.part, children, within)
            tally.reached[found.part] += children * within.any(axis=1)
            yield _Counted(
                part=found.part,
                children=children,
                known=within.sum(axis=1),
                sure=(found.high <= reach).sum(axis=1),
                possible=possible.sum(axis=1),
                nearest=found.nearest,
            )


def _reach(questions: list[_Question], tally: Tally) -> None:
    for at in _counted(questions, tally):
        tally.add_share(at.part, at.children, at.known >= 1, at.sure >= 1, at.possible >= 1)


def _choice(questions: list[_Question], tally: Tally) -> None:
    for at in _counted(questions, tally):
        tally.add_share(at.part, at.children, at.known >= 2, at.sure >= 2, at.possible >= 2)


def _fragility(questions: list[_Question], tally: Tally) -> None:
    for at in _counted(questions, tally):
        surely_one = (at.sure == 1) & (at.possible == 1)
        tally.add_share(at.part, at.children, at.known == 1, surely_one, (at.sure <= 1) & (at.possible >= 1))
        alone = np.flatnonzero(at.known == 1)
        if len(alone):
            only = at.nearest[alone].argmin(axis=1)
            town = tally.demand.municipality[at.part][alone]
            np.add.at(tally.dependants, (only, town), at.children[alone])


def _nearest(questions: list[_Question], tally: Tally) -> None:
    for asked in questions:
        for found in asked.distances():
            children = asked.children[found.part]
            nearest = found.nearest.min(axis=1, initial=np.inf)
            low = asked.low(found).min(axis=1, initial=np.inf)
            high = found.high.min(axis=1, initial=np.inf)
            tally.add_distance(found.part, children, (nearest, low, high))
            tally.reached[found.part] += children * np.isfinite(nearest)
            tally.note_bearing(found.part, children, _is_nearest(found.nearest, nearest))


def _neighbour(questions: list[_Question], tally: Tally) -> None:
    for asked in questions:
        for found in asked.distances():
            part = found.part
            own = asked.ground.demand.municipality[part]
            hidden = asked.hidden(part)
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
            tally.note_bearing(part, children, _is_nearest(found.nearest, nearest))
            tally.add_destinations(own[outside], found.municipality[outside], children[outside])


def _is_nearest(distances: Floats, nearest: Floats) -> Flags:
    is_nearest: Flags = np.isfinite(distances) & (distances == nearest[:, None])
    return is_nearest


def _floating(questions: list[_Question], tally: Tally) -> None:
    """2SFCA and E2SFCA; children of all ages share a service, each only in the services that count for them."""
    loads = sum((_loads(asked) for asked in questions), start=np.zeros((3, _units(questions[0]))))
    for asked in questions:
        reach = asked.request.reach_m
        for found in _to_units(asked):
            children = asked.children[found.part]
            amounts = tuple(
                floating_catchment(_weights(asked, distance), loads[load], capacity=1000.0)
                for distance, load in ((found.nearest, _AS_KNOWN), (found.high, _AT_MOST), (found.low, _AT_LEAST))
            )
            hidden = (asked.hidden(found.part).low <= reach).any(axis=1)
            tally.add_amount(found.part, children, (amounts[0], amounts[1], np.where(hidden, np.inf, amounts[2])))
            within = found.nearest <= reach
            tally.reached[found.part] += children * within.any(axis=1)
            tally.note_bearing(found.part, children, _by_service(asked, within))


_AS_KNOWN, _AT_MOST, _AT_LEAST = range(3)


def _loads(asked: _Question) -> Floats:
    """Return float64[3, units]: the weighted children of each unit as known, at most and at least."""
    loads = np.zeros((3, _units(asked)))
    is_by_service = asked.request.capacity is Capacity.SERVICE
    for found in _to_units(asked):
        children = asked.children[found.part]
        low = asked.low(found) if is_by_service else found.low
        for at, distance in enumerate((found.nearest, low, found.high)):
            loads[at] += children @ _weights(asked, distance)
    return loads


def _weights(asked: _Question, distance: Floats) -> Floats:
    weigh: Callable[[Floats, float], Floats] = (
        step_weights if asked.request.measure is Measure.ENHANCED else flat_weights
    )
    return weigh(distance, asked.request.reach_m)


def _units(asked: _Question) -> int:
    is_by_location = asked.request.capacity is Capacity.LOCATION
    return len(asked.supply.doors) if is_by_location else len(asked.supply.rows)


def _to_units(asked: _Question) -> Iterator[Distances]:
    """Yield the distances to what counts as one unit of offer: a service, or each of its doors by itself."""
    if asked.request.capacity is Capacity.SERVICE:
        yield from asked.distances()
        return
    doors = asked.supply.doors
    numbered = replace(doors, service=np.arange(len(doors), dtype=np.int32)).of(asked.selected[doors.service])
    yield from blocks(asked.points, numbered, len(doors), besides=asked.supply.hides.shape[1])


def _by_service(asked: _Question, within: Flags) -> Flags:
    """Return bool[b, s] from bool[b, units]."""
    if asked.request.capacity is Capacity.SERVICE:
        return within
    found = np.zeros((len(within), len(asked.supply.rows)), dtype=np.bool_)
    for unit, service in enumerate(asked.supply.doors.service):
        found[:, service] |= within[:, unit]
    return found


_MEASURES: dict[Measure, Callable[[list[_Question], Tally], None]] = {
    Measure.SERVED: _served,
    Measure.REACH: _reach,
    Measure.CHOICE: _choice,
    Measure.FRAGILITY: _fragility,
    Measure.NEAREST: _nearest,
    Measure.NEIGHBOUR: _neighbour,
    Measure.TWO_STEP: _floating,
    Measure.ENHANCED: _floating,
}
