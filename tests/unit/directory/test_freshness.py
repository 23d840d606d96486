"""How old a fact is, in calendar months."""

import datetime as dt

import pytest

from geo.directory.freshness import freshness
from geo.directory.service import Freshness

TODAY = dt.date(2025, 6, 15)


@pytest.mark.parametrize(
    ("assured", "expected"),
    [
        (None, Freshness.UNDATED),
        (dt.date(2025, 6, 15), Freshness.FRESH),
        (dt.date(2025, 7, 1), Freshness.FRESH),
        (dt.date(2024, 6, 15), Freshness.FRESH),
        (dt.date(2024, 6, 14), Freshness.AGEING),
        (dt.date(2022, 6, 15), Freshness.AGEING),
        (dt.date(2022, 6, 14), Freshness.OLD),
        (dt.date(1, 1, 1), Freshness.OLD),
    ],
)
def test_twelve_and_thirty_six_months_are_still_inside(assured, expected):
    assert freshness(assured, TODAY) is expected


@pytest.mark.parametrize(
    ("assured", "last_fresh_day"),
    [
        (dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
        (dt.date(2023, 2, 28), dt.date(2024, 2, 28)),
        (dt.date(2023, 12, 31), dt.date(2024, 12, 31)),
    ],
)
def test_a_day_that_the_later_month_lacks_becomes_its_last(assured, last_fresh_day):
    assert freshness(assured, last_fresh_day) is Freshness.FRESH
    assert freshness(assured, last_fresh_day + dt.timedelta(days=1)) is Freshness.AGEING


def test_the_end_of_the_calendar_is_no_obstacle():
    assert freshness(dt.date(9999, 6, 1), dt.date.max) is Freshness.FRESH
