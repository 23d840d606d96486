"""Public and school holidays on dates that were published."""

import calendar
import datetime as dt

import holidays
import pytest

from geo.opening.holidays import day_kind, is_school_holiday

PUBLISHED = [  # first and last day of weeks without school, as schools announced them
    ("2021-11-01", "2021-11-07"),
    ("2021-12-27", "2022-01-09"),
    ("2022-02-28", "2022-03-06"),
    ("2022-04-04", "2022-04-18"),
    ("2024-02-12", "2024-02-18"),
    ("2024-04-01", "2024-04-14"),
    ("2024-10-28", "2024-11-03"),
    ("2024-12-23", "2025-01-05"),
    ("2025-03-03", "2025-03-09"),
    ("2025-04-07", "2025-04-21"),
    ("2026-07-01", "2026-08-31"),
    ("2026-11-02", "2026-11-08"),
]


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("first", "last"), PUBLISHED)
def test_holidays_begin_and_end_as_published(first, last):
    length = (day(last) - day(first)).days + 1
    assert all(is_school_holiday(day(first) + dt.timedelta(n)) for n in range(length))
    assert not is_school_holiday(day(first) - dt.timedelta(1))
    assert not is_school_holiday(day(last) + dt.timedelta(1))


@pytest.mark.parametrize("single", ["2026-11-11", "2026-05-01", "2026-05-14", "2026-05-15", "2026-05-25", "2027-05-07"])
def test_single_days_without_school(single):
    assert is_school_holiday(day(single)) is True


@pytest.mark.parametrize("school", ["2026-09-01", "2026-11-23", "2026-05-22", "2026-05-16", "2027-06-30"])
def test_ordinary_days(school):
    assert is_school_holiday(day(school)) is False


@pytest.mark.parametrize("unsure", ["2026-10-31", "2026-12-19", "2027-12-26", "2029-06-30", "2029-09-01", "2020-11-12"])
def test_days_that_the_rules_do_not_decide_are_unknown(unsure):
    assert is_school_holiday(day(unsure)) is None


def test_belgium_has_ten_public_holidays_and_the_two_sundays_of_the_church():
    year = [dt.date(2026, 1, 1) + dt.timedelta(n) for n in range(365)]
    found = {date.isoformat()[5:] for date in year if day_kind(date).public_holiday}
    assert found == {
        *("01-01", "04-06", "05-01", "05-14", "05-25", "07-21", "08-15", "11-01", "11-11", "12-25"),
        *("04-05", "05-24"),
    }


def test_the_day_of_the_flemish_community_is_no_public_holiday():
    assert not day_kind(dt.date(2026, 7, 11)).public_holiday


def test_public_holidays_agree_with_an_independent_list():
    for year in range(1990, 2061):
        listed = set(holidays.country_holidays("BE", years=year))
        ours = {day for day in days_of(year) if day_kind(day).public_holiday}
        assert ours == listed, year


def days_of(year):
    first = dt.date(year, 1, 1)
    return (first + dt.timedelta(days=n) for n in range(366 if calendar.isleap(year) else 365))
