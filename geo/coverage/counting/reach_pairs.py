"""Pairs of children and services within reach, with bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from geo.arrays import Flags, Floats, Rows64
from geo.coverage.supply import Doors
from geo.store.demand import Demand


@dataclass(frozen=True, slots=True, eq=False)
class ReachPairs:
    """p pairs of a demand point and a unit of offer.

    A unit is a service, or one door; each pair is here once.

    `point` and `unit` are int64[p]; `known`, `low` and `high` are float64[p] in metres: to the nearest door as we
    know it, at least and at most. A door known to its deelgemeente alone stands at one of the sectors of it; a door
    that is not known at all stands at one of the sectors of its municipality: its `known` and `high` are infinite.
    Only pairs whose `low` is within reach are here.
    """

    point: Rows64
    unit: Rows64
    known: Floats
    low: Floats
    high: Floats

    def count_at_points(self, chosen: Flags, points: int) -> Rows64:
        """Return int64[n]: how many of the chosen pairs each point has."""
        return np.bincount(self.point[chosen], minlength=points)

    def sum_at_points(self, values: Floats, points: int) -> Floats:
        """Return float64[n]: the sum of float64[p] values at each point."""
        return np.bincount(self.point, weights=values, minlength=points).astype(np.float64)

    def sum_at_units(self, values: Floats, units: int) -> Floats:
        """Return float64[u]: the sum of float64[p] values of each unit."""
        return np.bincount(self.unit, weights=values, minlength=units).astype(np.float64)


_Piece = tuple[Rows64, Rows64, Floats, Floats, Floats]


def pairs_within_reach(demand: Demand, doors: Doors, hidden: Doors, reach_m: float) -> ReachPairs:
    """Return the point-unit pairs that are or may be within reach.

    Parameters
    ----------
    demand : Demand
        Where children live.
    doors : Sites
        Doors that are known; `service` names their unit.
    hidden : Sites
        Municipalities in which a unit may have a door that is not known.
    reach_m : float
        Straight line in metres, included.
    """
    near = _neighbour_search(demand)
    areas: dict[int, tuple[Rows64, Floats, Floats]] = {}
    pieces = [_pairs_of_door(demand, doors, at, reach_m, near) for at in range(len(doors))]
    for at in range(len(hidden)):
        town = int(hidden.municipality[at])
        if town not in areas:
            reach = reach_m + hidden.blur_m[at]
            sectors = np.flatnonzero(demand.municipality == town)
            points, _ = near(hidden.x[at], hidden.y[at], reach)
            areas[town] = (points, *_distances_to_sectors(demand, points, sectors))
        points, low, _ = areas[town]
        never = np.full(len(points), np.inf)
        pieces.append((points, np.full(len(points), hidden.service[at], dtype=np.int64), never, low, never))
    return _merge_pieces([piece for piece in pieces if len(piece[0])], reach_m)


def _pairs_of_door(demand: Demand, doors: Doors, at: int, reach_m: float, near: _Near) -> _Piece:
    blur = float(doors.blur_m[at])
    points, known = near(doors.x[at], doors.y[at], reach_m + blur)
    units = np.full(len(points), doors.service[at], dtype=np.int64)
    if not blur:
        return points, units, known, known, known
    sectors = demand.sectors_around(doors.x[at], doors.y[at], int(doors.municipality[at]))
    low, high = _distances_to_sectors(demand, points, sectors)
    return points, units, known, np.minimum(low, known), np.maximum(high, known)


_Near = Callable[[float, float, float], tuple[Rows64, Floats]]


def _neighbour_search(demand: Demand) -> _Near:
    """Return a way to find the points within a distance of a place: those in a strip of x first, then exactly."""
    order = np.argsort(demand.x, kind="stable")
    xs, ys = demand.x[order], demand.y[order]

    def near(x: float, y: float, metres: float) -> tuple[Rows64, Floats]:
        first = int(np.searchsorted(xs, x - metres))
        last = int(np.searchsorted(xs, x + metres, side="right"))
        away = np.hypot(xs[first:last] - x, ys[first:last] - y)
        inside = away <= metres
        return order[first:last][inside], away[inside]

    return near


def _distances_to_sectors(demand: Demand, points: Rows64, sectors: Rows64) -> tuple[Floats, Floats]:
    """Return float64[b] twice: from each point to the nearest and to the farthest of some sectors."""
    low, high = np.full(len(points), np.inf), np.zeros(len(points))
    for part in _row_slices(len(points), max(len(sectors), 1)):
        square = np.square(demand.x[points[part], None] - demand.x[sectors])
        square += np.square(demand.y[points[part], None] - demand.y[sectors])
        low[part], high[part] = square.min(axis=1, initial=np.inf), square.max(axis=1, initial=0.0)
    return np.sqrt(low), np.sqrt(high)


def _row_slices(rows: int, columns: int) -> Iterator[slice]:
    step = max(1, 1_000_000 // columns)
    for first in range(0, rows, step):
        yield slice(first, first + step)


def _merge_pieces(pieces: list[_Piece], reach_m: float) -> ReachPairs:
    """Return the pieces as one, each pair of point and unit once at its nearest door, without what is out of reach."""
    if not pieces:
        nothing, nowhere = np.zeros(0, dtype=np.int64), np.zeros(0)
        return ReachPairs(nothing, nothing, nowhere, nowhere, nowhere)
    point, unit, known, low, high = (np.concatenate(column) for column in zip(*pieces, strict=True))
    kept = low <= reach_m
    point, unit, known, low, high = (column[kept] for column in (point, unit, known, low, high))
    key = unit * (int(point.max(initial=0)) + 1) + point
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    if len(first) == len(key):
        return ReachPairs(point, unit, known, low, high)
    once = order[first]
    least = (np.minimum.reduceat(column[order], first) for column in (known, low, high))
    return ReachPairs(point[once], unit[once], *least)
