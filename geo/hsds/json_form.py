"""Flatten nested HSDS JSON into tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from geo.errors import Complaint
from geo.hsds.tables import Row, Tables, decode_text
from geo.messages import N_

BROKEN_JSON = Complaint("broken_json", N_("The file cannot be read as JSON: {reason}."))
NO_SERVICES = Complaint(
    "no_services",
    N_(
        "No services were found; expected a service, a list of services, or an object with services, contents or items."
    ),
)
NOT_AN_OBJECT = Complaint("not_an_object", N_("An object is expected; found {found}."))

# parent table -> (key in JSON, table of what hangs there, column of the child that names the parent)
CHILD_LISTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "service": (
        ("phones", "phone", "service_id"),
        ("schedules", "schedule", "service_id"),
        ("service_areas", "service_area", "service_id"),
        ("service_at_locations", "service_at_location", "service_id"),
        ("languages", "language", "service_id"),
        ("cost_options", "cost_option", "service_id"),
        ("attributes", "attribute", "link_id"),
    ),
    "service_at_location": (
        ("phones", "phone", "service_at_location_id"),
        ("schedules", "schedule", "service_at_location_id"),
        ("attributes", "attribute", "link_id"),
    ),
    "location": (
        ("addresses", "address", "location_id"),
        ("phones", "phone", "location_id"),
        ("schedules", "schedule", "location_id"),
        ("attributes", "attribute", "link_id"),
    ),
    "schedule": (("attributes", "attribute", "link_id"),),
}
# parent table -> (key in JSON, table of the one thing there, column of the parent that names it)
CHILD_OBJECTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "service": (("organization", "organization", "organization_id"),),
    "service_at_location": (("location", "location", "location_id"),),
    "attribute": (("taxonomy_term", "taxonomy_term", "taxonomy_term_id"),),
}
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")  # JSON can spell them; no file can hold them
ENVELOPES = ("services", "contents", "items")
SHARED_TABLES = frozenset({"organization", "location", "taxonomy_term"})  # may be repeated below several services


def tables_from_json(content: bytes, *, resource: str) -> Tables:
    """Return the tables of a JSON file, its problems included."""
    tables = Tables()
    text, tables.problems = decode_text(content, resource=resource)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        tables.problems.append(BROKEN_JSON.at(resource, reason=str(error)))
        return tables
    services = _find_services(document)
    if services is None:
        tables.problems.append(NO_SERVICES.at(resource))
        return tables
    _Flattener(tables, resource).add_all(services)
    return tables


def _find_services(document: object) -> list[object] | None:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    for key in ENVELOPES:
        if isinstance(document.get(key), list):
            return list(document[key])
    return [document] if "id" in document or "name" in document else None


class _Flattener:
    """Tables that are being filled, and the current service's number."""

    def __init__(self, tables: Tables, resource: str) -> None:
        self.tables, self.resource = tables, resource
        self.number = 0
        self.seen: dict[tuple[str, str], Row] = {}

    def add_all(self, services: list[object]) -> None:
        self.tables["service"] = []
        self.tables.files["service"] = f"{self.resource} (service)"
        for self.number, service in enumerate(services, start=1):
            self.add("service", service, {})

    def add(self, table: str, thing: object, parent: Row) -> str:
        """Add one object with all that hangs below it; return its id."""
        if not isinstance(thing, dict):
            self._report_wrong_type(table, thing)
            return ""
        row = {_cell_text(key): _cell_text(value) for key, value in thing.items() if not _is_nested(value)}
        row |= {column: value for column, value in parent.items() if not row.get(column)}
        if self._is_repeated(table, row):
            return row.get("id", "")
        for key, child, column in CHILD_OBJECTS.get(table, ()):
            if thing.get(key) is not None:
                row[column] = self.add(child, thing[key], {}) or row.get(column, "")
        self.tables.files.setdefault(table, f"{self.resource} ({table})")
        self.tables.setdefault(table, []).append(row)
        self.tables.row_numbers.setdefault(table, []).append(self.number)
        for child, item, names_parent in _child_items(table, thing, row):
            self.add(child, item, names_parent)
        return row.get("id", "")

    def _is_repeated(self, table: str, row: Row) -> bool:
        if table not in SHARED_TABLES or not row.get("id"):
            return False
        key = (table, row["id"])
        known = self.seen.get(key)
        self.seen.setdefault(key, row.copy())
        return known == row

    def _report_wrong_type(self, table: str, thing: object) -> None:
        resource = f"{self.resource} ({table})"
        self.tables.problems.append(NOT_AN_OBJECT.at(resource, self.number, found=type(thing).__name__))


def _child_items(table: str, thing: dict[str, object], row: Row) -> Iterator[tuple[str, object, Row]]:
    """Yield the table, the object and the columns naming its parent, for all that hangs below `thing` in lists."""
    for key, child, column in CHILD_LISTS.get(table, ()):
        items = thing.get(key)
        parent = {column: row.get("id", "")} | ({"link_entity": table} if child == "attribute" else {})
        for item in items if isinstance(items, list) else ():
            yield child, item, parent


def _is_nested(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict | list) for v in value))


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_cell_text(item) for item in value)
    return _HALF_CHARACTERS.sub("\ufffd", str(value)).strip()
