"""Descriptions of the derived tables, and their Parquet writer.

They stand beside the code that makes a table, so that file, package and data dictionary agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_ARROW_TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table.

    `type` is a Frictionless type (string, integer, number, geojson), `unit` as people write it.
    """

    name: str
    type: str
    description: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A file of the data package.

    It tells what it holds, from which sources (keys of `SOURCES`), valid on which day.

    `path` is relative to the folder of the package; `limits` says in plain words what it cannot be used for.
    """

    name: str
    title: str
    path: str
    description: str
    fields: tuple[Field, ...]
    sources: tuple[str, ...]
    reference_date: str
    limits: str = ""


def write_table(out: Path, resource: Resource, columns: Mapping[str, Sequence[object]]) -> None:
    """Write the columns of a resource as Parquet under `out`.

    `columns` hold one sequence per field of `resource`, None where unknown.

    The same values give the same bytes: the schema comes from the fields and no writer's notes are stored.
    """
    schema = pa.schema([pa.field(field.name, _ARROW_TYPES[field.type]) for field in resource.fields])
    table = pa.table({field.name: pa.array(columns[field.name], _ARROW_TYPES[field.type]) for field in resource.fields})
    path = out / resource.path
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table.cast(schema), path, compression="zstd")
