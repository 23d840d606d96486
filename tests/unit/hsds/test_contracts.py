"""What we ask of each column: the official rules, and what is ours."""

import csv

import pytest

from geo.directory.service import Status
from geo.hsds.contracts import CONTRACTS, OFFICIAL, HsdsColumn, HsdsKind


def column(table, name):
    return next(column for column in CONTRACTS[table] if column.name == name)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("organization", HsdsColumn("id", HsdsKind.ID, required=True)),
        ("organization", HsdsColumn("website", HsdsKind.URL)),
        ("organization", HsdsColumn("email", HsdsKind.EMAIL)),
        ("organization", HsdsColumn("description", required=True, may_be_empty=True)),
        (
            "location",
            HsdsColumn("location_type", HsdsKind.CHOICE, required=True, choices=("physical", "postal", "virtual")),
        ),
        ("location", HsdsColumn("latitude", HsdsKind.LATITUDE)),
        ("location", HsdsColumn("longitude", HsdsKind.LONGITUDE)),
        ("service", HsdsColumn("organization_id", HsdsKind.ID, table="organization")),
        ("service", HsdsColumn("name", required=True)),
        ("service", HsdsColumn("minimum_age", HsdsKind.AGE)),
        ("service", HsdsColumn("maximum_age", HsdsKind.AGE)),
        ("service", HsdsColumn("assured_date", HsdsKind.DATE)),
        ("service_at_location", HsdsColumn("location_id", HsdsKind.ID, table="location")),
        ("address", HsdsColumn("postal_code", required=True, may_be_empty=True)),
        ("address", HsdsColumn("region")),
        ("phone", HsdsColumn("number", HsdsKind.PHONE, required=True)),
        ("phone", HsdsColumn("service_at_location_id", HsdsKind.ID, table="service_at_location")),
        ("schedule", HsdsColumn("freq", HsdsKind.CHOICE, choices=("WEEKLY", "MONTHLY"))),
        ("schedule", HsdsColumn("interval", HsdsKind.COUNT)),
        ("schedule", HsdsColumn("byday", HsdsKind.DAYS)),
        ("schedule", HsdsColumn("opens_at", HsdsKind.TIME)),
        ("service_area", HsdsColumn("extent_type", HsdsKind.CHOICE, choices=("geojson", "topojson", "kml", "text"))),
        ("cost_option", HsdsColumn("amount", HsdsKind.AMOUNT)),
        ("attribute", HsdsColumn("link_id", HsdsKind.ID, required=True)),
        ("attribute", HsdsColumn("taxonomy_term_id", HsdsKind.ID, required=True, table="taxonomy_term")),
    ],
)
def test_a_column_follows_hsds_and_what_is_ours(table, expected):
    assert column(table, expected.name) == expected


def test_every_status_of_hsds_can_be_read_and_none_that_is_ours_alone():
    choices = column("service", "status").choices
    assert choices == ("active", "temporarily closed", "inactive", "defunct")
    assert {Status(choice) for choice in choices} == set(Status) - {Status.ANNOUNCED}


def test_columns_stand_in_the_order_in_which_they_are_written():
    assert [column.name for column in CONTRACTS["organization"]] == ["id", "name", "description", "website", "email"]
    assert list(CONTRACTS)[:4] == ["organization", "location", "service", "service_at_location"]
    assert all(columns[0] == HsdsColumn("id", HsdsKind.ID, required=True) for columns in CONTRACTS.values())


def test_what_hsds_requires_of_every_row_is_read():
    """Whoever adds a table reads the columns without which no row of it is right."""
    with OFFICIAL.open(encoding="utf-8", newline="") as lines:
        required = {(row["table"], row["column"]) for row in csv.DictReader(lines) if row["required"] == "true"}
    read = {(table, column.name) for table, columns in CONTRACTS.items() for column in columns}
    assert {key for key in required if key[0] in CONTRACTS} <= read
