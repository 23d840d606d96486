"""Table of the gazetteer: one row per searchable name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geo.arrays import Floats
from geo.crs import to_metric
from geo.errors import DataError, DataProblem
from geo.messages import N_, Message
from geo.places.place import Place, PlaceKind

COLUMNS = (
    *("name", "language", "place_id", "kind", "name_nl", "name_fr", "nis_code"),
    *("lon", "lat", "x", "y", "population", "places"),
)
UNKNOWN_POPULATION = 500
"""Inhabitants of a place of unknown size, when places are compared.

Hamlets, mostly.
"""
POSITION_ID = "position"

BREADTH = {kind: rank for rank, kind in enumerate(PlaceKind)}
_ON_THE_GROUND = frozenset(PlaceKind) - {PlaceKind.POSTCODE, PlaceKind.STATION, PlaceKind.POSITION}
_MISSING_COLUMN = N_("The column {column} is missing.")
_UNKNOWN_KIND = N_("{value} is not a kind of place.")


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the ground, with the nearest named place.

    The point as a `place`, the named place `near` it, and the metres between them.
    """

    place: Place
    near: Place
    distance_m: float


class PlaceTable:
    """Rows of the gazetteer, as places.

    A place with several names has several rows, the first of which tells of it.
    """

    def __init__(self, columns: Mapping[str, Sequence[object]]) -> None:
        _check_columns(columns)
        self._columns = {column: columns[column] for column in COLUMNS}
        self.names = [str(name) for name in columns["name"]]
        self.ids = [str(place_id) for place_id in columns["place_id"]]
        self.kinds = [PlaceKind(str(kind)) for kind in columns["kind"]]
        self.nis_codes = [str(code) for code in columns["nis_code"]]
        self.row_of: dict[str, int] = {}
        for row, place_id in enumerate(self.ids):
            self.row_of.setdefault(place_id, row)
        self._places: dict[int, Place] = {}
        self._population = [int(str(count or 0)) for count in columns["population"]]

    def place(self, row: int) -> Place:
        """Return the place that a row names."""
        first = self.row_of[self.ids[row]]
        if first not in self._places:
            self._places[first] = self._make_place(first)
        return self._places[first]

    def population(self, row: int) -> int:
        """Return the inhabitants of the place of a row, 0 where unknown."""
        return self._population[self.row_of[self.ids[row]]]

    def weight(self, row: int) -> int:
        """Return the inhabitants by which places are compared.

        Nobody lives in a station, few where the number is unknown.
        """
        if self.kinds[row] is PlaceKind.STATION:
            return 0
        return self.population(row) or UNKNOWN_POPULATION

    def position(self, lon: float, lat: float, *, nis_code: str) -> Position | None:
        """Return exact coordinates as a place; see `Gazetteer.position`."""
        rows, xs, ys = self._ground_points
        if not rows or not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            return None
        x, y = (float(value) for value in to_metric(lon, lat))
        if not (math.isfinite(x) and math.isfinite(y)):
            return None
        distance = np.hypot(xs - x, ys - y)
        nearest = int(np.argmin(distance))
        near = self.place(rows[nearest])
        nis_code = nis_code or near.nis_code
        municipality_nl, municipality_fr = self._municipality_names(nis_code)
        place = replace(
            near,
            id=POSITION_ID,
            kind=PlaceKind.POSITION,
            nis_code=nis_code,
            municipality_nl=municipality_nl,
            municipality_fr=municipality_fr,
            lon=lon,
            lat=lat,
            x=x,
            y=y,
        )
        return Position(place, near, float(distance[nearest]))

    def _make_place(self, row: int) -> Place:
        value = {column: values[row] for column, values in self._columns.items()}
        municipality_nl, municipality_fr = self._municipality_names(self.nis_codes[row])
        lon, lat, x, y = (float(str(value[column])) for column in ("lon", "lat", "x", "y"))
        return Place(
            id=self.ids[row],
            kind=self.kinds[row],
            name_nl=str(value["name_nl"]),
            name_fr=str(value["name_fr"] or value["name_nl"]),
            nis_code=self.nis_codes[row],
            municipality_nl=municipality_nl,
            municipality_fr=municipality_fr,
            lon=lon,
            lat=lat,
            x=x,
            y=y,
            places=tuple(part for part in str(value["places"] or "").split("; ") if part),
        )

    def _municipality_names(self, nis_code: str) -> tuple[str, str]:
        """Return the names of a municipality in Dutch and French, empty when it is not in the table."""
        row = self._municipality_rows.get(nis_code)
        if row is None:
            return "", ""
        dutch = str(self._columns["name_nl"][row])
        return dutch, str(self._columns["name_fr"][row] or dutch)

    @cached_property
    def _municipality_rows(self) -> dict[str, int]:
        rows = self.row_of.values()
        return {self.nis_codes[row]: row for row in rows if self.kinds[row] is PlaceKind.MUNICIPALITY}

    @cached_property
    def _ground_points(self) -> tuple[list[int], Floats, Floats]:
        """Rows and EPSG:3812 metres of what a point can be near to, the smallest sort of place first."""
        rows = [row for row in self.row_of.values() if self.kinds[row] in _ON_THE_GROUND]
        rows.sort(key=lambda row: -BREADTH[self.kinds[row]])
        xs, ys = self._columns["x"], self._columns["y"]
        return rows, np.array([xs[row] for row in rows], float), np.array([ys[row] for row in rows], float)


def _check_columns(columns: Mapping[str, Sequence[object]]) -> None:
    """Raise DataError with everything that keeps the columns from being a gazetteer."""
    problems = [
        DataProblem(code="missing_column", message=Message(_MISSING_COLUMN, {"column": column}), field=column)
        for column in COLUMNS
        if column not in columns
    ]
    kinds = set(PlaceKind)
    problems += [
        DataProblem(code="unknown_kind", message=Message(_UNKNOWN_KIND, {"value": kind}), row=number, field="kind")
        for number, kind in enumerate(columns.get("kind", ()), start=1)
        if kind not in kinds
    ]
    if problems:
        raise DataError("gazetteer", problems)
