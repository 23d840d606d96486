"""Our table of HSDS columns, against the official data package where that is present."""

import csv
import json
import os
from pathlib import Path

import pytest

from geo.hsds.contracts import CONTRACTS, OFFICIAL, HsdsKind
from geo.settings import ROOT

NAMED = os.environ.get("OPVOEDKAART_SOURCES", "")
SOURCES = [folder for folder in (Path(NAMED or ROOT.parent / "shared" / "sources"),) if (folder / "hsds").is_dir()]


@pytest.fixture(scope="module")
def ours():
    with OFFICIAL.open(encoding="utf-8", newline="") as lines:
        return {(row["table"], row["column"]): row for row in csv.DictReader(lines)}


@pytest.fixture(scope="module", params=SOURCES, ids=["the specification"] * len(SOURCES))
def tables(request):
    """The official tables; where they are not here there is nothing to compare with."""
    package = json.loads((request.param / "hsds" / "3.0" / "datapackage.json").read_text(encoding="utf-8"))
    return {table["name"]: table["schema"] for table in package["resources"]}


def test_the_table_is_whole(ours):
    assert len(ours) == 183
    assert len({table for table, _column in ours}) == 21
    assert list(ours["phone", "number"].values()) == ["phone", "number", "string", "", "true", "false", "", ""]
    assert ours["schedule", "wkst"]["choices"] == "MO|TU|WE|TH|FR|SA|SU"
    assert ours["taxonomy_term", "taxonomy_id"]["references"] == "taxonomy"


def test_every_column_says_what_the_data_package_says(ours, tables):
    assert [*ours] == [(name, field["name"]) for name, table in tables.items() for field in table["fields"]]
    for name, table in tables.items():
        for field in table["fields"]:
            row, rules = ours[name, field["name"]], field["constraints"]
            assert (row["type"], row["format"]) == (field["type"], field.get("format", ""))
            assert (row["required"] == "true", row["unique"] == "true") == (rules["required"], rules["unique"])
            assert [choice for choice in row["choices"].split("|") if choice] == rules.get("enum", [])


def test_every_reference_is_one_of_the_data_package(ours, tables):
    expected = {
        (name, key["fields"]): key["reference"]["resource"]
        for name, table in tables.items()
        for key in table.get("foreignKeys", ())
    }
    assert {key: row["references"] for key, row in ours.items() if row["references"]} == expected


def test_what_we_ask_more_or_less_than_the_data_package_is_known(tables):
    """All that may differ; anything else is a slip."""
    fields = {(name, field["name"]): field for name, table in tables.items() for field in table["fields"]}
    read = {(table, column.name): column for table, columns in CONTRACTS.items() for column in columns}
    eased = {key for key, column in read.items() if fields[key]["constraints"]["required"] and not column.required}
    chosen = {
        key
        for key, column in read.items()
        if sorted(column.choices) != sorted(fields[key]["constraints"].get("enum", []))
    }
    assert eased == {
        ("service", "organization_id"),
        ("service_at_location", "service_id"),
        ("service_at_location", "location_id"),
        ("cost_option", "service_id"),
    }
    assert chosen == {("service_area", "extent_type")}
    assert not any(column.required for key, column in read.items() if not fields[key]["constraints"]["required"])
    numbers = {HsdsKind.AGE, HsdsKind.AMOUNT, HsdsKind.COUNT, HsdsKind.LATITUDE, HsdsKind.LONGITUDE}
    for key, column in read.items():
        assert (column.kind in numbers) == (fields[key]["type"] == "number"), key
        assert (column.kind is HsdsKind.ID) == (fields[key].get("format") == "uuid"), key
        assert (column.kind is HsdsKind.URL) == (fields[key].get("format") == "uri"), key
        assert (column.kind is HsdsKind.DATE) == (fields[key]["type"] == "date"), key
