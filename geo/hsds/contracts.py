"""The columns that each HSDS 3.0 table may hold, as a table of contracts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.directory.service import Status


class Kind(StrEnum):
    """What a value must look like."""

    TEXT = "text"
    ID = "id"
    CHOICE = "choice"
    AGE = "age"
    AMOUNT = "amount"
    COUNT = "count"
    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    DATE = "date"
    TIME = "time"
    DAYS = "days"
    URL = "url"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `required` follows HSDS 3.0; `table` is the one whose ids the column names.

    An empty value in a required column is an error, or a warning where the record can be shown truthfully without
    it (`may_be_empty`: parts of an address, descriptions of organizations and terms).
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()
    table: str = ""


def _must(name: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(name, kind, required=True)


def _asked(name: str) -> Column:
    return Column(name, required=True, may_be_empty=True)


def _names(table: str) -> Column:
    return Column(f"{table}_id", Kind.ID, table=table)


def _one_of(name: str, *choices: str, required: bool = False) -> Column:
    return Column(name, Kind.CHOICE, required=required, choices=choices)


_ID = _must("id", Kind.ID)
_STATUSES = tuple(status.value for status in Status if status is not Status.ANNOUNCED)

CONTRACTS: dict[str, tuple[Column, ...]] = {
    "organization": (
        _ID,
        _must("name"),
        _asked("description"),
        Column("website", Kind.URL),
        Column("email", Kind.EMAIL),
    ),
    "location": (
        _ID,
        _one_of("location_type", "physical", "postal", "virtual", required=True),
        Column("name"),
        Column("latitude", Kind.LATITUDE),
        Column("longitude", Kind.LONGITUDE),
        Column("external_identifier"),
        Column("external_identifier_type"),
        _names("organization"),
    ),
    "service": (
        _ID,
        _names("organization"),
        _must("name"),
        Column("alternate_name"),
        Column("description"),
        Column("url", Kind.URL),
        Column("email", Kind.EMAIL),
        _one_of("status", *_STATUSES, required=True),
        Column("eligibility_description"),
        Column("minimum_age", Kind.AGE),
        Column("maximum_age", Kind.AGE),
        Column("assured_date", Kind.DATE),
        Column("alert"),
        Column("application_process"),
    ),
    "service_at_location": (_ID, _names("service"), _names("location"), Column("description")),
    "address": (
        _ID,
        _names("location"),
        _asked("address_1"),
        Column("address_2"),
        _asked("city"),
        Column("region"),
        _asked("state_province"),
        _asked("postal_code"),
        _asked("country"),
        _one_of("address_type", "physical", "postal", "virtual", required=True),
    ),
    "phone": (
        _ID,
        _names("service"),
        _names("location"),
        _names("service_at_location"),
        _names("organization"),
        _must("number", Kind.PHONE),
        Column("type"),
        Column("description"),
    ),
    "language": (_ID, _names("service"), _names("location"), _names("phone"), Column("name"), Column("code")),
    "schedule": (
        _ID,
        _names("service"),
        _names("location"),
        _names("service_at_location"),
        Column("valid_from", Kind.DATE),
        Column("valid_to", Kind.DATE),
        Column("dtstart", Kind.DATE),
        _one_of("freq", "WEEKLY", "MONTHLY"),
        Column("interval", Kind.COUNT),
        Column("byday", Kind.DAYS),
        Column("opens_at", Kind.TIME),
        Column("closes_at", Kind.TIME),
        Column("description"),
        Column("notes"),
    ),
    "service_area": (
        _ID,
        _names("service"),
        Column("name"),
        Column("extent"),
        _one_of("extent_type", "geojson", "topojson", "kml", "text"),
    ),
    "cost_option": (
        _ID,
        _names("service"),
        Column("option"),
        Column("amount", Kind.AMOUNT),
        Column("currency"),
        Column("amount_description"),
    ),
    "taxonomy": (_ID, _must("name"), _asked("description")),
    "taxonomy_term": (_ID, _names("taxonomy"), Column("code"), _must("name"), _asked("description")),
    "attribute": (
        _ID,
        _must("link_id", Kind.ID),
        _must("link_entity"),
        Column("link_type"),
        Column("taxonomy_term_id", Kind.ID, required=True, table="taxonomy_term"),
        Column("value"),
    ),
}
REQUIRED_TABLES = ("service",)
