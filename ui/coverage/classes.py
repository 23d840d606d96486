"""Classes of the coverage map, their colours and their ranges in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.coverage import CoverageReport, Measure, State
from geo.coverage.measures import MeasureInfo, Unit
from geo.coverage.row import CoverageRow
from words import amounts, labels
from words.i18n import _

UNKNOWN_CLASS = -1
NOT_REACHED_CLASS = 0
NOT_REACHED_COLOUR = "#d1632a"
GOOD_COLOURS = ("#d3ece4", "#9fd3c4", "#62b3a1", "#2b8a7a", "#0b5a50")
"""More is better: light to dark teal."""
BAD_COLOURS = ("#ece3f0", "#cdb5da", "#a988bf", "#82589f", "#552c73")
"""More is worse: light to dark purple."""
SHARE_BOUNDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
DISTANCE_BOUNDS_M = (0.0, 1_200.0, 3_750.0, 7_500.0, 15_000.0, np.inf)


@dataclass(frozen=True, slots=True)
class MapClasses:
    """Bounds and colours of the classes of a map.

    Class 0 is *not reached*; class i from 1 holds values above `bounds[i - 1]` up to `bounds[i]`, both told.
    """

    bounds: tuple[float, ...]
    colours: tuple[str, ...]

    def of(self, row: CoverageRow) -> int:
        """Return an area's class: `UNKNOWN_CLASS`, `NOT_REACHED_CLASS`, or 1 and up."""
        if row.state is State.UNKNOWN or row.value is None:
            return UNKNOWN_CLASS
        if row.state is State.NOT_REACHED:
            return NOT_REACHED_CLASS
        at = int(np.searchsorted(self.bounds, row.value - 1e-9, side="left"))
        return min(max(at, 1), len(self.bounds) - 1)


def classes_for(report: CoverageReport) -> MapClasses:
    """Return the map classes of a report.

    They are fixed for shares and distances, and five equal parts of the areas for offer.
    """
    info = report.info
    ramp = GOOD_COLOURS if info.is_better_high else BAD_COLOURS
    if report.request.measure is Measure.SERVED:
        return MapClasses((0.0, 1.0), (NOT_REACHED_COLOUR, GOOD_COLOURS[3]))
    return MapClasses(_class_bounds(info, report.rows), (NOT_REACHED_COLOUR, *ramp))


def _class_bounds(info: MeasureInfo, rows: Sequence[CoverageRow]) -> tuple[float, ...]:
    if info.unit is Unit.SHARE:
        return SHARE_BOUNDS
    if info.unit is Unit.METRES:
        return DISTANCE_BOUNDS_M
    values = [row.value for row in rows if row.value and row.state is State.REACHED]
    return quantile_bounds(values)


def quantile_bounds(values: Sequence[float]) -> tuple[float, ...]:
    """Return class bounds at the quintiles of positive values.

    At most six bounds, in two digits; the classes hold about equally many.
    """
    if not values:
        return (0.0, 1.0)
    cuts = [_round_to_two_digits(float(cut)) for cut in np.quantile(values, [0.2, 0.4, 0.6, 0.8])]
    inner = [cut for cut in dict.fromkeys(cuts) if 0 < cut < _round_to_two_digits(max(values))]
    return (0.0, *inner, float(max(values)))


def _round_to_two_digits(value: float) -> float:
    return float(f"{value:.2g}")


def class_text(classes: MapClasses, at: int, unit: Unit) -> str:
    """Return the range of a class in words: "more than 20 %, up to 40 %"."""
    if at == UNKNOWN_CLASS:
        return labels.state_name(State.UNKNOWN)
    if at == NOT_REACHED_CLASS:
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
    return (
        amounts.reach_text(value) if unit is Unit.METRES else amounts.number_text(value, unit)
    )  # a bound is never rounded


def classes_present(report: CoverageReport) -> list[tuple[int, int]]:
    """Return the classes that occur with their numbers of areas, the unknown last."""
    classes = classes_for(report)
    found = [classes.of(row) for row in report.rows]
    return [(at, found.count(at)) for at in sorted(set(found), key=lambda at: (at == UNKNOWN_CLASS, at))]
