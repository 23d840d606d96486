"""Shapes of municipalities, and which one a point lies in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import to_drawing
from geo.parquet import columns_of
from geo.places.areas import Area


class Boundaries:
    """The municipalities as polygons in EPSG:3812; loading takes a moment, so only who needs it loads it.

    Parameters
    ----------
    nis_codes : list of str
        NIS code of each municipality.
    shapes : list of bytes
        Their polygons as WKB, in the same order.
    """

    def __init__(self, nis_codes: list[str], shapes: list[bytes]) -> None:
        self._nis_codes = nis_codes
        self._tree = shapely.STRtree(shapely.from_wkb(shapes))

    @classmethod
    def from_parquet(cls, path: Path) -> Self:
        """Return the municipalities of `data/boundaries/municipalities.parquet`."""
        columns = columns_of(path, ("nis_code", "geometry"))
        return cls(columns["nis_code"], columns["geometry"])

    def municipality_at(self, x: float, y: float) -> str:
        """Return the NIS code of the municipality that holds a point (EPSG:3812 metres), empty outside them all."""
        found = self._tree.query(shapely.Point(x, y), predicate="intersects")
        return self._nis_codes[int(found.min())] if len(found) else ""


TOLERANCE_M = 50.0
"""A corner is dropped where the triangle it makes is smaller than this, squared (Visvalingam-Whyatt)."""
DECIMALS = 5
"""Degrees are kept to about a metre."""

Geometries = npt.NDArray[Any]


class Shapes:
    """The municipalities as polygons in EPSG:3812 metres that touch without gap or overlap.

    Parameters
    ----------
    nis_codes : list of str
        NIS code of each municipality.
    polygons : array of Polygon or MultiPolygon
        In the same order.
    """

    def __init__(self, nis_codes: list[str], polygons: Geometries) -> None:
        self._position = {code: at for at, code in enumerate(nis_codes)}
        self._polygons = polygons

    @classmethod
    def from_parquet(cls, path: Path) -> Shapes:
        """Return the municipalities of `data/boundaries/municipalities.parquet`."""
        columns = columns_of(path, ("nis_code", "geometry"))
        return cls(columns["nis_code"], np.asarray(shapely.from_wkb(columns["geometry"]), dtype=object))

    def measured(self, areas: Iterable[Area]) -> Geometries:
        """Return the MultiPolygon of each area in EPSG:3812 metres; None where no shape is known."""
        dissolved = self._dissolved(self._polygons, areas)
        return np.array([_multi(shape) for shape in dissolved], dtype=object)

    def drawn(self, areas: Iterable[Area]) -> Geometries:
        """Return a light shape of each area in EPSG:4326 degrees, outer rings counterclockwise; None where unknown.

        Lines that areas share stay shared: they are simplified together, and every corner is rounded to one place.
        """
        simple = np.asarray(shapely.coverage_simplify(self._polygons, TOLERANCE_M), dtype=object)
        degrees = shapely.transform(self._dissolved(simple, areas), _degrees)
        return np.asarray(shapely.orient_polygons(degrees), dtype=object)

    def _dissolved(self, polygons: Geometries, areas: Iterable[Area]) -> Geometries:
        """Return the union of the municipalities of each area."""
        found = []
        for area in areas:
            at = [self._position[code] for code in area.nis_codes if code in self._position]
            found.append(shapely.coverage_union_all(polygons[at]) if at else None)
        return np.array([*found, None], dtype=object)[:-1]


def _degrees(metres: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    lon, lat = to_drawing(metres[:, 0], metres[:, 1])
    degrees: npt.NDArray[np.float64] = np.column_stack([lon, lat])
    return degrees.round(DECIMALS)


def _multi(shape: shapely.Geometry | None) -> shapely.MultiPolygon | None:
    """Return a MultiPolygon, whatever kind of polygon it is, so that one column holds one kind."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)] if shape else []
    return shapely.MultiPolygon(parts) if parts else None


def outlines(boundaries: Path, networks: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Return a GeoJSON geometry (EPSG:4326, five decimals) per network of NIS codes; the file is in EPSG:3812."""
    columns = columns_of(boundaries, ("nis_code", "geometry"))
    shapes = dict(zip(columns["nis_code"], shapely.from_wkb(columns["geometry"]), strict=True))
    joined = [shapely.union_all([shapes[code] for code in network]) for network in networks]
    drawn = [shapely.orient_polygons(shapely.transform(shape, _degrees)) for shape in joined]
    return [json.loads(text) for text in shapely.to_geojson(drawn)]
