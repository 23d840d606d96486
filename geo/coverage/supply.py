"""Services that count for a coverage request, and their doors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.arrays import Flags, Floats, Rows32, Rows64
from geo.coverage.request import CoverageRequest
from geo.coverage.service_areas import service_areas_of
from geo.directory.directory import CONFIDENCE_CODES, STATUS_CODES, TYPE_CODES
from geo.directory.index import for_age
from geo.directory.service import Location, Precision, Service
from geo.store.dataset import Dataset
from geo.store.demand import Demand


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """Points from which services are offered, sorted by service.

    `service` is int32[m], a position in `Supply.rows`; `x`, `y` are EPSG:3812 metres; `blur_m` is how far the real
    door may stand from the point; `municipality` is the position in `Demand.nis_codes`, -1 outside them.
    """

    service: Rows32
    x: Floats
    y: Floats
    blur_m: Floats
    municipality: Rows32

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.x)

    def of(self, services: Flags) -> Doors:
        """Return the points of some of the services."""
        kept = services[self.service] if len(self) else np.zeros(0, dtype=np.bool_)
        return Doors(self.service[kept], self.x[kept], self.y[kept], self.blur_m[kept], self.municipality[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """The s services that count.

    `rows` are their positions in `Directory.services`. `doors` are their places with coordinates. `hidden` are the
    municipalities in which services may have a door that we do not know: points in the middle, blurred over the
    whole municipality. A place without coordinates hides a door in its municipality; a service without any place
    may have its door wherever it is for. `serves` is bool[s, k]: for a municipality (or its province or region), or
    standing in it. `is_recorded` is bool[k]: some trustworthy record of these types, stopped ones too, speaks of the
    municipality or of one around it (12 km). `hides` is bool[s, k]: it may have a door here that we do not know.
    """

    rows: Rows64
    doors: Doors
    hidden: Doors
    serves: Flags
    hides: Flags
    is_recorded: Flags


def supply_for(dataset: Dataset, request: CoverageRequest) -> Supply:
    """Return the services that count for a request.

    With what is recorded of their types.
    """
    directory, demand, areas = dataset.directory, dataset.demand, service_areas_of(dataset)
    is_of_type = np.isin(directory.type_code, [TYPE_CODES[kind] for kind in request.types])
    is_trusted = is_of_type & np.isin(directory.confidence, [CONFIDENCE_CODES[level] for level in request.confidences])
    counts = is_trusted & np.isin(directory.status, [STATUS_CODES[status] for status in request.statuses])
    for_some_age = np.any([for_age(directory, group) for group in request.groups], axis=0)
    rows = np.flatnonzero(counts & for_some_age)
    doors, hidden = _find_doors(dataset, rows)
    hides = np.zeros((len(rows), len(demand.nis_codes)), dtype=np.bool_)
    hides[hidden.service, hidden.municipality] = True
    return Supply(
        rows=rows,
        doors=doors,
        hidden=hidden,
        serves=areas.speaks_of[rows],
        hides=hides,
        is_recorded=areas.is_around @ areas.speaks_of[is_trusted].any(axis=0),
    )


def _find_doors(dataset: Dataset, rows: Rows64) -> tuple[Doors, Doors]:
    """Return the doors of services, and the municipalities where they may have others."""
    doors: list[_DoorRow] = []
    hiding: list[tuple[int, str]] = []
    for at, row in enumerate(rows):
        service = dataset.directory.services[int(row)]
        doors += [(at, *_door_row(place, dataset.demand)) for place in service.locations if place.is_located]
        hiding += [(at, code) for code in _hidden_municipalities(dataset, service, int(row))]
    towns = {code: _municipality_row(dataset, code) for _, code in hiding}
    return _doors_from_rows(doors), _doors_from_rows([(at, *towns[code]) for at, code in hiding])


_DoorRow = tuple[int, float, float, float, int]


def _door_row(place: Location, demand: Demand) -> tuple[float, float, float, int]:
    x, y = float(place.x or 0.0), float(place.y or 0.0)
    is_blurred = place.precision is Precision.LOCALITY
    blur = demand.reach_of_locality(x, y, place.nis_code) if is_blurred else 0.0
    return x, y, blur, demand.position.get(place.nis_code, -1)


def _municipality_row(dataset: Dataset, nis_code: str) -> tuple[float, float, float, int]:
    town = dataset.municipalities.by_nis[nis_code]
    blur = dataset.demand.reach_of_municipality(town.x, town.y, nis_code)
    return town.x, town.y, blur, dataset.demand.position[nis_code]


def _hidden_municipalities(dataset: Dataset, service: Service, row: int) -> list[str]:
    """Return the municipalities where a service has a place without coordinates; without any place, those it is for."""
    codes = {place.nis_code for place in service.locations if not place.is_located} & dataset.demand.position.keys()
    if codes or any(place.is_located for place in service.locations):
        return sorted(codes)
    return [dataset.demand.nis_codes[at] for at in np.flatnonzero(service_areas_of(dataset).speaks_of[row])]


def _doors_from_rows(sites: list[_DoorRow]) -> Doors:
    service, x, y, blur, municipality = zip(*sites, strict=True) if sites else ((), (), (), (), ())
    return Doors(
        np.array(service, dtype=np.int32),
        np.array(x, dtype=np.float64),
        np.array(y, dtype=np.float64),
        np.array(blur, dtype=np.float64),
        np.array(municipality, dtype=np.int32),
    )
