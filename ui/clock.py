"""The moment that pages speak of."""

from __future__ import annotations

import datetime as dt

from geo.opening.schedules import BRUSSELS_TIME


def now() -> dt.datetime:
    """Return this moment in Brussels."""
    return dt.datetime.now(BRUSSELS_TIME)


def today() -> dt.date:
    """Return this day in Brussels."""
    return now().date()
