"""What is given out about coverage: the same numbers in every format, read back by others, harmless, and repeatable."""

import csv
import datetime as dt
import io
import json
import sqlite3
import zipfile
from contextlib import closing

import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from geo import store
from geo.coverage.files import export, geopackage
from geo.coverage.files.columns import COLUMNS, LIMIT_TEXTS, CellKind
from geo.coverage.files.records import known_values, report_header, rows_of, source_records
from geo.coverage.measure import measure
from geo.coverage.measures import MEASURES, Measure
from geo.coverage.request import CoverageRequest
from geo.directory.partnerships import PARTNERSHIP_PREFIX
from geo.directory.service_types import ServiceType
from geo.errors import RequestError
from geo.places.areas import SUMMED_LEVELS, AreaLevel
from tests.support import coverage_folder, shipped, tiny_demand
from tests.support.hsds_samples import tiny, write_folder
from tests.support.tiny_demand import TODAY
from tests.support.tiny_flanders import NIS, location

TYPED = {CellKind.TEXT: str, CellKind.FLAG: bool, CellKind.COUNT: int}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return store.load(coverage_folder.write(tmp_path_factory.mktemp("coverage") / "data"))


@pytest.fixture(scope="module")
def real():
    return shipped.dataset()


@pytest.fixture(scope="module")
def dataset(real):
    return real


def asked(data, *, today=TODAY, **choices):
    """The report on houses of the child within 500 m, unless said otherwise."""
    return measure(data, tiny_demand.ask(**{"reach_m": 500.0, **choices}), today=today)


def by_name(report, level=AreaLevel.MUNICIPALITY):
    return {row["name_nl"]: row for row in rows_of(report, level)}


