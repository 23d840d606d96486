"""Cohorts: children of some ages with the services that count for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geo.arrays import Flags, Floats, Rows64
from geo.coverage.counting.distances import Distances, Points, distance_blocks, measure_distances
from geo.coverage.counting.reach_pairs import ReachPairs, pairs_within_reach
from geo.coverage.request import Capacity, CoverageRequest
from geo.coverage.supply import Doors, Supply
from geo.directory.index import for_age
from geo.store.dataset import Dataset


@dataclass(frozen=True, eq=False)
class Cohort:
    """Children for whom the same services count.

    `children` is float64[n] at the demand points, `selected` bool[s] over the services of the supply.
    """

    dataset: Dataset
    request: CoverageRequest
    supply: Supply
    children: Floats
    selected: Flags

    @cached_property
    def doors(self) -> Doors:
        """The known doors of the selected services."""
        return self.supply.doors.of(self.selected)

    @cached_property
    def hidden(self) -> Doors:
        """Where the selected services may have a door that is not known."""
        return self.supply.hidden.of(self.selected)

    @cached_property
    def pairs(self) -> ReachPairs:
        """Pairs of points and services that are or may be in reach."""
        return pairs_within_reach(self.dataset.demand, self.doors, self.hidden, self.request.reach_m)

    # --- what counts as one unit of offer: a service, or each of its doors by itself -------------------------------

    @property
    def units(self) -> int:
        """Number of units of offer.

        Of those by location the unknown doors come last, one per service.
        """
        known = len(self.supply.doors) if self.is_by_location else 0
        return known + len(self.supply.rows)

    @property
    def is_by_location(self) -> bool:
        """Whether every door counts as one."""
        return self.request.capacity is Capacity.LOCATION

    @cached_property
    def unit_pairs(self) -> ReachPairs:
        """The pairs of points and units of offer."""
        if not self.is_by_location:
            return self.pairs
        every = self.supply.doors
        numbered = replace(every, service=np.arange(len(every), dtype=np.int32))
        hidden = replace(self.hidden, service=(self.hidden.service + len(every)).astype(np.int32))
        doors = numbered.of(self.selected[every.service])
        return pairs_within_reach(self.dataset.demand, doors, hidden, self.request.reach_m)

    def services_of(self, units: Rows64) -> Rows64:
        """Return the service of each unit, as its position in the supply."""
        if not self.is_by_location:
            return units
        every = len(self.supply.doors)
        owners = np.concatenate([self.supply.doors.service, np.arange(len(self.supply.rows), dtype=np.int32)])
        return owners[units].astype(np.int64) if every + len(self.supply.rows) else units

    # --- distances however far ---------------------------------------------------------------------------------------

    @property
    def points(self) -> Points:
        """Where the children live."""
        demand = self.dataset.demand
        return Points(demand.x, demand.y, demand.municipality)

    def distances(self) -> Iterator[Distances]:
        """Yield the distances to the doors of the selected services."""
        yield from distance_blocks(self.points, self.doors, len(self.supply.rows), besides=self.supply.hides.shape[1])

    def distances_to_hidden(self, part: slice) -> Distances:
        """Return the distances to the municipalities with possibly hidden doors.

        Those where selected services may have a door that is not known.
        """
        towns, first = np.unique(self.hidden.municipality, return_index=True)
        once = Doors(towns, self.hidden.x[first], self.hidden.y[first], self.hidden.blur_m[first], towns)
        return measure_distances(self.points, part, once, self.supply.hides.shape[1])


def cohorts_of(dataset: Dataset, request: CoverageRequest, supply: Supply) -> list[Cohort]:
    """Split the children of a request into cohorts.

    Children of all ages for whom the same services count are one.
    """
    by_services: dict[bytes, Floats] = {}
    for group in request.groups:
        key = for_age(dataset.directory, group)[supply.rows].tobytes()
        by_services[key] = by_services.get(key, 0.0) + dataset.demand.of([group])
    return [
        Cohort(dataset, request, supply, children, np.frombuffer(key, dtype=np.bool_))
        for key, children in by_services.items()
    ]
