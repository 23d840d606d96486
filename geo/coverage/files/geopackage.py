"""Coverage as a GeoPackage: areas with numbers, and the request."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geo.coverage.files.columns import COLUMNS, CellKind
from geo.crs import METRIC_CRS
from geo.directory.records import Record

LAYER, REQUEST_LAYER = "coverage", "request"

_ARROW_TYPES = {CellKind.TEXT: "str", CellKind.FLAG: "boolean", CellKind.COUNT: "Int32"}
_STAMP = "UPDATE gpkg_contents SET last_change = ?"


def geopackage_bytes(
    rows: Sequence[Record], shapes: Sequence[shapely.Geometry | None], header: Record, *, as_of: dt.date
) -> bytes:
    """Return a GeoPackage of two layers.

    The same answer gives the same bytes.

    Parameters
    ----------
    rows : sequence of records
        As `coverage_records.rows_of` makes them: the columns of the layer `coverage`, typed, NULL where empty.
    shapes : sequence of Polygon, MultiPolygon or None
        Of each row, EPSG:3812 metres.
    header : record
        As `coverage_records.header` makes it: the layer `request`, a table of `name` and `value` without shapes.
    as_of : date
        Written as the day of the last change.
    """
    types = {column.name: _ARROW_TYPES.get(column.kind, "Float64") for column in COLUMNS}
    areas = gpd.GeoDataFrame(pd.DataFrame(rows, columns=list(types)).astype(types), geometry=shapes, crs=METRIC_CRS)
    request = pd.DataFrame({"name": list(header), "value": [_text_value(value) for value in header.values()]})
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder) / "coverage.gpkg", Path(folder) / "copy.gpkg"
        areas.to_file(path, layer=LAYER, driver="GPKG", geometry_type="MultiPolygon", promote_to_multi=True)
        pyogrio.write_dataframe(request, path, layer=REQUEST_LAYER, driver="GPKG", append=True)
        _copy_stamped(path, copy, as_of)
        return copy.read_bytes()


def _copy_stamped(path: Path, copy: Path, as_of: dt.date) -> None:
    """Copy a GeoPackage with the day of its last change.

    A file also counts its changes, and a layer written in another millisecond is one change more; a fresh copy has
    one only.
    """
    with closing(sqlite3.connect(path)) as file:
        with file:
            file.execute(_STAMP, (f"{as_of.isoformat()}T00:00:00.000Z",))
        file.execute("VACUUM INTO ?", (str(copy),))


def _text_value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
