"""Columns of the services for fast searches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

import numpy as np

from geo.ages import AgeGroup
from geo.arrays import Flags, Rows64
from geo.directory.directory import CONFIDENCE_CODES, STATUS_CODES, Directory
from geo.directory.service import Confidence, Service, Status
from geo.directory.service_types import SERVICE_TYPES, Audience, ServiceType
from geo.places.municipalities import Municipality
from geo.places.place import ServiceAreaLevel
from geo.places.spelling import fold_name

TYPES = tuple(ServiceType)
FINDABLE_STATUSES = (Status.ACTIVE, Status.TEMPORARILY_CLOSED, Status.ANNOUNCED)
FLANDERS_NIS, BRUSSELS_NIS = "02000", "04000"
NO_ROWS: Rows64 = np.array([], dtype=np.int64)
_AFTER_ALL_NAMES = "\U0010ffff"


class SearchIndex:
    """Columns over the n services of a directory, in its order.

    `findable` leaves out what stopped (inactive, defunct). `is_family` holds for types whose audience is families.
    `is_doubtful` marks leads: low confidence, or announced and not yet confirmed. `has_address` holds where some
    location has a street. `states_language` holds where the record names at least one language.
    `located` are the rows with coordinates, `first_location` where their locations begin in the location columns;
    those of row i lie between `location_bounds[i]` and `location_bounds[i + 1]`.
    """

    def __init__(self, directory: Directory) -> None:
        services = directory.services
        self._directory = directory
        family = np.array([SERVICE_TYPES[kind].audience is Audience.FAMILIES for kind in TYPES])
        self.findable: Flags = np.isin(directory.status, [STATUS_CODES[status] for status in FINDABLE_STATUSES])
        self.is_family: Flags = family[directory.type_code]
        self.is_doubtful: Flags = (directory.confidence == CONFIDENCE_CODES[Confidence.LOW]) | (
            directory.status == STATUS_CODES[Status.ANNOUNCED]
        )
        self.has_address = _flag_array(any(place.address.street for place in s.locations) for s in services)
        self.states_language = _flag_array(bool(service.languages) for service in services)
        self.located, self.first_location = np.unique(directory.loc_service, return_index=True)
        self.location_bounds: Rows64 = np.searchsorted(
            directory.loc_service, np.arange(len(services) + 1, dtype=np.int32)
        )

    def rows_serving(self, nis_code: str) -> Rows64:
        """Return the rows of the services for an area (REFNIS code).

        A service that names no area, and of which only the municipality is known, counts as one for that
        municipality, so that it can be found.
        """
        stated = self._directory.areas.get(nis_code, NO_ROWS)
        return np.concatenate([stated, self._standing_in.get(nis_code, NO_ROWS)])

    @cached_property
    def serves_everywhere(self) -> Flags:
        """Whether each service is for all of Flanders and Brussels."""
        found = np.zeros(len(self._directory), dtype=np.bool_)
        found[np.intersect1d(self.rows_serving(FLANDERS_NIS), self.rows_serving(BRUSSELS_NIS))] = True
        return found

    @cached_property
    def rank(self) -> Rows64:
        """Position of each service in the order of results.

        By: doubtful last, type, what comes first in it, name, id.
        """
        keys = [fold_name(service.name) for service in self._directory.services]
        return _rank_positions(self._sorted(keys, families_first=False))

    def list_order(self, by_nis: Mapping[str, Municipality]) -> Rows64:
        """Return all rows in the order of the full list.

        By: professionals last, doubtful last, type, what comes first, municipality, name, id.
        """
        if self._listed is None or self._listed[0] is not by_nis:
            services = self._directory.services
            keys = [(_municipality_name(service, by_nis), fold_name(service.name)) for service in services]
            self._listed = (by_nis, self._sorted(keys, families_first=True))
        return self._listed[1]

    _listed: tuple[Mapping[str, Municipality], Rows64] | None = None

    def _sorted(self, keys: list[str] | list[tuple[str, str]], *, families_first: bool) -> Rows64:
        professional = ~self.is_family if families_first else np.zeros_like(self.is_family)
        grouped = list(
            zip(
                *(professional.tolist(), self.is_doubtful.tolist(), self._directory.type_code.tolist()),
                *([not service.comes_first for service in self._directory.services], keys),
                strict=True,
            )
        )
        return np.array(sorted(range(len(grouped)), key=grouped.__getitem__), dtype=np.int64)

    @cached_property
    def _standing_in(self) -> dict[str, Rows64]:
        rows: dict[str, list[int]] = defaultdict(list)
        for row, service in enumerate(self._directory.services):
            if not service.service_areas:
                for nis_code in {place.nis_code for place in service.locations if not place.is_located}:
                    rows[nis_code].append(row)
        return {nis_code: np.array(listed, dtype=np.int64) for nis_code, listed in rows.items()}


@lru_cache(maxsize=4)
def index_of(directory: Directory) -> SearchIndex:
    """Return the index of a directory, made at its first search."""
    return SearchIndex(directory)


def for_age(directory: Directory, group: AgeGroup) -> Flags:
    """Return which services overlap the ages of a group."""
    ages = group.range
    return (directory.min_months < ages.max_months) & (ages.min_months < directory.max_months)


def _flag_array(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, np.bool_)


def _rank_positions(order: Rows64) -> Rows64:
    """Return, for each row, its place in an order."""
    positions = np.empty_like(order)
    positions[order] = np.arange(len(order))
    return positions


def _municipality_name(service: Service, by_nis: Mapping[str, Municipality]) -> str:
    """Return the folded name of the municipality where a service stands or, failing that, the first it serves."""
    codes = [place.nis_code for place in service.locations]
    codes += [area.nis_code for area in service.service_areas if area.level is ServiceAreaLevel.MUNICIPALITY]
    known = [by_nis[code] for code in codes if code in by_nis]
    return fold_name(known[0].name_nl) if known else _AFTER_ALL_NAMES
