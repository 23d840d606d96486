"""What is given out about coverage: the same numbers in every format, whatever is asked, and repeatable."""

import datetime as dt
import io
import json
import zipfile

import pytest

from geo.coverage import Measure, measure
from geo.coverage.files import export
from geo.coverage.files.records import rows_of
from geo.directory import ServiceType
from geo.directory.partnerships import PARTNERSHIP_PREFIX
from geo.errors import RequestError
from geo.places import AreaLevel
from tests.support import coverage_folder, tiny_demand
from tests.support.coverage_files import asked, by_name, collection, csv_rows, opened, table
from tests.support.tiny_demand import TODAY
from tests.support.tiny_flanders import location


def test_the_same_answer_gives_the_same_files(data):
    report, again = asked(data), asked(data)
    for write in (export.to_xlsx, export.to_geojson, export.to_geopackage):
        assert write(report, AreaLevel.PROVINCE, data) == write(again, AreaLevel.PROVINCE, data)
    with zipfile.ZipFile(io.BytesIO(export.to_xlsx(report, AreaLevel.PROVINCE, data))) as archive:
        assert b"2025-06-03T00:00:00Z" in archive.read("docProps/core.xml")


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
