"""Boundary files that the browser's map fetches once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import DRAWING_CRS
from geo.ingest.geodata.boundaries import BoundaryLayers
from geo.ingest.geodata.tables import Field, Resource

TOLERANCE_M = 100
"""A corner is dropped where the triangle it makes is smaller than this, squared (Visvalingam-Whyatt)."""
DEGREE_DECIMALS = 4
"""Degrees are kept to about 10 m: less than a pixel up to zoom 13."""
LABEL_TOLERANCE_M = 50

_PROPERTIES = (
    Field("prov", "string", "REFNIS code of the province, 04000 for Brussels"),
    Field("nl", "string", "name in Dutch"),
    Field("fr", "string", "name in French"),
    Field(
        "label", "array", "where a name can stand: longitude and latitude of the middle of the widest part", "degree"
    ),
    Field("geometry", "geojson", "Polygon or MultiPolygon, EPSG:4326", "degree"),
)
_LIMITS = (
    "For drawing only. Neighbours share their borders exactly, but the lines are simplified (corners of less than "
    "about one hectare are gone) and rounded to four decimals."
)
MUNICIPALITIES = Resource(
    name="browser_municipalities",
    title="Municipalities for the map in the browser",
    path="municipalities.{hash}.json",
    description="GeoJSON (RFC 7946) of the 304 municipalities.",
    fields=(
        Field("nis", "string", "REFNIS code of the municipality"),
        *_PROPERTIES,
    ),
    sources=("boundaries", "refnis"),
    reference_date="2025-01-01",
    limits=_LIMITS,
)
PROVINCES = Resource(
    name="browser_provinces",
    title="Provinces for the map in the browser",
    path="provinces.{hash}.json",
    description="GeoJSON (RFC 7946) of the five provinces and Brussels, along the same lines as the municipalities.",
    fields=(Field("nis", "string", "REFNIS code, 04000 for Brussels"), *_PROPERTIES),
    sources=("boundaries", "refnis"),
    reference_date="2025-01-01",
    limits=_LIMITS,
)

Geometries = npt.NDArray[np.object_]


def write_browser_files(boundaries: BoundaryLayers, folder: Path) -> dict[str, str]:
    """Write both files and `index.json`, and return their names.

    Files of earlier builds are removed; the names are by layer.
    """
    layer = boundaries.municipalities
    simple = shapely.coverage_simplify(np.asarray(layer.geometry), TOLERANCE_M)
    municipalities = pd.DataFrame(
        {"nis": layer["nis_code"], "nl": layer["name_nl"], "fr": layer["name_fr"], "prov": layer["province_code"]}
    )
    provinces = pd.DataFrame(boundaries.provinces.drop(columns="geometry"))
    provinces.columns = ["nis", "nl", "fr"]
    provinces["prov"] = provinces["nis"]
    outlines = np.array(
        [shapely.coverage_union_all(simple[layer["province_code"] == code]) for code in provinces["nis"]]
    )
    folder.mkdir(parents=True, exist_ok=True)
    names = {
        "municipalities": _write_file(folder, MUNICIPALITIES, _feature_collection(municipalities, simple)),
        "provinces": _write_file(folder, PROVINCES, _feature_collection(provinces, outlines)),
    }
    (folder / "index.json").write_text(json.dumps(names, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for old in folder.glob("*.*.json"):
        if old.name not in names.values():
            old.unlink()
    return names


def _write_file(folder: Path, resource: Resource, content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    name = resource.path.format(hash=hashlib.sha256(text).hexdigest()[:8])
    (folder / name).write_bytes(text)
    return name


def _feature_collection(properties: pd.DataFrame, shapes: Geometries) -> dict[str, Any]:
    """Return a FeatureCollection of shapes in EPSG:3812, drawn in rounded degrees."""
    drawn = _to_degrees(shapes)
    labels = _to_degrees(np.array([_label_point(shape) for shape in shapes]))
    features = [
        {
            "type": "Feature",
            "bbox": _bounding_box(shape),
            "properties": {**values, "label": [float(label.x), float(label.y)]},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for values, shape, label in zip(properties.to_dict("records"), drawn, labels, strict=True)
    ]
    return {
        "type": "FeatureCollection",
        "bbox": _bounding_box(shapely.GeometryCollection(list(drawn))),
        "features": features,
    }


def _to_degrees(shapes: Geometries) -> Geometries:
    """Return shapes in rounded EPSG:4326 degrees, outer rings counterclockwise.

    Every corner that two neighbours share is rounded to the same place, so borders stay shared.
    """
    degrees = np.asarray(gpd.GeoSeries(shapes, crs="EPSG:3812").to_crs(DRAWING_CRS))
    rounded = shapely.transform(degrees, lambda corners: np.round(corners, DEGREE_DECIMALS))
    return np.asarray(shapely.orient_polygons(rounded))


def _label_point(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shape)
    largest = parts[int(shapely.area(parts).argmax())]
    radius = shapely.maximum_inscribed_circle(largest, tolerance=LABEL_TOLERANCE_M)
    return shapely.Point(radius.coords[0])


def _bounding_box(shape: BaseGeometry) -> list[float]:
    return [round(float(edge), DEGREE_DECIMALS) for edge in shape.bounds]
