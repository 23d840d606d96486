"""Straight-line distances between children and doors, in blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.arrays import Flags, Floats, Rows32
from geo.coverage.supply import Doors

_CELLS = 2_000_000  # distances held in memory at a time


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Where people live: EPSG:3812 metres, and the position of their municipality."""

    x: Floats
    y: Floats
    municipality: Rows32


@dataclass(frozen=True, eq=False)
class Distances:
    """Straight-line metres from b points to the doors of s services.

    The points are those of a slice (`part`).

    Per service: float64[b, s], to its nearest door, infinite without one. `low` and `high` allow for doors that are
    known to their deelgemeente alone. Each is worked out when it is first asked for.
    """

    part: slice
    sites: Doors
    services: int
    to_door: Floats
    is_own: Flags

    @cached_property
    def nearest(self) -> Floats:
        """To each service as far as its doors are known."""
        return self._per_service(self.to_door)

    @cached_property
    def low(self) -> Floats:
        """At least so far to each service."""
        return self._per_service(self._low) if self._is_blurred else self.nearest

    @cached_property
    def high(self) -> Floats:
        """At most so far to each service."""
        return self._per_service(self._high) if self._is_blurred else self.nearest

    @cached_property
    def municipality(self) -> Rows32:
        """int32[b]: municipality of the nearest door.

        -1 without any or outside all municipalities.
        """
        if not len(self.sites):
            return np.full(len(self.to_door), -1, dtype=np.int32)
        found: Rows32 = self.sites.municipality[self.to_door.argmin(axis=1)]
        return found

    def known(self, *, is_own: bool) -> Floats:
        """Return float64[b]: metres to the nearest known door.

        In the municipality of the point (`is_own`), or in any other.
        """
        return _least_where(self.to_door, self.is_own if is_own else ~self.is_own)

    def own(self, *, at_most: bool) -> Floats:
        """Return float64[b]: metres to a door in the own municipality.

        At most or at least so far; own is the municipality of the point.
        """
        return _least_where(self._high if at_most else self._low, self.is_own)

    def other(self, *, at_most: bool) -> Floats:
        """Return float64[b]: metres to a door in another municipality.

        At most or at least so far.
        """
        return _least_where(self._high if at_most else self._low, ~self.is_own)

    @cached_property
    def _is_blurred(self) -> bool:
        return bool(self.sites.blur_m.any())

    @cached_property
    def _low(self) -> Floats:
        return np.maximum(self.to_door - self.sites.blur_m, 0.0) if self._is_blurred else self.to_door

    @cached_property
    def _high(self) -> Floats:
        return self.to_door + self.sites.blur_m if self._is_blurred else self.to_door

    def _per_service(self, to_door: Floats) -> Floats:
        """Return the least distance over the doors of each service."""
        least = np.full((len(to_door), self.services), np.inf)
        if len(self.sites):
            present, first = np.unique(self.sites.service, return_index=True)
            is_single = len(present) == len(self.sites)
            least[:, present] = to_door if is_single else np.minimum.reduceat(to_door, first, axis=1)
        return least


def distance_blocks(points: Points, sites: Doors, services: int, *, besides: int = 0) -> Iterator[Distances]:
    """Yield the distances of all points, one block at a time.

    In blocks, so that memory stays small.

    `besides` is how many other sites the caller will measure from the same blocks.
    """
    step = max(1, _CELLS // max(len(sites), services, besides, 1))
    for first in range(0, len(points.x), step):
        yield measure_distances(points, slice(first, min(first + step, len(points.x))), sites, services)


def measure_distances(points: Points, part: slice, sites: Doors, services: int) -> Distances:
    """Return the distances of a slice of the points.

    `services` says how many there are, with or without a door.
    """
    to_door = np.hypot(points.x[part, None] - sites.x, points.y[part, None] - sites.y)
    return Distances(part, sites, services, to_door, points.municipality[part, None] == sites.municipality)


def _least_where(distance: Floats, wanted: Flags) -> Floats:
    least: Floats = np.where(wanted, distance, np.inf).min(axis=1, initial=np.inf)
    return least
