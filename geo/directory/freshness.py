"""Freshness of a fact."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from geo.directory.service import Freshness

FRESH_MONTHS = 12
AGEING_MONTHS = 36


def freshness(assured_date: dt.date | None, today: dt.date) -> Freshness:
    """Return how fresh an assurance is on a day.

    Counted in calendar months.

    Parameters
    ----------
    assured_date : date or None
        When the source last said so; None when it carries no date. A date in the future counts as today.
    today : date
        The day on which the reader asks.

    Notes
    -----
    Fresh up to and including the same day 12 months later, ageing up to and including the same day 36 months
    later, old beyond. A day that the later month lacks (29 February, the 31st) becomes that month's last day.
    """
    if assured_date is None:
        return Freshness.UNDATED
    if today <= _months_later(assured_date, FRESH_MONTHS):
        return Freshness.FRESH
    if today <= _months_later(assured_date, AGEING_MONTHS):
        return Freshness.AGEING
    return Freshness.OLD


def _months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, or the last day of that month; never beyond the calendar's end."""
    years, month_index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month_index + 1
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))
