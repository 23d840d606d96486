"""Weekly hours of a schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from geo.opening.holidays import day_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Recurring opening hours, after HSDS `schedule`.

    Without `opens_at` it is only text, and unknown to the clock.

    `byday` holds RFC 5545 days (`MO`, or `2TH` for the second Thursday when `freq` is MONTHLY). `interval` counts
    weeks or months from `dtstart`. `closes_at` equal to `opens_at` "00:00" means the whole day. `school_holidays`
    says whether it also holds then: True, False, or None when the source does not say. `public_holidays` likewise.
    """

    freq: str = ""
    interval: int = 1
    byday: tuple[str, ...] = ()
    opens_at: dt.time | None = None
    closes_at: dt.time | None = None
    dtstart: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    school_holidays: bool | None = None
    public_holidays: bool | None = None
    by_appointment: bool = False
    description: str = ""

    @property
    def is_structured(self) -> bool:
        """Whether the clock can use it."""
        return self.opens_at is not None and bool(self.byday)


BRUSSELS_TIME = ZoneInfo("Europe/Brussels")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONE_DAY = dt.timedelta(days=1)


class OpeningState(StrEnum):
    """What can be said of a moment; `unknown` means "call first"."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Reason of a state, where the hours alone do not tell."""

    NONE = ""
    NO_HOURS = "no_hours"
    TEXT_ONLY = "text_only"
    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAY = "school_holiday"
    BY_APPOINTMENT = "by_appointment"
    ALTERNATE = "alternate"
    OUT_OF_DATE = "out_of_date"


class OpeningVerdict(NamedTuple):
    """A state with its reason."""

    state: OpeningState
    reason: Reason = Reason.NONE


OPEN_VERDICT = OpeningVerdict(OpeningState.OPEN)
CLOSED_VERDICT = OpeningVerdict(OpeningState.CLOSED)


LATEST_CLOSING = dt.time(6)


def is_usable(schedule: Schedule) -> bool:
    """Return whether the clock can decide with a schedule.

    Days, an opening and a closing time, in weeks or months.

    A closing before the opening passes midnight up to 06:00; later it is a mistake, as are two equal times that do
    not say the whole day (00:00).
    """
    opens, closes = schedule.opens_at, schedule.closes_at
    return (
        schedule.is_structured
        and opens is not None
        and closes is not None
        and (opens < closes or (closes <= LATEST_CLOSING and opens != closes) or opens == closes == dt.time(0))
        and schedule.interval >= 1
        and schedule.freq in ("", "WEEKLY", "MONTHLY")
        and all(_is_day(day, schedule.freq) for day in schedule.byday)
    )


def verdict_on(schedule: Schedule, date: dt.date) -> OpeningVerdict | None:
    """Judge the hours of a usable schedule that begin on `date`.

    None when none do.

    A closed verdict says that a holiday takes them away.
    """
    if not is_valid_on(schedule, date) or not _falls_on(schedule, date):
        return None
    kind = day_kind(date)
    if kind.public_holiday and schedule.public_holidays is not True:
        return OpeningVerdict(OpeningState.CLOSED, Reason.PUBLIC_HOLIDAY)
    if kind.school_holiday is not False and schedule.school_holidays is False:
        sure = OpeningState.CLOSED if kind.school_holiday else OpeningState.UNKNOWN
        return OpeningVerdict(sure, Reason.SCHOOL_HOLIDAY)
    return (
        OpeningVerdict(OpeningState.UNKNOWN, reason)
        if (reason := _reason_to_doubt(schedule, kind.school_holiday))
        else OPEN_VERDICT
    )


def _reason_to_doubt(schedule: Schedule, school_holiday: bool | None) -> Reason | None:
    """Why nobody can count on these hours, if so."""
    if schedule.by_appointment:
        return Reason.BY_APPOINTMENT
    if schedule.interval > 1 and schedule.dtstart is None:
        return Reason.ALTERNATE
    if school_holiday and schedule.school_holidays is None and schedule.public_holidays is not True:
        return Reason.SCHOOL_HOLIDAY
    return None


def is_valid_on(schedule: Schedule, date: dt.date) -> bool:
    """Return whether a schedule is valid on `date`.

    Both ends of its validity belong to it.
    """
    return (schedule.valid_from is None or schedule.valid_from <= date) and (
        schedule.valid_to is None or date <= schedule.valid_to
    )


def outside_hours(schedules: Sequence[Schedule], *, has_usable: bool) -> OpeningVerdict:
    """Judge every moment outside all usable hours.

    As far as dates do not matter.
    """
    texts = [schedule for schedule in schedules if not is_usable(schedule)]
    if not schedules:
        return OpeningVerdict(OpeningState.UNKNOWN, Reason.NO_HOURS)
    if not texts:
        return CLOSED_VERDICT
    if all(schedule.by_appointment for schedule in texts):
        return OpeningVerdict(OpeningState.CLOSED if has_usable else OpeningState.UNKNOWN, Reason.BY_APPOINTMENT)
    return OpeningVerdict(OpeningState.UNKNOWN, Reason.TEXT_ONLY)


def in_utc(now: dt.datetime) -> dt.datetime:
    """Return `now` in UTC. Raises ValueError when it has no time zone."""
    if now.utcoffset() is None:
        raise ValueError(f"now is {now.isoformat()} without a time zone; expected an aware datetime")
    return now.astimezone(dt.UTC)


def brussels_to_utc(date: dt.date, time: dt.time) -> dt.datetime:
    """Return a wall time in Brussels in UTC.

    A time that is skipped in spring becomes an hour later.
    """
    return dt.datetime.combine(date, time, BRUSSELS_TIME).astimezone(dt.UTC)


def _is_day(day: str, freq: str) -> bool:
    """Whether `day` is `MO`, or for months also `2MO` or `-1MO`."""
    number, name = day[:-2], day[-2:]
    if name not in WEEKDAYS:
        return False
    return number == "" or (freq == "MONTHLY" and number in ("1", "2", "3", "4", "5", "-1"))


def _falls_on(schedule: Schedule, date: dt.date) -> bool:
    """Whether the pattern of days, weeks and months meets `date`."""
    name = WEEKDAYS[date.weekday()]
    if schedule.freq != "MONTHLY":
        return name in schedule.byday and _in_step(schedule, date)
    names = {name, f"{(date.day - 1) // 7 + 1}{name}"}
    if (date + 7 * ONE_DAY).month != date.month:
        names.add(f"-1{name}")
    return not names.isdisjoint(schedule.byday) and _in_step(schedule, date)


def _in_step(schedule: Schedule, date: dt.date) -> bool:
    """Whether the week or month of `date` counts; without `dtstart` any may."""
    start = schedule.dtstart
    if start is None:
        return True
    if date < start:
        return False
    if schedule.freq == "MONTHLY":
        return ((date.year - start.year) * 12 + date.month - start.month) % schedule.interval == 0
    weeks = ((date - date.weekday() * ONE_DAY) - (start - start.weekday() * ONE_DAY)).days // 7
    return weeks % schedule.interval == 0
