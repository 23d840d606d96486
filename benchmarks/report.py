"""Results of the benchmarks, as a table and as JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class BudgetRow:
    """One budget and how it went.

    `reference` is what the value is compared with, in the same unit, if anything.
    """

    name: str
    value: float
    unit: str
    budget: str
    met: bool
    reference: float | None = None
    reference_name: str = ""
    worst: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value as a share of its reference."""
        return self.value / self.reference if self.reference else None


def row_at_most(name: str, value: float, unit: str, *, most: float, worst: float | None = None) -> BudgetRow:
    """Return a row whose budget is a largest value."""
    return BudgetRow(
        name=name, value=value, unit=unit, budget=f"at most {most:g} {unit}", met=value <= most, worst=worst
    )  # fmt: skip


def row_beside(name: str, value: float, unit: str, *, reference: tuple[str, float], most: float) -> BudgetRow:
    """Return a row whose budget is a multiple of a reference."""
    label, other = reference
    times = f"1/{1 / most:.0f}" if most < 1 else f"{most:g} times"
    return BudgetRow(
        name=name, value=value, unit=unit, budget=f"at most {times} {label}", met=value <= most * other,
        reference=other, reference_name=label,
    )  # fmt: skip


def median_of(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def percentile_of(values: Sequence[float], percent: float) -> float:
    """Return the percentile of some values, without interpolation.

    It is the smallest value that at least `percent` of the values do not exceed.
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * int(percent) // 100) - 1))]


def table_text(rows: Iterable[BudgetRow]) -> str:
    """Return the rows as aligned text."""
    lines = [("what", "value", "beside", "ratio", "budget", "met")]
    for row in rows:
        beside = f"{row.reference:.4g} {row.unit}" if row.reference is not None else ""
        ratio = f"{row.ratio:.3g}" if row.ratio is not None else ""
        lines.append((row.name, f"{row.value:.4g} {row.unit}", beside, ratio, row.budget, "yes" if row.met else "NO"))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def write_json(rows: Iterable[BudgetRow], target: Path, about: dict[str, object]) -> None:
    """Write the rows with their ratios and circumstances as JSON."""
    listed = [{**asdict(row), "ratio": row.ratio} for row in rows]
    target.write_text(json.dumps({**about, "rows": listed}, indent=2) + "\n", encoding="utf-8")
