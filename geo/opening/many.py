"""Opening state of many services at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from geo.arrays import Flags, Floats
from geo.opening.schedules import (
    BRUSSELS_TIME,
    ONE_DAY,
    OpeningState,
    Schedule,
    brussels_to_utc,
    in_utc,
    is_usable,
    is_valid_on,
    outside_hours,
    verdict_on,
)

_SCORE = {OpeningState.OPEN: 2, OpeningState.UNKNOWN: 1, OpeningState.CLOSED: 0}


Schedules = tuple[tuple[Schedule, ...], ...]
"""Those of each service."""


def open_now_mask(schedules: Schedules, *, now: dt.datetime) -> npt.NDArray[np.int8]:
    """Return per service whether it is open at `now`.

    1 (open), 0 (closed) or -1 (unknown), as `geo.opening.state` says.

    The same tuple is read once. Raises ValueError when `now` has no time zone.
    """
    return _index_of(_IdentityKey(schedules)).open_at(now)


@dataclass(frozen=True, slots=True)
class _Day:
    """What each pattern of hours means when it begins on one date; times in seconds since 1970."""

    begins: Floats
    ends: Floats
    score: npt.NDArray[np.int8]
    valid: Flags


class ScheduleIndex:
    """Schedules of many services, by pattern of hours.

    Each distinct pattern is kept and judged once.
    """

    def __init__(self, schedules: Schedules) -> None:
        patterns: dict[Schedule, int] = {}
        row_pattern: list[int] = []
        row_count = np.zeros(len(schedules), dtype=np.int64)
        self._rest = np.full(len(schedules), -1, dtype=np.int8)
        for number, own in enumerate(schedules):
            usable = [schedule for schedule in own if is_usable(schedule)]
            row_count[number] = len(usable)
            row_pattern.extend(patterns.setdefault(_hours_pattern(schedule), len(patterns)) for schedule in usable)
            if outside_hours(own, has_usable=bool(usable)).state is OpeningState.CLOSED:
                self._rest[number] = 0
        self._patterns = tuple(patterns)
        self._row_pattern = np.array(row_pattern, dtype=np.int64)
        self._timed = np.flatnonzero(row_count)
        self._first_row = (np.cumsum(row_count) - row_count)[self._timed]
        self._day = lru_cache(maxsize=4)(self._judge_day)

    def open_at(self, now: dt.datetime) -> npt.NDArray[np.int8]:
        """Return per service 1, 0 or -1 at `now`.

        Raises ValueError when `now` has no time zone.
        """
        utc = in_utc(now)
        answer = self._rest.copy()
        if not self._patterns:
            return answer
        today = utc.astimezone(BRUSSELS_TIME).date()
        score = np.maximum(self._score_at(utc, today), self._score_at(utc, today - ONE_DAY))
        best = np.maximum.reduceat(score[self._row_pattern], self._first_row)
        valid = np.maximum.reduceat(self._day(today).valid[self._row_pattern], self._first_row)
        outside = np.where(valid, self._rest[self._timed], -1)
        answer[self._timed] = np.select([best == 2, best == 1], [1, -1], outside)
        return answer

    def _score_at(self, utc: dt.datetime, date: dt.date) -> npt.NDArray[np.int8]:
        """Score each pattern at a moment by what its hours that began on `date` say."""
        day, moment = self._day(date), utc.timestamp()
        return np.where((day.begins <= moment) & (moment < day.ends), day.score, 0).astype(np.int8)

    def _judge_day(self, date: dt.date) -> _Day:
        size = len(self._patterns)
        begins, ends = np.zeros(size), np.zeros(size)
        score, valid = np.zeros(size, dtype=np.int8), np.zeros(size, dtype=np.bool_)
        second = lru_cache(maxsize=None)(lambda on, time: brussels_to_utc(on, time).timestamp())
        for number, pattern in enumerate(self._patterns):
            valid[number] = is_valid_on(pattern, date)
            verdict, opens, closes = verdict_on(pattern, date), pattern.opens_at, pattern.closes_at
            if verdict is not None and opens is not None and closes is not None:
                score[number] = _SCORE[verdict.state]
                begins[number] = second(date, opens)
                ends[number] = second(date if closes > opens else date + ONE_DAY, closes)
        return _Day(begins, ends, score, valid)


def _hours_pattern(schedule: Schedule) -> Schedule:
    """Return the hours alone, without their words."""
    return replace(schedule, description="") if schedule.description else schedule


class _IdentityKey:
    """A key that is equal only to itself over the very same tuple, so that nothing large is hashed."""

    def __init__(self, schedules: Schedules) -> None:
        self.schedules = schedules

    def __hash__(self) -> int:
        return id(self.schedules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _IdentityKey) and other.schedules is self.schedules


@lru_cache(maxsize=2)
def _index_of(same: _IdentityKey) -> ScheduleIndex:
    return ScheduleIndex(same.schedules)
