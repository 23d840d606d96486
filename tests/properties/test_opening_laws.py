"""Laws that hold for any schedules at any moment."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from geo.opening import OpeningState, Schedule, open_now_mask, state_at
from geo.opening.state import HORIZON

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CODES = {OpeningState.OPEN: 1, OpeningState.CLOSED: 0, OpeningState.UNKNOWN: -1}
dates = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
times = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 30]))
maybe = st.sampled_from([None, True, False])
weekly = st.tuples(st.just("WEEKLY"), st.sets(st.sampled_from(DAYS), min_size=1))
monthly = st.tuples(
    st.just("MONTHLY"), st.sets(st.builds("{}{}".format, st.sampled_from([1, 2, 4, 5, -1]), st.sampled_from(DAYS)))
)


@st.composite
def schedules(draw):
    if draw(st.integers(0, 5)) == 0:
        return Schedule(description="op afspraak", by_appointment=draw(st.booleans()))
    freq, days = draw(st.one_of(weekly, monthly))
    return Schedule(
        freq=freq,
        byday=tuple(sorted(days)),
        opens_at=draw(times),
        closes_at=draw(times),
        interval=draw(st.sampled_from([1, 1, 1, 2])),
        dtstart=draw(st.none() | dates),
        valid_from=draw(st.none() | dates),
        valid_to=draw(st.none() | dates),
        school_holidays=draw(maybe),
        public_holidays=draw(maybe),
        by_appointment=draw(st.booleans()),
    )


moments = st.datetimes(
    dt.datetime(2026, 1, 2),
    dt.datetime(2027, 12, 1),
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-5))]),
)
several = st.lists(schedules(), max_size=4)


def listed(all_schedules):
    return tuple(map(tuple, all_schedules))


@given(st.lists(several, min_size=1, max_size=6), moments)
def test_the_answer_for_all_is_the_answer_for_each(all_schedules, now):
    expected = [CODES[state_at(each, now=now).state] for each in all_schedules]
    assert open_now_mask(listed(all_schedules), now=now).tolist() == expected


@given(several, moments)
def test_the_state_becomes_another_one_at_the_moment_that_is_told(each, now):
    opening = state_at(each, now=now)
    if opening.until is None:
        return
    assert now < opening.until <= now + HORIZON
    assert state_at(each, now=opening.until).state is not opening.state
    just_before = opening.until.astimezone(dt.UTC) - dt.timedelta(seconds=1)
    assert state_at(each, now=max(now, just_before)).state is opening.state


@given(several, moments)
def test_it_opens_at_the_moment_that_is_told(each, now):
    opening = state_at(each, now=now)
    if opening.opens_next is None:
        return
    assert opening.state is not OpeningState.OPEN
    assert opening.until <= opening.opens_next
    assert state_at(each, now=opening.opens_next).state is OpeningState.OPEN


@given(several, moments)
def test_the_order_of_schedules_does_not_matter(each, now):
    assert state_at(each, now=now).state is state_at(each[::-1], now=now).state


@given(several, moments)
def test_text_never_turns_open_into_closed_nor_closed_into_open(each, now):
    with_text = state_at([*each, Schedule(description="en soms ook")], now=now)
    before = state_at(each, now=now).state
    assert with_text.state is (OpeningState.OPEN if before is OpeningState.OPEN else OpeningState.UNKNOWN)
