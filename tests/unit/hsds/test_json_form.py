"""HSDS as nested JSON: the same services, and problems told."""

import json

import pytest

from geo.ages import AgeRange
from geo.directory import ServiceType
from geo.directory.service import Precision
from geo.hsds import problems_in, read_tables
from geo.hsds.services import services_from
from tests.support.hsds_samples import (
    SERVICE_IN_JSON,
)


def codes(tables):
    return {problem.code for problem in problems_in(tables)}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda service: service,
        lambda service: [service],
        lambda service: {"services": [service]},
        lambda service: {"total_items": 1, "contents": [service]},
        lambda service: {"items": [service]},
    ],
)
def test_nested_json_gives_the_same_service(tmp_path, wrap):
    (tmp_path / "feed.json").write_text(json.dumps(wrap(SERVICE_IN_JSON)))
    tables = read_tables(tmp_path / "feed.json")
    assert problems_in(tables) == ()
    (service,) = services_from(tables)
    assert service.service_type is ServiceType.PARENTING_SHOP
    assert service.organization.name == "Stad Mechelen"
    assert service.locations[0].address.line == "Grote Markt 1 bus 2, 2800 Mechelen"
    assert service.locations[0].precision is Precision.ADDRESS
    assert [phone.number for phone in service.phones] == ["+3215123456"]
    assert service.schedules[0].byday == ("MO", "TU")
    assert (service.ages, service.ages_stated) == (AgeRange(0, 288), True)
    assert service.service_areas[0].nis_code == "12025"


def test_what_services_share_in_json_is_one_thing(tmp_path):
    second = {**SERVICE_IN_JSON, "id": "tweede", "phones": [], "schedules": [], "languages": [], "service_areas": []}
    second["service_at_locations"] = [{**SERVICE_IN_JSON["service_at_locations"][0], "id": "tweede-at-1"}]
    second["attributes"] = [{**SERVICE_IN_JSON["attributes"][0], "id": "att-2"}]
    (tmp_path / "feed.json").write_text(json.dumps([SERVICE_IN_JSON, second]))
    tables = read_tables(tmp_path / "feed.json")
    assert problems_in(tables) == ()
    assert [len(tables[name]) for name in ("service", "location", "organization", "address")] == [2, 1, 1, 1]


def test_problems_in_json_name_the_file_and_the_number_of_the_service(tmp_path):
    broken = {**SERVICE_IN_JSON, "id": "tweede", "phones": [{"id": "p9", "number": "call us"}]}
    (tmp_path / "feed.json").write_text(json.dumps([SERVICE_IN_JSON, broken]))
    places = {problem.place for problem in problems_in(read_tables(tmp_path / "feed.json"))}
    assert "feed.json (phone), row 2, number" in places


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "broken_json"),
        (b"[" * 100_000, "broken_json"),
        (b"9" * 5000, "broken_json"),
        (b'"text"', "no_services"),
        (b"{}", "no_services"),
        (b'{"services": [3, null]}', "not_an_object"),
        (b'[{"id": "a", "name": "\xe9"}]', "encoding"),
    ],
)
def test_broken_json_is_told(tmp_path, content, code):
    (tmp_path / "feed.json").write_bytes(content)
    assert code in codes(read_tables(tmp_path / "feed.json"))


def test_half_characters_in_json_cannot_break_what_is_written(tmp_path):
    (tmp_path / "feed.json").write_text(json.dumps({**SERVICE_IN_JSON, "name": "Huis \ud83d x"}))
    assert services_from(read_tables(tmp_path / "feed.json"))[0].name == "Huis \ufffd x"
