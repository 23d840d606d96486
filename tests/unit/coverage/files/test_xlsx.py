"""Coverage for Excel: typed, explained in the language of its reader, and harmless."""

import datetime as dt

import pytest

from geo.coverage import CoverageRequest, Measure, measure
from geo.coverage.files import export
from geo.coverage.files.columns import LIMIT_TEXTS
from geo.coverage.files.records import known_values
from geo.directory.partnerships import PARTNERSHIP_PREFIX
from geo.places import AreaLevel
from tests.support.coverage_files import asked, opened, table
from tests.support.tiny_demand import TODAY


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
