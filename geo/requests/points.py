"""Points of a reader's own: degrees with six decimals, about 10 cm, wherever they are written."""

from __future__ import annotations

import math

Point = tuple[float, float]
DECIMALS = 6


def point(text: str) -> Point | None:
    """Return the point of `lon,lat` or `lon_lat`, in degrees; None when it is none."""
    parts = text.replace("_", ",").split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        return None
    return rounded((lon, lat)) if is_on_globe(lon, lat) else None


def rounded(where: Point) -> Point:
    """Return a point as all links, files and ids repeat it."""
    lon, lat = where
    return round(float(lon), DECIMALS), round(float(lat), DECIMALS)


def point_text(where: Point, *, between: str = ",") -> str:
    """Return `lon,lat` with six decimals."""
    lon, lat = where
    return f"{lon:.{DECIMALS}f}{between}{lat:.{DECIMALS}f}"


def is_on_globe(lon: float, lat: float) -> bool:
    """Whether two numbers are degrees of longitude and latitude."""
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
