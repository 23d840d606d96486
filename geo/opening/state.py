"""Opening state of a service at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo.opening.many import open_now_mask
from geo.opening.schedules import (
    BRUSSELS_TIME,
    ONE_DAY,
    OPEN_VERDICT,
    OpeningState,
    OpeningVerdict,
    Reason,
    Schedule,
    brussels_to_utc,
    in_utc,
    is_usable,
    is_valid_on,
    outside_hours,
    verdict_on,
)

__all__ = ["BRUSSELS_TIME", "HORIZON", "Opening", "OpeningState", "Reason", "open_now_mask", "state_at"]

HORIZON = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Opening:
    """The state at a moment.

    `until` is the next moment at which the state becomes another one, `opens_next` the next moment at which it
    becomes open (None when it is open); both in Europe/Brussels, both None when that is not within 14 days or
    cannot be known.
    """

    state: OpeningState
    until: dt.datetime | None = None
    opens_next: dt.datetime | None = None
    reason: Reason = Reason.NONE


class _Span(NamedTuple):
    """Stated hours on the UTC axis, and what they mean on that day."""

    begins: dt.datetime
    ends: dt.datetime
    verdict: OpeningVerdict


def state_at(schedules: Sequence[Schedule], *, now: dt.datetime) -> Opening:
    """Return the opening state at `now`, and when it changes.

    Inside stated hours it is open, outside them closed, with these exceptions:

    - no schedule that the clock can use: unknown
    - some hours are only text beside usable ones: outside the usable hours unknown, for the text may add some;
      text that only says "by appointment" adds no hours to walk in, so it stays closed
    - hours by appointment: unknown inside them
    - a public holiday: closed, unless the schedule says that it holds then
    - a school holiday: closed when the schedule says so; when the schedule is silent, unknown inside its hours,
      for many services pause or shorten their hours then (not so when it holds on public holidays too)
    - every other week or month without a start date: unknown inside the hours
    - no schedule is valid on the date: unknown, for what came after it is not told

    Raises ValueError when `now` has no time zone.
    """
    utc = in_utc(now)
    usable = [schedule for schedule in schedules if is_usable(schedule)]
    rest = outside_hours(schedules, has_usable=bool(usable))
    if not usable:
        return Opening(rest.state, reason=rest.reason)
    return _walk_timeline(usable, rest, utc)


def _walk_timeline(usable: Sequence[Schedule], rest: OpeningVerdict, utc: dt.datetime) -> Opening:
    """Walk from now over every moment at which the state may change, up to the horizon."""
    current: OpeningVerdict | None = None
    until: dt.datetime | None = None
    for begins, verdict in _verdict_changes(usable, rest, utc):
        if current is None:
            current = verdict
        elif begins - utc > HORIZON:
            break
        elif verdict.state is OpeningState.OPEN and current.state is not OpeningState.OPEN:
            return Opening(current.state, until or _in_brussels(begins), _in_brussels(begins), current.reason)
        elif verdict.state is not current.state and until is None:
            until = _in_brussels(begins)
            if current.state is OpeningState.OPEN:
                break
    verdict = current or rest
    return Opening(verdict.state, until, None, verdict.reason)


def _verdict_changes(
    usable: Sequence[Schedule], rest: OpeningVerdict, utc: dt.datetime
) -> Iterator[tuple[dt.datetime, OpeningVerdict]]:
    """Yield from which moment on which verdict holds, the first at `utc`."""
    today = utc.astimezone(BRUSSELS_TIME).date()
    running = _spans_on(usable, today - ONE_DAY)
    for number in range(HORIZON.days + 2):
        date = today + number * ONE_DAY
        midnight, next_midnight = brussels_to_utc(date, dt.time()), brussels_to_utc(date + ONE_DAY, dt.time())
        running = [span for span in running if span.ends > midnight] + _spans_on(usable, date)
        outside = _verdict_outside(usable, rest, date)
        moments = {utc if number == 0 else midnight}
        moments.update(m for span in running for m in span[:2] if max(utc, midnight) < m < next_midnight)
        yield from ((moment, _verdict_at(moment, running, outside)) for moment in sorted(moments))


def _spans_on(usable: Sequence[Schedule], date: dt.date) -> list[_Span]:
    """All stated hours that begin on `date` and that no holiday takes away."""
    spans = []
    for schedule in usable:
        verdict = verdict_on(schedule, date)
        if verdict is None or verdict.state is OpeningState.CLOSED:
            continue
        opens, closes = schedule.opens_at, schedule.closes_at
        if opens is not None and closes is not None:
            end_date = date if closes > opens else date + ONE_DAY
            spans.append(_Span(brussels_to_utc(date, opens), brussels_to_utc(end_date, closes), verdict))
    return spans


def _verdict_outside(usable: Sequence[Schedule], rest: OpeningVerdict, date: dt.date) -> OpeningVerdict:
    """Judge `date` outside all hours."""
    if not any(is_valid_on(schedule, date) for schedule in usable):
        return OpeningVerdict(OpeningState.UNKNOWN, Reason.OUT_OF_DATE)
    if rest.state is not OpeningState.CLOSED:
        return rest
    verdicts = (verdict_on(schedule, date) for schedule in usable)
    return next((v for v in verdicts if v is not None and v.state is OpeningState.CLOSED), rest)


def _verdict_at(moment: dt.datetime, spans: Sequence[_Span], outside: OpeningVerdict) -> OpeningVerdict:
    """Return the best that is said of a moment: open, else the first doubt, else what holds outside all hours."""
    said = [span.verdict for span in spans if span.begins <= moment < span.ends]
    if OPEN_VERDICT in said:
        return OPEN_VERDICT
    return said[0] if said else outside


def _in_brussels(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(BRUSSELS_TIME)
