"""Convert coordinates between EPSG:3812 metres and EPSG:4326 degrees."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

from geo.arrays import Floats

METRIC_CRS = "EPSG:3812"  # Belgian Lambert 2008: metres, no datum shift to WGS 84
DRAWING_CRS = "EPSG:4326"


@cache
def _make_transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_metric(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return x, y in EPSG:3812 metres of longitudes and latitudes.

    Those are EPSG:4326 degrees (same shape; NaN stays NaN).
    """
    x, y = _make_transformer(DRAWING_CRS, METRIC_CRS).transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.asarray(x), np.asarray(y)


def to_drawing(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes of x, y in EPSG:3812 metres.

    In EPSG:4326 degrees (same shape; NaN stays NaN).
    """
    lon, lat = _make_transformer(METRIC_CRS, DRAWING_CRS).transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(lon), np.asarray(lat)
