"""Writer of the directory as a Frictionless tabular data package."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

COLUMNS: dict[str, str] = {
    "organization": "id name description website",
    "service": (
        "id organization_id name alternate_name description url email status eligibility_description minimum_age "
        "maximum_age assured_date alert application_process"
    ),
    "location": "id location_type name latitude longitude external_identifier external_identifier_type",
    "service_at_location": "id service_id location_id",
    "address": ("id location_id address_1 address_2 city region state_province postal_code country address_type"),
    "phone": "id service_id number type description",
    "language": "id service_id name code",
    "schedule": (
        "id service_id service_at_location_id valid_from valid_to dtstart freq interval byday opens_at closes_at "
        "description notes"
    ),
    "service_area": "id service_id name extent extent_type",
    "cost_option": "id service_id option amount currency amount_description",
    "taxonomy": "id name description",
    "taxonomy_term": "id taxonomy_id code name description",
    "attribute": "id link_id link_entity link_type taxonomy_term_id value",
}
_TYPES = {
    "latitude": "number",
    "longitude": "number",
    "minimum_age": "number",
    "maximum_age": "number",
    "amount": "number",
    "interval": "integer",
    "assured_date": "date",
    "valid_from": "date",
    "valid_to": "date",
    "dtstart": "date",
}
_UNITS = {
    "latitude": "Degrees, EPSG:4326.",
    "longitude": "Degrees, EPSG:4326.",
    "minimum_age": "Years, from this age on; empty where the source states none.",
    "maximum_age": "Years, up to but not including this age; empty where the source states none.",
    "assured_date": "When the source last said so; the first of the month where only the month is known.",
    "external_identifier": "NIS code of the municipality on 2025-01-01.",
    "extent": "REFNIS code of a municipality (2025), province or region.",
    "number": "E.164, or a short number as dialled.",
    "opens_at": "Time on the wall in Brussels.",
    "closes_at": "Time on the wall in Brussels; equal to opens_at 00:00 for the whole day.",
}


def write_package(folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """Write one CSV per table beside `datapackage.json`.

    UTF-8, LF. The same rows give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns.split(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables[name])
    text = json.dumps(_package_entry(), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _package_entry() -> dict[str, object]:
    return {
        "profile": "tabular-data-package",
        "name": "opvoedkaart-directory",
        "title": "Directory of parenting support in Flanders and Brussels (HSDS 3.0)",
        "description": (
            "Facts compiled from public web pages; each record names its page and date (attributes source:url and "
            "service.assured_date). A missing record means unknown, never none."
        ),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "resources": [_resource_entry(name, columns.split()) for name, columns in COLUMNS.items()],
    }


def _resource_entry(name: str, columns: Sequence[str]) -> dict[str, object]:
    keys = [
        {"fields": column, "reference": {"resource": table, "fields": "id"}}
        for column in columns
        if column.endswith("_id") and (table := column.removesuffix("_id")) in COLUMNS
    ]
    schema: dict[str, object] = {"fields": [_field_entry(column) for column in columns], "primaryKey": "id"}
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": schema | ({"foreignKeys": keys} if keys else {}),
    }


def _field_entry(column: str) -> dict[str, str]:
    described = {"description": _UNITS[column]} if column in _UNITS else {}
    return {"name": column, "type": _TYPES.get(column, "string")} | described
