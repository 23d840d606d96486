"""The directory in memory: services with the columns that searching needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from geo import crs
from geo.arrays import Floats, Rows32
from geo.directory.service import Confidence, Location, Precision, Service, Status
from geo.directory.service_types import ServiceType
from geo.opening.schedules import Schedule

TYPE_CODES = {kind: code for code, kind in enumerate(ServiceType)}
STATUS_CODES = {status: code for code, status in enumerate(Status)}
CONFIDENCE_CODES = {level: code for code, level in enumerate(Confidence)}
PRECISION_CODES = {level: code for code, level in enumerate(Precision)}
UNKNOWN_CODE = -1
_YES_NO_CODES = {None: UNKNOWN_CODE, False: 0, True: 1}

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Directory:
    """Services sorted by id, with columns to search in.

    Columns are in the same order (n services) or one per located place (m).

    Codes count from 0 in the order of their enum (`ServiceType`, `Status`, `Confidence`, `Precision`); `free` and
    `appointment` (needed) are 1, 0, or -1 when unknown. `loc_service` is the row of the service; `loc_x`, `loc_y`
    are EPSG:3812 metres; `locations` stands beside them. `schedules` are the hours of each service. `areas` gives the
    rows of the services that serve a REFNIS code, `languages` those that speak a language.
    """

    services: tuple[Service, ...]
    schedules: tuple[tuple[Schedule, ...], ...]
    by_id: dict[str, Service]
    type_code: Codes
    status: Codes
    confidence: Codes
    min_months: npt.NDArray[np.float32]
    max_months: npt.NDArray[np.float32]
    free: Codes
    appointment: Codes
    locations: tuple[Location, ...]
    loc_service: Rows32
    loc_x: Floats
    loc_y: Floats
    loc_precision: Codes
    areas: dict[str, Rows32]
    languages: dict[str, Rows32]

    @classmethod
    def from_services(cls, services: Iterable[Service]) -> Self:
        """Return the directory of some services, in any order.

        Their ids must be unique.
        """
        ordered = tuple(sorted(services, key=lambda service: service.id))
        located = [
            (row, place) for row, service in enumerate(ordered) for place in service.locations if place.lon is not None
        ]
        places = tuple(place for _, place in located)
        xs, ys = _metric_points(places)
        return cls(
            services=ordered,
            schedules=tuple(service.schedules for service in ordered),
            by_id={service.id: service for service in ordered},
            type_code=_code_array(TYPE_CODES[service.service_type] for service in ordered),
            status=_code_array(STATUS_CODES[service.status] for service in ordered),
            confidence=_code_array(CONFIDENCE_CODES[service.confidence] for service in ordered),
            min_months=np.fromiter((service.ages.min_months for service in ordered), np.float32),
            max_months=np.fromiter((service.ages.max_months for service in ordered), np.float32),
            free=_code_array(_YES_NO_CODES[service.is_free] for service in ordered),
            appointment=_code_array(_YES_NO_CODES[service.needs_appointment] for service in ordered),
            locations=places,
            loc_service=np.fromiter((row for row, _ in located), np.int32),
            loc_x=xs,
            loc_y=ys,
            loc_precision=_code_array(PRECISION_CODES[place.precision] for place in places),
            areas=_rows_by_key((row, area.nis_code) for row, s in enumerate(ordered) for area in s.service_areas),
            languages=_rows_by_key((row, language) for row, s in enumerate(ordered) for language in s.languages),
        )

    def __len__(self) -> int:
        """Return the number of services."""
        return len(self.services)


def _code_array(values: Iterable[int]) -> Codes:
    return np.fromiter(values, np.int8)


def _rows_by_key(pairs: Iterable[tuple[int, str]]) -> dict[str, Rows32]:
    """Return the rows of each key, sorted, each once."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, key in pairs:
        rows[key].append(row)
    return {key: np.unique(np.array(rows[key], np.int32)) for key in sorted(rows)}


def _metric_points(places: tuple[Location, ...]) -> tuple[Floats, Floats]:
    """Return x, y of located places in metres, from their degrees where a place does not carry them."""
    if all(place.x is not None and place.y is not None for place in places):
        return np.array([place.x for place in places], float), np.array([place.y for place in places], float)
    return crs.to_metric([place.lon or 0.0 for place in places], [place.lat or 0.0 for place in places])
