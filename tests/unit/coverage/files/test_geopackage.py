"""Coverage as a GeoPackage: typed columns and real shapes, read by others."""

import json
import sqlite3
from contextlib import closing

import pandas as pd
import pyogrio
import pytest

from geo.coverage.files import export, geopackage
from geo.coverage.files.columns import COLUMNS
from geo.coverage.files.records import known_values
from geo.places import AreaLevel
from tests.support import coverage_folder
from tests.support.coverage_files import asked
from tests.support.tiny_demand import TODAY


def test_a_geopackage_is_the_same_by_a_clock_that_stands_still(data, package):
    """Who writes its layers leaves the time in it again and again, and changes nothing within one millisecond."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2030-01-01T00:00:00.000Z"})
    try:
        still = export.to_geopackage(asked(data), AreaLevel.MUNICIPALITY, data)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    assert still == package.read_bytes()


def test_geopackage_has_typed_columns_and_real_shapes(package, data):
    report = asked(data)
    frame = pyogrio.read_dataframe(package, layer="coverage")
    assert frame.crs.to_epsg() == 3812
    for row, line in zip(report.rows, frame.itertuples(), strict=True):
        value, low, high = known_values(row)
        assert (line.code, line.state, line.children) == (row.area.code, row.state.value, row.children)
        for number, told in ((value, line.value), (low, line.low), (high, line.high), (row.rank, line.rank)):
            assert pd.isna(told) if number is None else told == pytest.approx(number, abs=1e-6)
    shapes = frame.set_index("name_nl").geometry
    assert shapes["Ginder"] is None
    assert shapes["Aster"].geom_type == "MultiPolygon"
    assert shapes["Aster"].equals(coverage_folder.square("Aster"))


def test_what_is_not_known_is_null_in_every_column(tmp_path):
    path = tmp_path / "coverage.gpkg"
    unknown = {column.name: None for column in COLUMNS}
    path.write_bytes(geopackage.geopackage_bytes([unknown], [None], {}, as_of=TODAY))
    with closing(sqlite3.connect(path)) as file:
        (line,) = file.execute("SELECT * FROM coverage").fetchall()
    assert line == (1, *[None] * (len(COLUMNS) + 1))


def test_geopackage_is_read_by_sqlite(package, data):
    with closing(sqlite3.connect(package)) as file:
        types = {name: kind for _, name, kind, *_ in file.execute("PRAGMA table_info(coverage)")}
        empty = file.execute("SELECT count(*) FROM coverage WHERE value IS NULL AND state = 'unknown'").fetchone()
        zero = file.execute("SELECT name_nl FROM coverage WHERE value = 0 ORDER BY code").fetchall()
        request = dict(file.execute("SELECT name, value FROM request").fetchall())
        kinds = dict(file.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
    assert (types["value"], types["rank"], types["is_small"], types["code"]) == ("REAL", "MEDIUMINT", "BOOLEAN", "TEXT")
    assert (empty, zero) == ((4,), [("Den",), ("Els",)])
    assert kinds == {"coverage": "features", "request": "attributes"}
    assert (request["data_version"], request["as_of"]) == (data.data_version, "2025-06-03")
    assert json.loads(request["request"])["measure"] == "reach"
    assert request["command"].endswith("--on 2025-06-03")


def test_larger_areas_are_one_shape(data, tmp_path):
    path = tmp_path / "coverage.gpkg"
    path.write_bytes(export.to_geopackage(asked(data), AreaLevel.PROVINCE, data))
    frame = pyogrio.read_dataframe(path, layer="coverage").set_index("name_nl")
    assert frame.geometry["Zuid"].area == pytest.approx(3e6)
    assert len(frame.geometry["Zuid"].geoms) == 1
