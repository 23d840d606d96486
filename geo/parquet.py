"""Read Parquet columns without importing pandas."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyarrow import parquet


def read_columns(path: Path, columns: Sequence[str] | None = None) -> dict[str, list[Any]]:
    """Return the columns of a file as lists.

    Raises KeyError when one that is asked for is not there.

    `ParquetFile` is used and not `read_table`, which imports pandas and takes half of the time of starting up.
    """
    with parquet.ParquetFile(path) as file:
        table = file.read(columns=list(columns) if columns else None, use_threads=False)
    return {name: table[name].to_pylist() for name in columns or table.column_names}
