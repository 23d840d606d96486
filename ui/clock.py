"""The moment that pages speak of."""

from __future__ import annotations

import datetime as dt

from geo.opening.schedules import BRUSSELS


def now() -> dt.datetime:
    """Return this moment in Brussels."""
    return dt.datetime.now(BRUSSELS)


def today() -> dt.date:
    """Return this day in Brussels."""
    return now().date()
