"""Services that speak of each municipality, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from geo.arrays import Flags
from geo.directory.index import index_of
from geo.places.municipalities import NEIGHBOUR_M
from geo.store.dataset import Dataset


@dataclass(frozen=True, slots=True, eq=False)
class ServiceAreas:
    """Services and neighbours of each municipality of a dataset.

    n services and k municipalities, in the order of `demand.nis_codes`.

    `speaks_of` is bool[n, k]: for the municipality, its province or its region, or standing in it. `is_around` is
    bool[k, k]: whether the centres of two municipalities lie within 12 km; each is around itself.
    """

    speaks_of: Flags
    is_around: Flags


_known: WeakKeyDictionary[Dataset, ServiceAreas] = WeakKeyDictionary()


def service_areas_of(dataset: Dataset) -> ServiceAreas:
    """Return the service areas of a dataset, worked out once."""
    found = _known.get(dataset)
    if found is None:
        found = _known[dataset] = ServiceAreas(_find_speakers(dataset), _find_neighbours(dataset))
    return found


def _find_speakers(dataset: Dataset) -> Flags:
    index, demand = index_of(dataset.directory), dataset.demand
    speaks = np.zeros((len(dataset.directory), len(demand.nis_codes)), dtype=np.bool_)
    for at, nis_code in enumerate(demand.nis_codes):
        for code in dataset.municipalities.areas(nis_code):
            speaks[index.rows_serving(code), at] = True
    for row, service in enumerate(dataset.directory.services):
        for place in service.locations:
            if place.nis_code in demand.position:
                speaks[row, demand.position[place.nis_code]] = True
    return speaks


def _find_neighbours(dataset: Dataset) -> Flags:
    towns = [dataset.municipalities.by_nis[code] for code in dataset.demand.nis_codes]
    x, y = np.array([town.x for town in towns]), np.array([town.y for town in towns])
    near: Flags = np.hypot(x[:, None] - x, y[:, None] - y) <= NEIGHBOUR_M
    return near
