"""Boundaries of municipalities, and which of them holds a point."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from geo.arrays import Floats
from geo.crs import to_drawing
from geo.parquet import read_columns

TOLERANCE_M = 50.0
"""Side of the smallest triangle that a corner may make.

A corner is dropped where its triangle is smaller than this, squared (Visvalingam-Whyatt).
"""
DEGREE_DECIMALS = 5
"""Degrees are kept to about a metre."""

Polygons = npt.NDArray[Any]
NisCodes = Sequence[str]


class MunicipalityLookup:
    """The municipalities as polygons in EPSG:3812 metres that touch without gap or overlap.

    Parameters
    ----------
    nis_codes : sequence of str
        NIS code of each municipality.
    polygons : sequence of Polygon or MultiPolygon
        In the same order.

    Notes
    -----
    Arrays of shapely and not a GeoDataFrame: geopandas takes a second to import, and "near me" has no second.
    """

    def __init__(self, nis_codes: NisCodes, polygons: Sequence[shapely.Geometry] | Polygons) -> None:
        self.nis_codes = tuple(nis_codes)
        self.polygons: Polygons = np.array(polygons, dtype=object)
        self._position = {code: at for at, code in enumerate(nis_codes)}

    @classmethod
    def from_parquet(cls, path: Path) -> Self:
        """Return the municipalities of `data/boundaries/municipalities.parquet`."""
        columns = read_columns(path, ("nis_code", "geometry"))
        return cls(columns["nis_code"], shapely.from_wkb(columns["geometry"]))

    def municipality_at(self, x: float, y: float) -> str:
        """Return the NIS code of the municipality at a point.

        EPSG:3812 metres; empty outside them all.
        """
        found = self._tree.query(shapely.Point(x, y), predicate="intersects")
        return self.nis_codes[int(found.min())] if len(found) else ""

    def polygons_of(self, nis_codes: NisCodes) -> Polygons:
        """Return the polygons of some municipalities; those without a known shape are left out."""
        return self.polygons[[self._position[code] for code in nis_codes if code in self._position]]

    def merge_areas(self, areas: Iterable[NisCodes]) -> list[shapely.Geometry | None]:
        """Return the union of the municipalities of each area (EPSG:3812 metres); None where no shape is known."""
        found = [self.polygons_of(nis_codes) for nis_codes in areas]
        return [shapely.coverage_union_all(polygons) if len(polygons) else None for polygons in found]

    def draw_areas(self, areas: Iterable[NisCodes]) -> list[dict[str, Any] | None]:
        """Return a light GeoJSON geometry (EPSG:4326) of each area; None where no shape is known.

        Lines that areas share stay shared: they are simplified together, and every corner is rounded to one place.
        """
        simple = MunicipalityLookup(self.nis_codes, shapely.coverage_simplify(self.polygons, TOLERANCE_M))
        return [None if shape is None else _geojson(shape) for shape in simple.merge_areas(areas)]

    def draw_networks(self, networks: Iterable[NisCodes]) -> list[dict[str, Any]]:
        """Return a GeoJSON geometry (EPSG:4326) of each network, as fine as the boundaries are."""
        return [_geojson(shapely.union_all(self.polygons_of(nis_codes))) for nis_codes in networks]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.polygons)


def _geojson(shape: shapely.Geometry) -> dict[str, Any]:
    """Return a shape in metres as a GeoJSON geometry in degrees, outer rings counterclockwise."""
    drawn = shapely.orient_polygons(shapely.transform(shape, _to_degrees))
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(drawn))
    return geometry


def _to_degrees(metres: Floats) -> Floats:
    lon, lat = to_drawing(metres[:, 0], metres[:, 1])
    return np.column_stack([lon, lat]).round(DEGREE_DECIMALS)
