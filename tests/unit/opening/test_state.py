"""Open, closed or unknown at moments that can be checked on a calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from geo.opening import Opening, OpeningState, Schedule, open_now_mask, state_at
from geo.opening.schedules import Reason

BRUSSELS = ZoneInfo("Europe/Brussels")
OPEN, CLOSED, UNKNOWN = OpeningState


def at(text, *, fold=0):
    return dt.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS, fold=fold)


def hours(days, opens, closes, **more):
    return Schedule(
        freq=more.pop("freq", "WEEKLY"),
        byday=tuple(days.split()),
        opens_at=dt.time.fromisoformat(opens),
        closes_at=dt.time.fromisoformat(closes),
        **more,
    )


MORNING = hours("MO TU WE TH FR", "09:00", "12:00")
AFTERNOON = hours("MO TU WE TH FR", "13:00", "16:30")
ALWAYS = hours("MO TU WE TH FR SA SU", "00:00", "00:00", public_holidays=True)
TEXT = Schedule(description="dinsdagvoormiddag")
APPOINTMENT = Schedule(description="op afspraak", by_appointment=True)


def test_open_until_the_break():
    assert state_at([MORNING, AFTERNOON], now=at("2026-11-23T09:00")) == Opening(OPEN, until=at("2026-11-23T12:00"))


def test_closing_time_is_closed_and_names_the_next_opening():
    back = at("2026-11-23T13:00")
    assert state_at([MORNING, AFTERNOON], now=at("2026-11-23T12:00")) == Opening(CLOSED, until=back, opens_next=back)


def test_hours_that_follow_on_each_other_are_one():
    extra = hours("MO", "16:30", "18:00")
    assert state_at([AFTERNOON, extra], now=at("2026-11-23T16:00")).until == at("2026-11-23T18:00")


def test_a_weekend_passes():
    assert state_at([MORNING], now=at("2026-11-20T12:30")).opens_next == at("2026-11-23T09:00")


def test_no_schedule_is_unknown():
    assert state_at([], now=at("2026-11-23T09:00")) == Opening(UNKNOWN, reason=Reason.NO_HOURS)


def test_text_alone_is_unknown():
    assert state_at([TEXT], now=at("2026-11-24T09:00")) == Opening(UNKNOWN, reason=Reason.TEXT_ONLY)


@pytest.mark.parametrize(
    "broken",
    [
        hours("MO", "09:00", "12:00", interval=0),
        hours("2MO", "09:00", "12:00"),
        hours("XX", "09:00", "12:00"),
        hours("MO", "09:00", "12:00", freq="YEARLY"),
        Schedule(freq="WEEKLY", byday=("MO",), opens_at=dt.time(9)),
    ],
)
def test_hours_that_the_clock_cannot_use_are_unknown(broken):
    assert state_at([broken], now=at("2026-11-23T10:00")).state is UNKNOWN


def test_text_beside_hours_may_add_hours_but_takes_none_away():
    assert state_at([MORNING, TEXT], now=at("2026-11-23T10:00")) == Opening(OPEN, until=at("2026-11-23T12:00"))
    outside = state_at([MORNING, TEXT], now=at("2026-11-23T15:00"))
    assert outside == Opening(UNKNOWN, at("2026-11-24T09:00"), at("2026-11-24T09:00"), Reason.TEXT_ONLY)


def test_appointments_beside_hours_are_no_hours_to_walk_in():
    outside = state_at([MORNING, APPOINTMENT], now=at("2026-11-23T15:00"))
    assert (outside.state, outside.reason) == (CLOSED, Reason.BY_APPOINTMENT)


def test_only_by_appointment_is_unknown():
    assert state_at([APPOINTMENT], now=at("2026-11-23T15:00")) == Opening(UNKNOWN, reason=Reason.BY_APPOINTMENT)


def test_hours_by_appointment_are_unknown_inside_and_closed_outside():
    monday = hours("MO", "09:00", "12:00", by_appointment=True)
    inside = state_at([monday, AFTERNOON], now=at("2026-11-23T10:00"))
    assert inside == Opening(UNKNOWN, at("2026-11-23T12:00"), at("2026-11-23T13:00"), Reason.BY_APPOINTMENT)
    assert state_at([monday], now=at("2026-11-23T12:00")).state is CLOSED


def test_hours_past_midnight_belong_to_the_evening():
    evening = hours("FR", "22:00", "02:00")
    assert state_at([evening], now=at("2026-11-21T01:59")) == Opening(OPEN, until=at("2026-11-21T02:00"))
    assert state_at([evening], now=at("2026-11-20T01:00")).opens_next == at("2026-11-20T22:00")


def test_day_and_night_never_changes():
    assert state_at([ALWAYS], now=at("2026-12-25T03:00")) == Opening(OPEN)


def test_day_and_night_does_not_pause_for_school_holidays():
    assert state_at([ALWAYS], now=at("2026-07-22T03:00")).state is OPEN


def test_a_public_holiday_is_closed_and_says_why():
    closed = state_at([MORNING], now=at("2026-11-11T10:00"))
    assert closed == Opening(CLOSED, at("2026-11-12T09:00"), at("2026-11-12T09:00"), Reason.PUBLIC_HOLIDAY)


def test_a_public_holiday_is_no_reason_on_a_day_without_hours():
    assert state_at([hours("TU", "09:00", "12:00")], now=at("2026-11-11T10:00")).reason is Reason.NONE


def test_an_evening_before_a_holiday_runs_on_into_it():
    assert state_at([hours("TU", "22:00", "02:00")], now=at("2026-11-11T01:00")).state is OPEN


@pytest.mark.parametrize(
    ("stated", "expected"),
    [(True, (OPEN, "")), (False, (CLOSED, "school_holiday")), (None, (UNKNOWN, "school_holiday"))],
)
def test_a_school_holiday_is_what_the_source_says_of_it(stated, expected):
    opening = state_at([hours("MO", "09:00", "12:00", school_holidays=stated)], now=at("2026-12-28T10:00"))
    assert (opening.state, opening.reason) == expected


def test_a_silent_source_leaves_the_rest_of_a_school_holiday_closed():
    assert state_at([MORNING], now=at("2026-12-28T15:00")).state is CLOSED


def test_the_weekend_before_a_school_holiday_is_unknown_when_it_matters():
    saturday = at("2026-12-19T10:00")
    assert state_at([hours("SA", "09:00", "12:00", school_holidays=False)], now=saturday).state is UNKNOWN
    assert state_at([hours("SA", "09:00", "12:00")], now=saturday).state is OPEN


def test_every_other_week_counts_from_its_start():
    fortnightly = hours("WE", "09:00", "11:00", interval=2, dtstart=dt.date(2026, 11, 16))
    assert state_at([fortnightly], now=at("2026-11-18T10:00")).state is OPEN
    assert state_at([fortnightly], now=at("2026-11-25T10:00")).opens_next == at("2026-12-02T09:00")


def test_every_other_week_without_a_start_is_unknown_inside_its_hours():
    fortnightly = hours("WE", "09:00", "11:00", interval=2)
    inside = state_at([fortnightly], now=at("2026-11-25T10:00"))
    assert (inside.state, inside.reason) == (UNKNOWN, Reason.ALTERNATE)
    assert state_at([fortnightly], now=at("2026-11-26T10:00")).state is CLOSED


@pytest.mark.parametrize(
    ("days", "date", "expected"),
    [
        ("2TH 4TH", "2026-11-12", OPEN),
        ("2TH 4TH", "2026-11-19", CLOSED),
        ("2TH 4TH", "2026-11-26", OPEN),
        ("-1MO", "2026-11-30", OPEN),
        ("-1MO", "2026-11-23", CLOSED),
        ("5MO", "2026-11-30", OPEN),
        ("MO", "2026-11-23", OPEN),
    ],
)
def test_days_of_the_month(days, date, expected):
    assert state_at([hours(days, "09:00", "11:00", freq="MONTHLY")], now=at(f"{date}T10:00")).state is expected


def test_every_other_month_counts_from_its_start():
    schedule = hours("1TU", "09:00", "11:00", freq="MONTHLY", interval=2, dtstart=dt.date(2026, 10, 1))
    assert state_at([schedule], now=at("2026-12-01T10:00")).state is OPEN
    assert state_at([schedule], now=at("2026-10-06T10:00")).state is OPEN
    assert state_at([schedule], now=at("2026-09-01T10:00")).state is CLOSED
    assert state_at([schedule], now=at("2027-01-05T10:00")).state is CLOSED


def test_outside_its_validity_nothing_is_known():
    past = hours("MO", "09:00", "12:00", valid_to=dt.date(2026, 11, 16))
    assert state_at([past], now=at("2026-11-23T10:00")) == Opening(UNKNOWN, reason=Reason.OUT_OF_DATE)
    assert state_at([past], now=at("2026-11-16T10:00")).state is OPEN


def test_hours_of_another_season_leave_the_valid_ones_alone():
    winter = hours("MO", "09:00", "12:00", valid_from=dt.date(2026, 9, 1))
    summer = hours("MO", "09:00", "17:00", valid_to=dt.date(2026, 8, 31))
    assert state_at([winter, summer], now=at("2026-11-23T14:00")).state is CLOSED


def test_a_change_beyond_two_weeks_is_not_told():
    monthly = hours("1MO", "09:00", "12:00", freq="MONTHLY")
    assert state_at([monthly], now=at("2026-11-09T10:00")) == Opening(CLOSED)


def test_the_night_of_the_spring_change_is_an_hour_shorter():
    night = hours("SA", "22:00", "06:00")
    opening = state_at([night], now=at("2027-03-28T03:30"))
    assert opening.until - at("2027-03-27T22:00") == dt.timedelta(hours=8)  # on the wall
    assert opening.until.timestamp() - at("2027-03-27T22:00").timestamp() == 7 * 3600


def test_the_repeated_hour_of_autumn_is_told_apart():
    night = hours("SU", "00:30", "02:30", school_holidays=True)
    assert state_at([night], now=at("2026-10-25T02:15", fold=0)).state is OPEN
    assert state_at([night], now=at("2026-10-25T02:15", fold=1)).state is CLOSED


def test_other_time_zones_are_converted():
    assert state_at([MORNING], now=dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)).state is OPEN


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        state_at([MORNING], now=dt.datetime(2026, 11, 23, 9, 0))


def listed(*schedules):
    """The schedules of several services."""
    return tuple(map(tuple, schedules))


def test_all_services_are_answered_at_once_in_their_order():
    several = listed([], [MORNING], [AFTERNOON], [TEXT], [ALWAYS, MORNING], [MORNING, TEXT])
    assert open_now_mask(several, now=at("2026-11-23T10:00")).tolist() == [-1, 1, 0, -1, 1, 1]
    assert open_now_mask(several, now=at("2026-11-23T12:00")).tolist() == [-1, 0, 0, -1, 1, -1]


def test_two_directories_are_not_confused():
    first, second = listed([MORNING]), listed([AFTERNOON])
    assert open_now_mask(first, now=at("2026-11-23T10:00")).tolist() == [1]
    assert open_now_mask(second, now=at("2026-11-23T10:00")).tolist() == [0]


def test_a_directory_without_services_or_hours_is_no_trouble():
    assert open_now_mask(listed(), now=at("2026-11-23T10:00")).tolist() == []
    assert open_now_mask(listed([]), now=at("2026-11-23T10:00")).tolist() == [-1]


@pytest.mark.parametrize(("opens", "closes"), [((14, 0), (12, 0)), ((9, 0), (9, 0))])
def test_hours_that_cannot_be_right_are_no_hours(opens, closes):
    wrong = Schedule(freq="WEEKLY", byday=("TU",), opens_at=dt.time(*opens), closes_at=dt.time(*closes))
    for hour in (3, 10, 15):
        now = dt.datetime(2026, 3, 3, hour, tzinfo=BRUSSELS)
        assert state_at([wrong], now=now).state is OpeningState.UNKNOWN
