"""The columns that we read of each HSDS 3.0 table, and the rules they follow."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from geo.directory.service import Status


class HsdsKind(StrEnum):
    """Kind of the values of a column."""

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
class HsdsColumn:
    """One column of a table. `required` follows HSDS 3.0, but for four keys; `table` is whose ids the column names.

    An empty value in a required column is an error, or a warning where the record can be shown truthfully without
    it (`may_be_empty`: parts of an address, descriptions of organizations and terms).
    """

    name: str
    kind: HsdsKind = HsdsKind.TEXT
    required: bool = False
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()
    table: str = ""


OFFICIAL = Path(__file__).with_name("columns.csv")
"""Every column of every HSDS 3.0 table, written by `data/build.py` from the official data package."""

READ = {
    "organization": "id name description website email",
    "location": (
        "id location_type name latitude longitude external_identifier external_identifier_type organization_id"
    ),
    "service": (
        "id organization_id name alternate_name description url email status eligibility_description minimum_age "
        "maximum_age assured_date alert application_process"
    ),
    "service_at_location": "id service_id location_id description",
    "address": ("id location_id address_1 address_2 city region state_province postal_code country address_type"),
    "phone": "id service_id location_id service_at_location_id organization_id number type description",
    "language": "id service_id location_id phone_id name code",
    "schedule": (
        "id service_id location_id service_at_location_id valid_from valid_to dtstart freq interval byday opens_at "
        "closes_at description notes"
    ),
    "service_area": "id service_id name extent extent_type",
    "cost_option": "id service_id option amount currency amount_description",
    "taxonomy": "id name description",
    "taxonomy_term": "id taxonomy_id code name description",
    "attribute": "id link_id link_entity link_type taxonomy_term_id value",
}
"""The tables and columns that we read, in the order in which we write them; `REQUIRED_TABLES` must be there."""
REQUIRED_TABLES = ("service",)

_KINDS = {
    ("string", "uuid"): HsdsKind.ID,
    ("string", "uri"): HsdsKind.URL,
    ("string", "email"): HsdsKind.EMAIL,
    ("date", ""): HsdsKind.DATE,
    ("time", ""): HsdsKind.TIME,
}

# What is ours. HSDS says "number" and "string" where a value must hold more than that:
_NARROWER = {
    "service.minimum_age": HsdsKind.AGE,
    "service.maximum_age": HsdsKind.AGE,
    "location.latitude": HsdsKind.LATITUDE,
    "location.longitude": HsdsKind.LONGITUDE,
    "phone.number": HsdsKind.PHONE,
    "schedule.interval": HsdsKind.COUNT,
    "schedule.byday": HsdsKind.DAYS,
    "cost_option.amount": HsdsKind.AMOUNT,
}
# Choices in our order, or that HSDS names in its description alone.
_CHOICES = {
    "service.status": tuple(status.value for status in Status if status is not Status.ANNOUNCED),
    "service_area.extent_type": ("geojson", "topojson", "kml", "text"),
}
# Required, but a record without it is shown truthfully; see `Column`.
_MAY_BE_EMPTY = {
    "organization.description",
    "address.address_1",
    "address.city",
    "address.state_province",
    "address.postal_code",
    "address.country",
    "taxonomy.description",
    "taxonomy_term.description",
}
# Required by HSDS and not by us: a service may do without an organization, and a row that belongs nowhere adds nothing.
_NOT_REQUIRED = {
    "service.organization_id",
    "service_at_location.service_id",
    "service_at_location.location_id",
    "cost_option.service_id",
}


def read_contracts(path: Path) -> dict[str, tuple[HsdsColumn, ...]]:
    """Return the columns of each table of `READ`, with the official rules of a file like `columns.csv` and ours."""
    with path.open(encoding="utf-8", newline="") as lines:
        official = {f"{row['table']}.{row['column']}": row for row in csv.DictReader(lines)}
    return {
        table: tuple(_column(official[f"{table}.{name}"]) for name in names.split()) for table, names in READ.items()
    }


def _column(rules: dict[str, str]) -> HsdsColumn:
    key = f"{rules['table']}.{rules['column']}"
    choices = _CHOICES.get(key) or tuple(filter(None, rules["choices"].split("|")))
    kind = _NARROWER.get(key) or _KINDS.get((rules["type"], rules["format"]), HsdsKind.TEXT)
    return HsdsColumn(
        name=rules["column"],
        kind=HsdsKind.CHOICE if choices else kind,
        required=rules["required"] == "true" and key not in _NOT_REQUIRED,
        may_be_empty=key in _MAY_BE_EMPTY,
        choices=choices,
        table=rules["references"],
    )


CONTRACTS = read_contracts(OFFICIAL)
