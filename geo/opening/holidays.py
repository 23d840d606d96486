"""Public holidays, and school holidays in Flanders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from dateutil.easter import easter

FIRST_CERTAIN_DATE = dt.date(2021, 9, 1)  # before it, pandemic years lengthened holidays by decree
_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class DayKind:
    """What is special about a date.

    `school_holiday` is None where the rules do not decide.
    """

    public_holiday: bool
    school_holiday: bool | None


@lru_cache(maxsize=4096)
def day_kind(date: dt.date) -> DayKind:
    """Return whether a date is a public or school holiday.

    Belgian public holidays and Flemish school holidays.
    """
    return DayKind(date in _public_holidays(date.year), is_school_holiday(date))


def is_school_holiday(date: dt.date) -> bool | None:
    """Return whether Flemish schools have a holiday on `date`.

    None where the rules do not decide.

    Rules of the Flemish Government for ordinary primary and secondary schools (decision of 17 April 1991, repeated
    in the circular *Organisatie van het schooljaar*,
    https://data-onderwijs.vlaanderen.be/edulex/document/15795):

    - autumn: one week from the Monday of the week of 1 November; from 2 November when the first is a Sunday
    - Christmas: two weeks from the Monday of the week of 25 December; from the Monday after it when that day falls
      in a weekend
    - spring (krokus): one week from the seventh Monday before Easter
    - Easter: two weeks from the first Monday of April; from Easter Monday when Easter is in March; from the second
      Monday before Easter when Easter falls after 15 April
    - summer: 1 July up to and including 31 August
    - single days: 11 November, Easter Monday, 1 May, Ascension Day with the Friday after it, Whit Monday

    A week runs to its Sunday. Not decided, so None: the weekend that leads into a holiday, the weekend that precedes
    the first school day of September, and everything before September 2021. Days that a school chooses itself
    cannot be known and count as school days.
    """
    if date < FIRST_CERTAIN_DATE:
        return None
    holidays = _school_holidays(date.year)
    if date in holidays:
        return True
    return None if _leads_into_holiday(date, holidays) or _precedes_first_school_day(date) else False


def _leads_into_holiday(date: dt.date, holidays: frozenset[dt.date]) -> bool:
    """Whether `date` is a Saturday or Sunday directly before a holiday of more than one day."""
    if date.weekday() < 5:
        return False
    monday = date + (7 - date.weekday()) * _DAY
    return monday in holidays and monday + _DAY in holidays


def _precedes_first_school_day(date: dt.date) -> bool:
    """Whether `date` is a day of September before school has begun."""
    return date.month == 9 and date.weekday() >= 5 and date.day <= 2


@lru_cache(maxsize=64)
def _school_holidays(year: int) -> frozenset[dt.date]:
    """All holidays of calendar `year`, and those of the first days of the next, that the rules decide."""
    easter_day = easter(year)
    days = {
        dt.date(year, 11, 11),
        dt.date(year, 5, 1),
        easter_day + _DAY,
        easter_day + 39 * _DAY,
        easter_day + 40 * _DAY,
        easter_day + 50 * _DAY,
    }
    days |= _day_range(_autumn_monday(year), 7)
    days |= _day_range(_christmas_monday(year - 1), 14) | _day_range(_christmas_monday(year), 14)
    days |= _day_range(easter_day - 48 * _DAY, 7)
    days |= _day_range(_easter_monday_of_holiday(easter_day), 14)
    days |= _day_range(dt.date(year, 7, 1), 62)
    return frozenset(days)


def _day_range(first: dt.date, count: int) -> set[dt.date]:
    return {first + number * _DAY for number in range(count)}


def _autumn_monday(year: int) -> dt.date:
    """First day of the autumn holiday."""
    all_saints = dt.date(year, 11, 1)
    return all_saints + _DAY if all_saints.weekday() == 6 else all_saints - all_saints.weekday() * _DAY


def _christmas_monday(year: int) -> dt.date:
    """First day of the Christmas holiday that begins in `year`."""
    christmas = dt.date(year, 12, 25)
    monday = christmas - christmas.weekday() * _DAY
    return monday + _WEEK if christmas.weekday() >= 5 else monday


def _easter_monday_of_holiday(easter_day: dt.date) -> dt.date:
    """First Monday of the Easter holiday."""
    if easter_day.month == 3:
        return easter_day + _DAY
    if easter_day > dt.date(easter_day.year, 4, 15):
        return easter_day - 13 * _DAY
    first_of_april = dt.date(easter_day.year, 4, 1)
    return first_of_april + (-first_of_april.weekday() % 7) * _DAY


_FIXED_HOLIDAYS = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
_DAYS_AFTER_EASTER = (0, 1, 39, 49, 50)  # Easter, its Monday, Ascension, Whit Sunday and its Monday


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[dt.date]:
    """Belgian statutory public holidays and the two Sundays among them, by the royal decree of 18 April 1974.

    11 July, kept by public services alone, is not one of them. The `holidays` library, with which the tests compare
    these dates, takes longer to load than everything else of the finder together.
    """
    fixed = {dt.date(year, month, day) for month, day in _FIXED_HOLIDAYS}
    return frozenset(fixed | {easter(year) + days * _DAY for days in _DAYS_AFTER_EASTER})
