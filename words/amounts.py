"""Numbers with their units, short for a cell or whole for a sentence."""

from __future__ import annotations

import math

from geo.coverage.measures import Unit
from geo.coverage.row import FEW_CHILDREN, CoverageRow
from words import i18n
from words.i18n import _


def number_text(value: float | None, unit: Unit) -> str:
    """Return a value for a column, without "per 1,000 children".

    The heading says that; None is "–".
    """
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return _share_text(value, less="< {number} %", more="> {number} %")
    return _metres_text(value) if unit is Unit.METRES else _amount_text(value)


def value_text(value: float | None, unit: Unit) -> str:
    """Return a value with its unit: "37 %", "3,4 km".

    Also "0,80 per 1.000 kinderen"; None is "–".
    """
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return _share_text(value, less=_("less than {number} %"), more=_("more than {number} %"))
    said = number_text(value, unit)
    return _("{number} per 1,000 children").format(number=said) if unit is Unit.PER_THOUSAND else said


def bounds_text(row: CoverageRow, unit: Unit) -> str:
    """Return the bounds of a value: "between 5 % and 95 %".

    It is empty when both read the same.
    """
    if row.low is None:
        return ""
    if row.high is None:
        is_nothing = number_text(row.low, unit) == number_text(0.0, unit)
        return "" if is_nothing else _("at least {low}").format(low=value_text(row.low, unit))
    low, high = number_text(row.low, unit), number_text(row.high, unit)
    return "" if low == high else _("between {low} and {high}").format(low=low, high=value_text(row.high, unit))


def bounds_in_a_cell(row: CoverageRow, unit: Unit) -> str:
    """Return the bounds of a value as short as a cell wants them: "5 % – 95 %"."""
    if row.low is None:
        return ""
    low, high = number_text(row.low, unit), number_text(row.high, unit)
    if row.high is None:
        return _("from {low}").format(low=low) if low != number_text(0.0, unit) else ""
    return "" if low == high else f"{low} – {high}"


def _share_text(value: float, *, less: str, more: str) -> str:
    """Return a share (0 to 1); one decimal near its ends, so that only nobody is 0 % and only everybody 100 %."""
    percent = value * 100
    if 0 < percent < 0.05:
        return less.format(number=i18n.number_text(0.1, decimals=1))
    if 99.95 <= percent < 100 - 1e-9:
        return more.format(number=i18n.number_text(99.9, decimals=1))
    is_near_an_end = 0 < percent < 0.95 or 99 < percent < 100 - 1e-9
    return _("{number} %").format(number=i18n.number_text(percent, decimals=1 if is_near_an_end else 0))


def _metres_text(value: float) -> str:
    return i18n.distance_text(value) if value >= 25 else _("{metres} m").format(metres=i18n.number_text(0))


def _amount_text(value: float) -> str:
    """Return a number of at least two significant digits, and at most four decimals."""
    if value <= 0:
        return i18n.number_text(0)
    return i18n.number_text(value, decimals=min(4, max(0, 1 - math.floor(math.log10(value)))))


def reach_text(reach_m: float) -> str:
    """Return a reach as it was chosen: "3,75 km", "800 m"."""
    if reach_m < 1000:
        return _("{metres} m").format(metres=i18n.number_text(reach_m))
    decimals = next(places for places in (0, 1, 2, 3) if places == 3 or round(reach_m) % 10 ** (3 - places) == 0)
    return _("{kilometres} km").format(kilometres=i18n.number_text(reach_m / 1000, decimals=decimals))


def percent(value: float) -> str:
    """Return a percentage with one decimal: "12,3 %"."""
    return _("{number} %").format(number=i18n.number_text(value, decimals=1))


def count_text(number: float) -> str:
    """Format a whole number: "12.345"."""
    return i18n.number_text(number)


def children_text(count: float) -> str:
    """Return a rounded number of children: "41.000 kinderen".

    Two or three digits count; few are "minder dan 50 kinderen".
    """
    if count <= 0:
        return _("no children")
    if count < FEW_CHILDREN:
        return _("fewer than {number} children").format(number=FEW_CHILDREN)
    step = 10 if count < 995 else 100 if count < 9950 else 1000
    return _("{number} children").format(number=i18n.number_text(round(count / step) * step))
