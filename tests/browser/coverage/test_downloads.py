"""Every download of the coverage page, taken as a reader takes it and read back with another library."""

import csv
import datetime as dt
import io
import json
import re

import openpyxl
import pyogrio
import pypdf
import pytest
import shapely

from geo.ages import AgeGroup
from geo.coverage import Measure, State
from geo.coverage.files.columns import COLUMNS
from geo.coverage.files.records import command_line, rows_of
from geo.directory import ServiceType
from geo.places import AreaLevel
from tests.app.coverage.test_coverage import asked
from tests.browser.coverage_visit import of
from ui.coverage import downloads, headline
from words import i18n

pytestmark = pytest.mark.browser

LINK = {
    "type": "house_of_the_child,parenting_shop",
    "age": "0-2,3-5",
    "measure": "reach",
    "reach": "5",
    "area": "30000",
}
CHOICES = {
    "types": frozenset({ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP}),
    "ages": frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5}),
    "reach_m": 5_000.0,
    "area": "30000",
}
CLOCKED = {"records_fresh"}
"""What depends on the day of the report."""


def taken(coverage, extension, tmp_path):
    """Press a button and return the name and the bytes of the file."""
    with coverage.page.expect_download() as caught:
        coverage.page.locator(f".st-key-download-{extension} button").click()
    path = tmp_path / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


def _timeless(row):
    return {name: value for name, value in row.items() if name not in CLOCKED}


def test_every_format_holds_the_report_its_request_and_its_version(visitor, tmp_path):
    coverage = of(visitor()).open(**LINK)
    coverage.page.locator(".stExpander summary").click()
    command = " ".join(coverage.page.locator(".stCode code").inner_text().split())
    day = dt.date.fromisoformat(command.partition("--on ")[2])
    report = asked(today=day, **CHOICES)
    assert command == command_line(report, AreaLevel.MUNICIPALITY)
    expected = [_timeless(row) for row in rows_of(report, AreaLevel.MUNICIPALITY)]
    stem = downloads.file_name(report)
    assert stem.startswith("opvoedkaart-west-vlaanderen-")
    assert stem.endswith(f"-reach-{report.data_version}")

    paths = {extension: taken(coverage, extension, tmp_path) for extension in ("csv", "xlsx", "geojson", "gpkg", "pdf")}
    assert {extension: path.name for extension, path in paths.items()} == {
        extension: f"{stem}.{extension}" for extension in paths
    }
    _csv_agrees(paths["csv"], expected, command, report)
    _xlsx_agrees(paths["xlsx"], expected, command, report)
    _geojson_agrees(paths["geojson"], expected, command, report)
    _geopackage_agrees(paths["gpkg"], expected, command, report)
    _pdf_agrees(paths["pdf"], report)


def _csv_agrees(path, expected, command, report):
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert {row["command"] for row in rows} == {command}
    assert {row["data_version"] for row in rows} == {report.data_version}
    assert {row["measure"] for row in rows} == {"reach"}
    assert [{name: row[name] for name in each} for row, each in zip(rows, expected, strict=True)] == [
        {name: _in_csv(value) for name, value in each.items()} for each in expected
    ]


def _in_csv(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _xlsx_agrees(path, expected, command, report):
    book = openpyxl.load_workbook(path)
    table, definitions, request = book.worksheets[:3]
    rows = list(table.iter_rows(values_only=True))
    assert len(rows) == len(expected) + 1
    head = [cell for cell in rows[0] if cell]
    titles = {i18n._(column.title): column.name for column in COLUMNS}
    at = {titles[title]: position for position, title in enumerate(head) if title in titles}
    for name in ("code", "children", "value", "low", "high", "rank", "deprivation_pct"):
        assert [row[at[name]] for row in rows[1:]] == [each[name] for each in expected], name
    words = [cell for row in request.iter_rows(values_only=True) for cell in row if cell]
    assert command in words
    assert report.data_version in words
    assert any(report.request.measure.value == cell for row in definitions.iter_rows(values_only=True) for cell in row)


def _geojson_agrees(path, expected, command, report):
    collection = json.loads(path.read_text(encoding="utf-8"))
    features = collection["features"]
    assert [_timeless(feature["properties"]) for feature in features] == expected
    assert collection["command"] == command
    assert collection["data_version"] == report.data_version
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    assert all(shape.is_valid and not shape.is_empty for shape in shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    assert 2.5 < west < east < 3.6, "longitude first, in degrees"
    assert 50.6 < south < north < 51.4


def _geopackage_agrees(path, expected, command, report):
    frame = pyogrio.read_dataframe(path, layer="coverage")
    assert frame.crs.to_epsg() == 3812
    assert frame.geometry.is_valid.all()
    for name in ("code", "name_nl", "state", "children", "value", "low", "high", "rank", "records"):
        found = [None if value != value else value for value in frame[name]]  # noqa: PLR0124  (NaN is not itself)
        assert found == [each[name] for each in expected], name
    told = pyogrio.read_dataframe(path, layer="request", read_geometry=False)
    header = dict(zip(told["name"], told["value"], strict=True))
    assert header["command"] == command
    assert header["data_version"] == report.data_version


def _pdf_agrees(path, report):
    reader = pypdf.PdfReader(path)
    words = _plain(" ".join(page.extract_text() for page in reader.pages))
    assert report.data_version in words
    assert _plain(report.request.command()).replace(" ", "") in words.replace(" ", "")
    for line in headline.headline_sentences(report):
        assert _plain(line).replace(" ", "") in words.replace(" ", "")
    for row in report.rows:
        assert row.area.name_nl.replace(" ", "") in words.replace(" ", "")
    assert reader.metadata.title


def _plain(text):
    return re.sub(r"\s+", " ", text)


def test_rows_of_provinces_dependence_and_another_language(visitor, tmp_path):
    coverage = of(visitor()).open(measure="fragility", by="province", lang="fr")
    report = asked(measure=Measure.FRAGILITY)
    path = taken(coverage, "csv", tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert [row["code"] for row in rows] == [row.area.code for row in report.by(AreaLevel.PROVINCE)]
    assert "--by province" in rows[0]["command"]
    book = openpyxl.load_workbook(taken(coverage, "xlsx", tmp_path))
    i18n.use_language("fr")
    try:
        assert book.worksheets[0].title == i18n._("Coverage")
        services = list(book.worksheets[-1].iter_rows(values_only=True))
    finally:
        i18n.use_language(i18n.DEFAULT_LANGUAGE)
    dependent = report.dependence()
    assert [row[0] for row in services[1:4]] == [service.name for service, _children in dependent[:3]]
    assert [row[2] for row in services[1:4]] == pytest.approx(
        [children for _service, children in dependent[:3]], abs=1e-3
    )


def test_a_profile_gives_the_files_of_its_area(visitor, tmp_path):
    coverage = of(visitor()).open_profile("12025", measure="reach", type="house_of_the_child")
    report = asked(area="12025")
    path = taken(coverage, "csv", tmp_path)
    (row,) = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    assert path.name == f"opvoedkaart-mechelen-reach-{report.data_version}.csv"
    assert (row["code"], row["state"]) == ("12025", report.rows[0].state.value)
    assert State(row["state"]) is not State.UNKNOWN or not row["value"]
    pdf = pypdf.PdfReader(taken(coverage, "pdf", tmp_path))
    assert len(pdf.pages) == 1
    words = pdf.pages[0].extract_text()
    assert "Mechelen" in words
    assert report.data_version in words
    box = pdf.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
