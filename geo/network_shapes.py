"""Draws the outline of each network from the boundaries of its municipalities."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from geo.crs import to_drawing
from geo.parquet_tables import columns_of


def outlines(boundaries: Path, networks: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Return a GeoJSON geometry (EPSG:4326, five decimals) per network of NIS codes; the file is in EPSG:3812."""
    import shapely  # noqa: PLC0415  (only who draws networks needs polygons)

    columns = columns_of(boundaries, ("nis_code", "geometry"))
    shapes = dict(zip(columns["nis_code"], shapely.from_wkb(columns["geometry"]), strict=True))
    joined = [shapely.union_all([shapes[code] for code in network]) for network in networks]
    drawn = [shapely.orient_polygons(shapely.transform(shape, _degrees)) for shape in joined]
    return [json.loads(text) for text in shapely.to_geojson(drawn)]


def _degrees(points: np.ndarray) -> np.ndarray:
    lon, lat = to_drawing(points[:, 0], points[:, 1])
    return np.round(np.column_stack([lon, lat]), 5)
