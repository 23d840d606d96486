"""Classes of the coverage map, their colours and their ranges in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.coverage.measures import Measure, MeasureInfo, Unit
from geo.coverage.report import CoverageReport
from geo.coverage.row import CoverageRow, State
from words import amounts, labels
from words.i18n import _

UNKNOWN = -1
NOT_REACHED = 0
NOT_REACHED_COLOUR = "#d1632a"
GOOD = ("#d3ece4", "#9fd3c4", "#62b3a1", "#2b8a7a", "#0b5a50")
"""More is better: light to dark teal."""
BAD = ("#ece3f0", "#cdb5da", "#a988bf", "#82589f", "#552c73")
"""More is worse: light to dark purple."""
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
METRES = (0.0, 1_200.0, 3_750.0, 7_500.0, 15_000.0, np.inf)


@dataclass(frozen=True, slots=True)
class Classes:
    """Class 0 is *not reached*; class i from 1 holds values above `bounds[i - 1]` up to `bounds[i]`, both told."""

    bounds: tuple[float, ...]
    colours: tuple[str, ...]

    def of(self, row: CoverageRow) -> int:
        """Return the class of an area: `UNKNOWN`, `NOT_REACHED`, or 1 and up."""
        if row.state is State.UNKNOWN or row.value is None:
            return UNKNOWN
        if row.state is State.NOT_REACHED:
            return NOT_REACHED
        at = int(np.searchsorted(self.bounds, row.value - 1e-9, side="left"))
        return min(max(at, 1), len(self.bounds) - 1)


def classes_for(report: CoverageReport) -> Classes:
    """Return the classes for a report: fixed for shares and distances, five equal parts of the areas for offer."""
    info = report.info
    ramp = GOOD if info.is_better_high else BAD
    if report.request.measure is Measure.SERVED:
        return Classes((0.0, 1.0), (NOT_REACHED_COLOUR, GOOD[3]))
    return Classes(_bounds(info, report.rows), (NOT_REACHED_COLOUR, *ramp))


def _bounds(info: MeasureInfo, rows: Sequence[CoverageRow]) -> tuple[float, ...]:
    if info.unit is Unit.SHARE:
        return SHARES
    if info.unit is Unit.METRES:
        return METRES
    values = [row.value for row in rows if row.value and row.state is State.REACHED]
    return quantile_bounds(values)


def quantile_bounds(values: Sequence[float]) -> tuple[float, ...]:
    """Return at most six bounds that part positive values into classes of about equal size, in two digits."""
    if not values:
        return (0.0, 1.0)
    cuts = [_two_digits(float(cut)) for cut in np.quantile(values, [0.2, 0.4, 0.6, 0.8])]
    inner = [cut for cut in dict.fromkeys(cuts) if 0 < cut < _two_digits(max(values))]
    return (0.0, *inner, float(max(values)))


def _two_digits(value: float) -> float:
    return float(f"{value:.2g}")


def class_text(classes: Classes, at: int, unit: Unit) -> str:
    """Return the range of a class in words: "more than 20 %, up to 40 %"."""
    if at == UNKNOWN:
        return labels.state_name(State.UNKNOWN)
    if at == NOT_REACHED:
        return labels.state_name(State.NOT_REACHED)
    if len(classes.colours) == 2:
        return labels.state_name(State.REACHED)
    if not np.isfinite(classes.bounds[at]):
        return _("more than {low}").format(low=_bound_text(classes.bounds[at - 1], unit))
    low, high = (_bound_text(bound, unit) for bound in classes.bounds[at - 1 : at + 1])
    return (
        _("up to {high}").format(high=high)
        if at == 1
        else _("more than {low}, up to {high}").format(low=low, high=high)
    )


def _bound_text(value: float, unit: Unit) -> str:
    return amounts.reach(value) if unit is Unit.METRES else amounts.number(value, unit)  # a bound is never rounded


def classes_present(report: CoverageReport) -> list[tuple[int, int]]:
    """Return the classes that occur with their numbers of areas, the unknown last."""
    classes = classes_for(report)
    found = [classes.of(row) for row in report.rows]
    return [(at, found.count(at)) for at in sorted(set(found), key=lambda at: (at == UNKNOWN, at))]