def csv_rows(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


# --- records -------------------------------------------------------------------------------------------------------


def test_a_record_says_what_the_row_says(data):
    rows = by_name(asked(data))
    assert rows["Aster"] == {
        "code": "11001",
        "name_nl": "Aster",
        "name_fr": "Aster",
        "level": "municipality",
        "is_partial": False,
        "children": 100.0,
        "value": 1.0,
        "low": 1.0,
        "high": 1.0,
        "unit": "share",
        "p90_m": None,
        "children_reached": 100.0,
        "state": "reached",
        "municipalities_reached": 1,
        "municipalities_not_reached": 0,
        "municipalities_unknown": 0,
        "children_in_reached": 100.0,
        "children_in_not_reached": 0.0,
        "children_in_unknown": 0.0,
        "is_small": False,
        "rank": 1,
        "records": 1,
        "records_fresh": 1,
        "records_located": 1,
        "records_high_confidence": 1,
        "deprivation_pct": 12.0,
        "peers": rows["Aster"]["peers"],
        "peers_value": None,  # most of their children live where we do not know it
        "neighbour": "",
        "neighbour_share": None,
    }
    assert set(rows["Aster"]["peers"].split()) == {"11002", "11003", "23001", "23002", "23003", "33001"}
    assert rows["Den"]["deprivation_pct"] is None


def test_what_is_unknown_has_no_value_and_never_0(data):
    rows = by_name(asked(data))
    seen = {name: (row["state"], row["value"], row["low"], row["high"]) for name, row in rows.items()}
    assert seen == {
        "Aster": ("reached", 1.0, 1.0, 1.0),
        "Berk": ("unknown", None, 0.0, 1.0),
        "Ceder": ("unknown", None, 0.0, 1.0),
        "Den": ("not_reached", 0.0, 0.0, 0.0),
        "Els": ("not_reached", 0.0, 0.0, 0.0),
        "Fijnspar": ("unknown", None, None, None),
        "Ginder": ("unknown", None, 0.0, 1.0),  # nothing is recorded there, so anything may be
    }
    assert rows["Els"]["is_small"]
    assert rows["Els"]["rank"] is None
    assert rows["Den"]["rank"] is None  # nobody is reached: there is nothing to rank


def test_no_distance_is_told_where_a_nearer_door_may_stand(data):
    rows = by_name(asked(data, measure=Measure.NEAREST))
    assert (rows["Aster"]["value"], rows["Aster"]["p90_m"]) == (160.0, 400.0)
    assert (rows["Berk"]["value"], rows["Berk"]["p90_m"]) == (None, None)
    assert (rows["Berk"]["low"], rows["Berk"]["high"]) == (0.0, 1000.0)
    assert rows["Aster"]["unit"] == "metres"


def test_without_an_upper_bound_the_lower_one_stays(data):
    rows = by_name(asked(data, measure=Measure.TWO_STEP))
    assert (rows["Aster"]["value"], rows["Aster"]["unit"]) == (10.0, "per_thousand")
    assert (rows["Berk"]["value"], rows["Berk"]["low"], rows["Berk"]["high"]) == (None, 0.0, None)


def test_larger_areas_add_up_children_first(data):
    rows = by_name(asked(data), AreaLevel.PROVINCE)
    zuid, noord = rows["Zuid"], rows["Noord"]
    assert (zuid["children"], zuid["value"]) == (460.0, round(100 / 460, 6))
    assert (zuid["municipalities_reached"], zuid["municipalities_unknown"]) == (1, 3)
    assert (zuid["children_in_reached"], zuid["children_in_unknown"]) == (100.0, 360.0)
    assert (noord["state"], noord["children"], noord["value"]) == ("not_reached", 120.0, 0.0)
    assert (zuid["peers"], zuid["peers_value"], zuid["deprivation_pct"]) == ("", None, None)


def test_an_area_that_is_counted_in_part_is_marked(data):
    zuid = asked(data, area="10000")
    assert {name: row["is_partial"] for name, row in by_name(zuid, AreaLevel.PROVINCE).items()} == {"Zuid": False}
    assert by_name(zuid, AreaLevel.ALL)["Vlaanderen en Brussel"]["is_partial"]
    assert not any(row["is_partial"] for row in rows_of(asked(data), AreaLevel.ALL))


def test_the_neighbour_goes_with_its_measure(data):
    den = by_name(asked(data, measure=Measure.NEIGHBOUR))["Den"]
    assert (den["neighbour"], den["neighbour_share"]) == (NIS["Aster"], 1.0)
    assert by_name(asked(data, measure=Measure.NEIGHBOUR))["Aster"]["neighbour_share"] is None


def test_every_record_has_the_columns_that_are_explained(data):
    names = [column.name for column in COLUMNS]
    for level in SUMMED_LEVELS:
        for row in rows_of(asked(data), level):
            assert list(row) == names
            for column in COLUMNS:
                assert isinstance(row[column.name], TYPED.get(column.kind, float) | None)


def test_the_header_says_how_to_ask_again(data):
    said = report_header(asked(data, area="10000"), AreaLevel.PROVINCE, data)
    assert said["command"] == (
        "opvoedkaart coverage --type house_of_the_child --age 0-2 --measure reach --reach-km 0.5 --area 10000 "
        "--by province --on 2025-06-03"
    )
    assert (said["data_version"], said["as_of"], said["level"]) == (data.data_version, "2025-06-03", "province")
    assert said["area"] == {"code": "10000", "level": "province", "name_nl": "Zuid", "name_fr": "Zuid"}
    assert said["request"]["reach_m"] == 500.0
    assert said["definition"] == MEASURES[Measure.REACH].definition
    assert said["limits"] == list(LIMIT_TEXTS)


def test_the_header_names_whom_the_tables_come_from(real):
    tables = {table["table"]: table for table in source_records(real, with_shapes=True)}
    assert list(tables) == [
        "municipalities.parquet",
        "demand.parquet",
        "need.parquet",
        "boundaries/municipalities.parquet",
        "directory",
    ]
    for table in tables.values():
        assert table["licences"]
        assert table["sources"]
    assert tables["demand.parquet"]["reference_date"] == "2024-01-01"
    assert any("Statbel" in source for source in tables["demand.parquet"]["sources"])
    assert len(source_records(real)) == 4


def test_another_directory_is_not_given_our_sources(data, tmp_path):
    other = write_folder(tiny(), tmp_path / "others")
    table = source_records(store.load(data.data_dir, directory_path=other))[-1]
    assert (table["table"], table["sources"], table["licences"]) == ("others", [], [])


# --- CSV -----------------------------------------------------------------------------------------------------------


def test_csv_is_read_back_by_pandas(data):
    report = asked(data)
    content = export.to_csv(report, AreaLevel.MUNICIPALITY)
    frame = pd.read_csv(io.BytesIO(content), dtype={"code": str, "neighbour": str}, keep_default_na=False, na_values="")
    for row, (_, line) in zip(report.rows, frame.iterrows(), strict=True):
        value, low, high = known_values(row)
        assert (line["code"], line["state"], line["level"]) == (row.area.code, row.state.value, "municipality")
        assert line["children"] == row.children
        for name, number in (("value", value), ("low", low), ("high", high), ("rank", row.rank)):
            assert pd.isna(line[name]) if number is None else line[name] == pytest.approx(number, abs=1e-6)
        assert (line["records"], line["records_fresh"]) == (row.evidence.records, row.evidence.fresh)
        assert line["is_small"] == row.is_small
    assert frame["value"].dtype == np.float64


def test_every_line_of_the_csv_can_be_asked_again(data):
    report = asked(data, area="10000")
    lines = csv_rows(export.to_csv(report, AreaLevel.MUNICIPALITY, options=("--directory", "a b.zip")))
    assert len(lines) == 4
    for line in lines:
        assert (line["measure"], line["as_of"], line["data_version"]) == ("reach", "2025-06-03", data.data_version)
        assert line["command"].endswith("--area 10000 --on 2025-06-03 --directory 'a b.zip'")


def test_csv_leaves_empty_what_is_not_known_and_writes_a_real_0(data):
    lines = {line["name_nl"]: line for line in csv_rows(export.to_csv(asked(data), AreaLevel.MUNICIPALITY))}
    assert (lines["Ginder"]["value"], lines["Ginder"]["state"]) == ("", "unknown")
    assert (lines["Den"]["value"], lines["Den"]["state"]) == ("0.0", "not_reached")
    assert lines["Den"]["neighbour"] == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")'])
def test_no_name_runs_as_a_formula(name, tmp_path):
    data = store.load(coverage_folder.write(tmp_path / "data", names={"Aster": name}))
    report = asked(data)
    line = csv_rows(export.to_csv(report, AreaLevel.MUNICIPALITY))[0]
    assert line["name_nl"] == f"'{name}"
    book = opened(export.to_xlsx(report, AreaLevel.MUNICIPALITY, data))
    cell = book["Coverage"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


# --- XLSX ----------------------------------------------------------------------------------------------------------


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def table(book, sheet="Coverage"):
    head, *lines = book[sheet].iter_rows()
    return [{title.value: cell for title, cell in zip(head, line, strict=True)} for line in lines]


def said(book, sheet="Request"):
    return {line[0].value: line[1].value for line in book[sheet].iter_rows() if line[0].value}


def test_excel_holds_numbers_as_numbers_and_leaves_the_unknown_empty(data):
    report = asked(data)
    lines = table(opened(export.to_xlsx(report, AreaLevel.MUNICIPALITY, data)))
    for row, line in zip(report.rows, lines, strict=True):
        value, low, high = known_values(row)
        assert (line["Code"].value, line["Code"].data_type) == (row.area.code, "s")
        assert (line["Children"].value, line["Children"].data_type) == (row.children, "n")
        assert [line[name].value for name in ("Value", "At least", "At most")] == [value, low, high]
        assert line["Rank"].value == row.rank
        assert line["Fewer than 50 children"].value is row.is_small
    states = [line["State"].value for line in lines]
    assert states == ["Reached", "Unknown", "Unknown", "Not reached", "Not reached", "Unknown", "Unknown"]
    assert lines[0]["Value"].number_format == "0.0%"
    assert lines[0]["Children"].number_format == "#,##0"
    assert "Den" in lines[0]["Peers"].value


@pytest.mark.parametrize(("chosen", "shown"), [(Measure.NEAREST, "#,##0"), (Measure.TWO_STEP, "0.000")])
def test_excel_shows_each_unit_in_its_way(chosen, shown, data):
    book = opened(export.to_xlsx(asked(data, measure=chosen), AreaLevel.MUNICIPALITY, data))
    assert table(book)[0]["Value"].number_format == shown


def test_excel_is_ready_to_sort_and_filter(data):
    sheet = opened(export.to_xlsx(asked(data), AreaLevel.MUNICIPALITY, data))["Coverage"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.column_dimensions["B"].width > 20


def test_excel_has_the_columns_that_say_something(data):
    towns = table(opened(export.to_xlsx(asked(data), AreaLevel.MUNICIPALITY, data)))[0]
    provinces = table(opened(export.to_xlsx(asked(data), AreaLevel.PROVINCE, data)))[0]
    distances = table(opened(export.to_xlsx(asked(data, measure=Measure.NEAREST), AreaLevel.PROVINCE, data)))[0]
    assert {"Peers", "Births in deprived families (%)"} <= towns.keys()
    assert {"In part", "Municipalities unknown"} <= provinces.keys()
    assert not {"Peers", "In part", "Nine in ten within (m)", "Where most go"} & (towns.keys() & provinces.keys())
    assert "Nine in ten within (m)" in distances


def test_excel_says_what_was_asked_and_what_it_means(data):
    book = opened(export.to_xlsx(asked(data, area="10000"), AreaLevel.MUNICIPALITY, data))
    request, definitions = said(book), said(book, "Definitions")
    assert request["Area"] == "Zuid 10000"
    assert request["Kinds of help"] == "Huis van het Kind"
    assert (request["Ages"], request["Reach (m)"]) == ("0–2 years", 500)
    assert (request["Records that count"], request["Confidence in them"]) == ("active", "high, medium")
    assert request["Day of the report"] == dt.datetime(2025, 6, 3)
    assert request["Data version"] == data.data_version
    assert request["Command line"].endswith("--area 10000 --on 2025-06-03")
    assert (request["Children"], request["Value"]) == (460, round(100 / 460, 6))
    assert definitions["Within reach"] == "reach"
    assert definitions["Records with a door"] == "records_located"
    cells = [cell.value for line in book["Request"].iter_rows() for cell in line]
    assert set(LIMIT_TEXTS) <= set(cells)
    assert any("Creative" not in str(cell) and "CC0-1.0" in str(cell) for cell in cells)


def test_what_counts_as_one_is_said_where_it_matters(data):
    by_service = said(opened(export.to_xlsx(asked(data), AreaLevel.MUNICIPALITY, data)))
    floating = said(opened(export.to_xlsx(asked(data, measure=Measure.ENHANCED), AreaLevel.MUNICIPALITY, data)))
    served = said(opened(export.to_xlsx(asked(data, measure=Measure.SERVED), AreaLevel.MUNICIPALITY, data)))
    assert "What counts as one" not in by_service
    assert floating["What counts as one"] == "a service"
    assert "Reach (m)" not in served


def test_excel_speaks_the_language_of_its_reader(data, dataset, real):
    shouted = opened(export.to_xlsx(asked(data), AreaLevel.MUNICIPALITY, data, say=str.upper))
    assert shouted.sheetnames == ["COVERAGE", "DEFINITIONS", "REQUEST"]
    assert all(cell.value == cell.value.upper() for cell in shouted["COVERAGE"][1])
    assert {line["STATE"].value for line in table(shouted, "COVERAGE")} == {"REACHED", "NOT REACHED", "UNKNOWN"}
    meanings = [line[2].value for line in shouted["DEFINITIONS"].iter_rows()]
    assert all(meaning == meaning.upper() for meaning in meanings)
    labels = [line[0].value for line in shouted["REQUEST"].iter_rows(max_row=12) if line[0].value]
    assert all(label == label.upper() for label in labels)
    report = measure(dataset, CoverageRequest(area="21004"), today=TODAY)
    french = table(opened(export.to_xlsx(report, AreaLevel.MUNICIPALITY, real, language="fr")))
    assert french[0]["Name"].value == "Bruxelles"


def test_excel_lists_the_services_that_children_depend_on_alone(data):
    book = opened(export.to_xlsx(asked(data, measure=Measure.FRAGILITY), AreaLevel.MUNICIPALITY, data))
    (line,) = table(book, "Services")
    assert [cell.value for cell in line.values()] == ["aster", "aster", 100]
    assert "Services" not in opened(export.to_xlsx(asked(data), AreaLevel.MUNICIPALITY, data)).sheetnames


def test_the_name_of_a_partnership_is_harmless_in_excel(data):
    report = asked(data, area=f"{PARTNERSHIP_PREFIX}together")
    book = opened(export.to_xlsx(report, AreaLevel.MUNICIPALITY, data))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    evil = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert evil
    assert all(cell.quotePrefix or not str(cell.value).startswith("=") for cell in evil)
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink or "\x1b" in str(cell.value)]


def test_the_same_answer_gives_the_same_files(data):
    report, again = asked(data), asked(data)
    for write in (export.to_xlsx, export.to_geojson, export.to_geopackage):
        assert write(report, AreaLevel.PROVINCE, data) == write(again, AreaLevel.PROVINCE, data)
    with zipfile.ZipFile(io.BytesIO(export.to_xlsx(report, AreaLevel.PROVINCE, data))) as archive:
        assert b"2025-06-03T00:00:00Z" in archive.read("docProps/core.xml")


# --- GeoJSON -------------------------------------------------------------------------------------------------------


def collection(report, level, data):
    return json.loads(export.to_geojson(report, level, data))


def shape_of(feature):
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def test_geojson_carries_rows_and_request(data):
    report = asked(data)
    document = collection(report, AreaLevel.MUNICIPALITY, data)
    assert [feature["properties"] for feature in document["features"]] == rows_of(report, AreaLevel.MUNICIPALITY)
    assert [feature["id"] for feature in document["features"]] == [row.area.code for row in report.rows]
    assert document["type"] == "FeatureCollection"
    assert (document["data_version"], document["request"]["measure"]) == (data.data_version, "reach")
    assert document["definition"] == MEASURES[Measure.REACH].definition
    assert "crs" not in document


def test_a_shape_that_is_not_known_is_null(data):
    document = collection(asked(data), AreaLevel.MUNICIPALITY, data)
    geometry = {feature["properties"]["name_nl"]: feature["geometry"] for feature in document["features"]}
    assert geometry.pop("Ginder") is None
    assert all(shape["type"] == "Polygon" for shape in geometry.values())


@pytest.mark.parametrize("level", SUMMED_LEVELS)
def test_geojson_draws_whole_areas_with_shared_borders(level, dataset, real):
    report = measure(dataset, CoverageRequest(), today=TODAY)
    features = collection(report, level, real)["features"]
    shapes = np.array([shape_of(feature) for feature in features])
    assert [feature["id"] for feature in features] == [row.area.code or "all" for row in report.by(level)]
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    assert 2.5 < west < east < 5.95
    assert 50.65 < south < north < 51.55
    for shape in shapes:
        assert all(
            part.exterior.is_ccw and not any(r.is_ccw for r in part.interiors) for part in shapely.get_parts(shape)
        )
    assert np.array_equal(shapely.get_coordinates(shapes).round(5), shapely.get_coordinates(shapes))


def test_simplified_areas_stay_as_large_as_they_are(dataset, real):
    areas = [row.area for row in measure(dataset, CoverageRequest(), today=TODAY).by(AreaLevel.PROVINCE)]
    groups = [area.nis_codes for area in areas]
    whole = shapely.area(real.boundaries.merge_areas(groups)) / 1e6
    by_towns = [sum(real.municipalities.by_nis[code].area_km2 for code in area.nis_codes) for area in areas]
    assert whole == pytest.approx(by_towns, rel=1e-3)
    lat = np.radians(50.9)
    degrees = shapely.from_geojson([json.dumps(geometry) for geometry in real.boundaries.draw_areas(groups)])
    drawn = shapely.area(degrees) * 111.26 * 111.32 * np.cos(lat)
    assert drawn == pytest.approx(whole, rel=0.02)


# --- GeoPackage ----------------------------------------------------------------------------------------------------


@pytest.fixture
def package(data, tmp_path):
    path = tmp_path / "coverage.gpkg"
    path.write_bytes(export.to_geopackage(asked(data), AreaLevel.MUNICIPALITY, data))
    return path


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


# --- extremes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", Measure)
@pytest.mark.parametrize(
    "choices",
    [
        {"types": frozenset({ServiceType.FLEMISH_COORDINATOR})},
        {"area": "11001"},
        {"reach_m": 30_000.0},
        {"area": f"{PARTNERSHIP_PREFIX}together"},
    ],
    ids=["no service", "one municipality", "30 km", "a partnership"],
)
def test_every_format_bears_every_question(chosen, choices, data):
    report = asked(data, measure=chosen, **choices)
    expected = rows_of(report, AreaLevel.MUNICIPALITY)
    assert len(csv_rows(export.to_csv(report, AreaLevel.MUNICIPALITY))) == len(expected)
    document = export.to_json(report, AreaLevel.MUNICIPALITY, data)
    assert json.loads(json.dumps(document, allow_nan=False))["rows"] == expected
    assert len(table(opened(export.to_xlsx(report, AreaLevel.MUNICIPALITY, data)))) == len(expected)
    assert len(collection(report, AreaLevel.MUNICIPALITY, data)["features"]) == len(expected)
    assert export.to_geopackage(report, AreaLevel.MUNICIPALITY, data).startswith(b"SQLite format 3")


def test_without_any_service_nothing_is_a_known_0(data):
    rows = rows_of(asked(data, types=frozenset({ServiceType.FLEMISH_COORDINATOR})), AreaLevel.MUNICIPALITY)
    assert {(row["state"], row["value"], row["low"], row["high"], row["records"]) for row in rows} == {
        ("unknown", None, 0.0, 1.0, 0),
        ("unknown", None, None, None, 0),  # no children live there
    }


def test_an_unknown_area_is_refused_by_name(data):
    with pytest.raises(RequestError, match="99999"):
        export.to_csv(asked(data, area="99999"), AreaLevel.MUNICIPALITY)


def test_the_document_of_fragility_ranks_the_services(data):
    more = tiny_demand.house("den", location("Den"))
    assert "dependence" not in export.to_json(asked(data), AreaLevel.MUNICIPALITY, data)
    dataset = tiny_demand.dataset(*coverage_folder.houses(), more)
    report = measure(dataset, tiny_demand.ask(measure=Measure.FRAGILITY, reach_m=500.0), today=TODAY)
    document = export.to_json(report, AreaLevel.MUNICIPALITY, data)
    assert [(row["service_id"], row["children"]) for row in document["dependence"]] == [("aster", 100.0), ("den", 80.0)]


def test_freshness_is_that_of_the_day(data):
    fresh = by_name(asked(data, today=dt.date(2025, 6, 3)))["Aster"]
    later = by_name(asked(data, today=dt.date(2025, 6, 4)))["Aster"]
    assert (fresh["records_fresh"], later["records_fresh"]) == (1, 0)
    assert {**fresh, "records_fresh": 0} == later
