"""Small HSDS packages, whole and broken, built in code; each broken one is named for its defect."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from geo.hsds.tables import Row, Tables

Edit = Callable[[Tables], None]


def tiny() -> Tables:
    """Three services: one with a door, one for a municipality, one line for everywhere; all correct."""
    tables = Tables(
        {
            "organization": [
                {"id": "stad", "name": "Stad Mechelen", "description": "Stad", "website": "https://www.mechelen.be"},
                {"id": "lijn", "name": "De Lijn vzw", "description": "Luistert", "website": ""},
            ],
            "service": [
                _service("winkel", "Opvoedingswinkel Mechelen", "stad", minimum_age="0", maximum_age="24"),
                _service("huis", "Huis van het Kind Mechelen", "stad"),
                _service("lijn-106", "De Lijn", "lijn", minimum_age="0.75", maximum_age="2.5"),
            ],
            "location": [
                {
                    "id": "mechelen-markt-1",
                    "location_type": "physical",
                    "name": "",
                    "latitude": "51.028000",
                    "longitude": "4.480000",
                    "external_identifier": "12025",
                    "external_identifier_type": "NIS 2025",
                }
            ],
            "service_at_location": [{"id": "winkel-at-1", "service_id": "winkel", "location_id": "mechelen-markt-1"}],
            "address": [
                {
                    "id": "mechelen-markt-1",
                    "location_id": "mechelen-markt-1",
                    "address_1": "Grote Markt 1",
                    "address_2": "bus 2",
                    "city": "Mechelen",
                    "region": "",
                    "state_province": "Antwerpen",
                    "postal_code": "2800",
                    "country": "BE",
                    "address_type": "physical",
                }
            ],
            "phone": [
                {"id": "p1", "service_id": "winkel", "number": "+3215123456", "type": "voice", "description": ""},
                {"id": "p2", "service_id": "lijn-106", "number": "106", "type": "voice", "description": "gratis"},
            ],
            "language": [{"id": "l1", "service_id": "winkel", "name": "Nederlands", "code": "nl"}],
            "schedule": [_schedule("s1", "winkel", byday="MO,TU", opens_at="09:00", closes_at="12:30")],
            "service_area": [
                _area("a1", "huis", "Mechelen", "12025"),
                _area("a2", "lijn-106", "Vlaams Gewest", "02000"),
                _area("a3", "lijn-106", "Brussel", "04000"),
            ],
            "cost_option": [
                {
                    "id": "c1",
                    "service_id": "winkel",
                    "option": "free",
                    "amount": "0",
                    "currency": "EUR",
                    "amount_description": "",
                }
            ],
            "taxonomy": [],
            "taxonomy_term": [],
            "attribute": [],
        }
    )
    for service, kind in (("winkel", "parenting_shop"), ("huis", "house_of_the_child"), ("lijn-106", "parenting_line")):
        add_attribute(tables, service, f"service_type:{kind}")
    add_attribute(tables, "winkel", "confidence:high")
    add_attribute(tables, "winkel", "source:url", value="https://www.mechelen.be/winkel")
    add_attribute(tables, "huis", "age:pregnancy")
    add_attribute(tables, "winkel", "access:no_appointment")
    add_attribute(tables, "mechelen-markt-1", "precision:address", entity="location")
    add_attribute(tables, "s1", "hours:not_in_school_holidays", entity="schedule")
    return tables


def _service(key: str, name: str, organization: str, **more: str) -> Row:
    return {
        "id": key,
        "organization_id": organization,
        "name": name,
        "alternate_name": "",
        "description": "",
        "url": "",
        "email": "",
        "status": "active",
        "eligibility_description": "",
        "minimum_age": "",
        "maximum_age": "",
        "assured_date": "2025-03-01",
        "alert": "",
        "application_process": "",
    } | more


def _schedule(key: str, service: str, **more: str) -> Row:
    return {
        "id": key,
        "service_id": service,
        "service_at_location_id": "",
        "valid_from": "",
        "valid_to": "",
        "dtstart": "",
        "freq": "WEEKLY",
        "interval": "1",
        "byday": "",
        "opens_at": "",
        "closes_at": "",
        "description": "",
        "notes": "",
    } | more


def _area(key: str, service: str, name: str, extent: str) -> Row:
    return {"id": key, "service_id": service, "name": name, "extent": extent, "extent_type": "text"}


def add_attribute(tables: Tables, link: str, term: str, *, entity: str = "service", value: str = "") -> None:
    """Hang a term on something, and list the term."""
    attributes, terms = tables["attribute"], tables["taxonomy_term"]
    attributes.append(
        {
            "id": f"attribute-{1 + max((int(row['id'].split('-')[1]) for row in attributes), default=0)}",
            "link_id": link,
            "link_entity": entity,
            "link_type": "taxonomy_term",
            "taxonomy_term_id": term,
            "value": value,
        }
    )
    if all(row["id"] != term for row in terms):
        code = term.split(":")[1]
        terms.append({"id": term, "taxonomy_id": "", "code": code, "name": code, "description": code})


def csv_text(rows: list[Row]) -> str:
    """Return rows as CSV with a header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else ["id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_folder(tables: Tables, folder: Path, *, manifest: bool = True) -> Path:
    """Write tables as a data package, or as bare files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8", newline="")
    if manifest:
        resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
        (folder / "datapackage.json").write_text(json.dumps({"name": "tiny", "resources": resources}))
    return folder


def write_zip(tables: Tables, path: Path, *, inside: str = "") -> Path:
    """Write tables as a zipped data package, possibly in a folder inside the zip."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in tables.items():
            archive.writestr(f"{inside}{name}.csv", csv_text(rows))
        resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
        archive.writestr(f"{inside}datapackage.json", json.dumps({"name": "tiny", "resources": resources}))
    return path


def edited(**edits: object) -> Tables:
    """Return `tiny` with cells changed: `service__winkel__status="closed"` sets status of the row `winkel`."""
    tables = tiny()
    for address, value in edits.items():
        table, key, column = address.rsplit("__", 2)
        for row in tables[table]:
            if row["id"].replace("-", "_") == key:
                row[column] = str(value)
    return tables


SERVICE_IN_JSON = {
    "id": "winkel",
    "name": "Opvoedingswinkel Mechelen",
    "status": "active",
    "minimum_age": 0,
    "maximum_age": 24.0,
    "assured_date": "2025-03-01",
    "email": None,
    "organization": {"id": "stad", "name": "Stad Mechelen", "description": "Stad"},
    "phones": [{"id": "p1", "number": "+32 15 12 34 56"}],
    "languages": [{"id": "l1", "code": "nl", "name": "Nederlands"}],
    "schedules": [
        {"id": "s1", "freq": "WEEKLY", "byday": ["MO", "TU"], "opens_at": "09:00", "closes_at": "12:30", "interval": 1}
    ],
    "service_areas": [{"id": "a1", "name": "Mechelen", "extent": "12025", "extent_type": "text"}],
    "service_at_locations": [
        {
            "id": "winkel-at-1",
            "location": {
                "id": "markt",
                "location_type": "physical",
                "latitude": 51.028,
                "longitude": 4.48,
                "addresses": [
                    {
                        "id": "address",
                        "address_1": "Grote Markt 1",
                        "address_2": "bus 2",
                        "city": "Mechelen",
                        "state_province": "Antwerpen",
                        "postal_code": "2800",
                        "country": "BE",
                        "address_type": "physical",
                    }
                ],
            },
        }
    ],
    "attributes": [
        {
            "id": "att",
            "link_type": "taxonomy_term",
            "taxonomy_term": {"id": "t1", "code": "parenting_shop", "name": "Winkel", "description": "Winkel"},
        }
    ],
}
