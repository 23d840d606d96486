"""What we ask of each column: the official rules, and what is ours."""

import csv

import pytest

from geo.directory.service import Status
from geo.hsds.contracts import CONTRACTS, OFFICIAL, Column, Kind


def column(table, name):
    return next(column for column in CONTRACTS[table] if column.name == name)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("organization", Column("id", Kind.ID, required=True)),
        ("organization", Column("website", Kind.URL)),
        ("organization", Column("email", Kind.EMAIL)),
        ("organization", Column("description", required=True, may_be_empty=True)),
        ("location", Column("location_type", Kind.CHOICE, required=True, choices=("physical", "postal", "virtual"))),
        ("location", Column("latitude", Kind.LATITUDE)),
        ("location", Column("longitude", Kind.LONGITUDE)),
        ("service", Column("organization_id", Kind.ID, table="organization")),
        ("service", Column("name", required=True)),
        ("service", Column("minimum_age", Kind.AGE)),
        ("service", Column("maximum_age", Kind.AGE)),
        ("service", Column("assured_date", Kind.DATE)),
        ("service_at_location", Column("location_id", Kind.ID, table="location")),
        ("address", Column("postal_code", required=True, may_be_empty=True)),
        ("address", Column("region")),
        ("phone", Column("number", Kind.PHONE, required=True)),
        ("phone", Column("service_at_location_id", Kind.ID, table="service_at_location")),
        ("schedule", Column("freq", Kind.CHOICE, choices=("WEEKLY", "MONTHLY"))),
        ("schedule", Column("interval", Kind.COUNT)),
        ("schedule", Column("byday", Kind.DAYS)),
        ("schedule", Column("opens_at", Kind.TIME)),
        ("service_area", Column("extent_type", Kind.CHOICE, choices=("geojson", "topojson", "kml", "text"))),
        ("cost_option", Column("amount", Kind.AMOUNT)),
        ("attribute", Column("link_id", Kind.ID, required=True)),
        ("attribute", Column("taxonomy_term_id", Kind.ID, required=True, table="taxonomy_term")),
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
    assert all(columns[0] == Column("id", Kind.ID, required=True) for columns in CONTRACTS.values())


def test_what_hsds_requires_of_every_row_is_read():
    """Whoever adds a table reads the columns without which no row of it is right."""
    with OFFICIAL.open(encoding="utf-8", newline="") as lines:
        required = {(row["table"], row["column"]) for row in csv.DictReader(lines) if row["required"] == "true"}
    read = {(table, column.name) for table, columns in CONTRACTS.items() for column in columns}
    assert {key for key in required if key[0] in CONTRACTS} <= read
