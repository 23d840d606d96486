"""The columns of every table of HSDS 3.0, as its official data package declares them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.ingest.geodata.sources import SourceFolder
from geo.ingest.geodata.tables import Field, Resource

OFFICIAL = "hsds/3.0/datapackage.json"

HSDS_COLUMNS = Resource(
    name="hsds_columns",
    title="Columns of the Human Services Data Specification 3.0",
    path="geo/hsds/columns.csv",
    description="One row per column of each of the 21 tables; `geo/hsds/contracts.py` reads directories by it.",
    fields=(
        Field("table", "string", "name of the table"),
        Field("column", "string", "name of the column, in the order of the specification"),
        Field("type", "string", "type: string, number, date, time or datetime"),
        Field("format", "string", "what a string holds: uuid, uri or email; empty for any text"),
        Field("required", "boolean", "whether every row must have a value"),
        Field("unique", "boolean", "whether no two rows may have the same value"),
        Field("choices", "string", "the values that are allowed, with | between them; empty for any"),
        Field("references", "string", "the table whose `id` the value must be"),
    ),
    sources=("hsds",),
    reference_date="2024-05",
    limits="Names and rules only; what a column means is told by the specification itself.",
)


def write(sources: SourceFolder, root: Path) -> None:
    """Write the table below the root of the program, beside the code that reads it."""
    package = json.loads(sources.path(OFFICIAL).read_text(encoding="utf-8"))
    path = root / HSDS_COLUMNS.path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(field.name for field in HSDS_COLUMNS.fields)
        for table in package["resources"]:
            rows.writerows(_rows_of(table))


def _rows_of(table: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    schema = table["schema"]
    references = {key["fields"]: key["reference"]["resource"] for key in schema.get("foreignKeys", ())}
    for field in schema["fields"]:
        rules = field["constraints"]
        yield (
            table["name"],
            field["name"],
            field["type"],
            field.get("format", ""),
            _yes_or_no(rules["required"]),
            _yes_or_no(rules["unique"]),
            "|".join(rules.get("enum", ())),
            references.get(field["name"], ""),
        )


def _yes_or_no(value: object) -> str:
    return "true" if value else "false"
