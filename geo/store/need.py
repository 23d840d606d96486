"""Deprivation per municipality, where known.

What is not known stays empty, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from geo.parquet import read_columns


@dataclass(frozen=True, slots=True)
class Need:
    """Births in deprived families (kansarmoede-index, %) by NIS code, where known.

    Source: `data/need.parquet`; it exists for Flanders only, and not for most municipalities merged in 2025.
    """

    deprivation_pct: dict[str, float]

    @classmethod
    def from_parquet(cls, path: Path) -> Self:
        """Return the need of `data/need.parquet`."""
        columns = read_columns(path, ("nis_code", "deprivation_index_pct"))
        pairs = zip(columns["nis_code"], columns["deprivation_index_pct"], strict=True)
        return cls({code: float(value) for code, value in pairs if value is not None})
