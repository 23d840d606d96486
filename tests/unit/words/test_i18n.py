"""Numbers, distances, dates and sentences as each language writes them."""

import datetime as dt

import pytest

from words import i18n

DAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "50 m"),
        (74, "50 m"),
        (80, "100 m"),
        (249, "250 m"),
        (949, "950 m"),
        (951, "1,0 km"),
        (3_449, "3,4 km"),
        (9_949, "9,9 km"),
        (9_951, "10 km"),
        (26_600, "27 km"),
    ],
)
def test_a_distance_is_said_as_people_say_it(metres, said):
    assert i18n.distance_text(metres) == said


def test_a_distance_follows_the_language():
    i18n.use_language("en")
    assert i18n.distance_text(3_449) == "3.4 km"
    i18n.use_language("fr")
    assert i18n.distance_text(3_449).replace("\xa0", " ") == "3,4 km"


@pytest.mark.parametrize(
    ("language", "number", "month", "day", "weekday"),
    [
        ("nl", "12.345,7", "maart 2026", "2 maart 2026", "maandag"),
        ("fr", "12\u202f345,7", "mars 2026", "2 mars 2026", "lundi"),
        ("en", "12,345.7", "March 2026", "2 March 2026", "Monday"),
    ],
)
def test_numbers_and_dates_follow_the_language(language, number, month, day, weekday):
    i18n.use_language(language)
    assert i18n.number_text(12345.67, decimals=1) == number
    assert i18n.month_text(DAY) == month
    assert i18n.date_text(DAY) == day
    assert i18n.weekday_name(DAY) == weekday
    assert i18n.time_text(dt.time(9, 30)) == "9:30"


@pytest.mark.parametrize("wanted", ["xx", "", "NL", "../fr", "nl_BE"])
def test_an_unknown_language_becomes_dutch(wanted):
    assert i18n.use_language(wanted) == "nl"
    assert i18n.current_language() == "nl"


def test_every_language_speaks_with_its_own_voice():
    said = set()
    for language in i18n.LANGUAGES:
        i18n.use_language(language)
        said.add(i18n._("Pregnant"))
    assert len(said) == len(i18n.LANGUAGES)


def test_nothing_stays_nothing():
    assert i18n._("") == ""


def test_a_message_without_translation_is_said_in_english():
    assert i18n._("No catalogue has this sentence.") == "No catalogue has this sentence."


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_one_and_several_differ(language):
    i18n.use_language(language)
    one, several = (i18n.ngettext("{count} service", "{count} services", count) for count in (1, 2))
    assert one != several
    assert all("{count}" in form for form in (one, several))
