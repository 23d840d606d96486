"""What stands on a card and on paper."""

import datetime as dt

import pytest

from geo.ages import AgeRange
from geo.directory import Location, Service, ServiceType
from geo.directory.service import Address, Confidence, Organization, Phone, Precision, Status
from geo.opening import Schedule
from geo.opening.schedules import BRUSSELS_TIME
from tests.support import tiny_flanders
from ui.finder import cards
from words import i18n
from words.i18n import _

NOW = dt.datetime(2026, 3, 3, 10, 0, tzinfo=BRUSSELS_TIME)  # Tuesday
DOOR = Location(
    id="door", address=Address("Laan", "5", "", "2800", "Mechelen"), precision=Precision.ADDRESS, lon=4.4, lat=51.0
)


def service(**more) -> Service:
    given = {"id": "a", "name": "A & Zoon", "service_type": ServiceType.PARENTING_SHOP, "ages": AgeRange(-9, 288)}
    return Service(**{**given, **more})


def schedule(**more) -> Schedule:
    given = {"freq": "WEEKLY", "byday": ("TU",), "opens_at": dt.time(9), "closes_at": dt.time(12, 30)}
    return Schedule(**{**given, **more})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<script>", "//example.org", "https://a b"])
def test_data_may_not_choose_what_a_link_does(url):
    shown = cards.card_words(tiny_flanders.service("x", ServiceType.PARENTING_SHOP, url=url, source_url=url), {})
    assert (shown["website"], shown["source"]) == ("", "")


def test_a_card_says_what_is_known():
    card = cards.card_words(
        service(
            locations=(DOOR,),
            phones=(Phone("+3215123456", "015 12 34 56"), Phone("106", "106")),
            email="vraag@example.org",
            url="https://example.org",
            source_url="javascript:alert(1)",
            alert="Gesloten in <juli>",
        ),
        {},
    )
    assert card["name"] == "A & Zoon"
    assert card["phones"] == [["tel:+3215123456", "015 12 34 56"], ["tel:106", "106"]]
    assert card["where"] == "Laan 5, 2800 Mechelen"
    assert card["route"] == "https://www.openstreetmap.org/directions?to=Laan%205%2C%202800%20Mechelen"
    assert card["website"] == "https://example.org"
    assert card["source"] == ""
    assert card["alert"] == "Gesloten in <juli>"
    assert (card["standing"], card["mark"]) == ("sure", "")


@pytest.mark.parametrize(
    "more",
    [
        {"confidence": Confidence.LOW},
        {"status": Status.ANNOUNCED},
        {"status": Status.TEMPORARILY_CLOSED},
        {"locations": ()},
    ],
)
def test_no_route_leads_to_a_door_that_is_doubted(more):
    assert cards.card_words(service(**{"locations": (DOOR,), **more}), {})["route"] == ""


@pytest.mark.parametrize(
    ("metres", "approximate", "said"),
    [
        (None, False, ""),
        (None, True, ""),
        (3_400.0, False, "3,4 km"),
        (3_400.0, True, "± 3 km"),
        (50.0, True, "± 1 km"),
    ],
)
def test_a_distance_that_is_rough_says_so(metres, approximate, said):
    assert cards.distance_text(metres, approximate=approximate) == said


def test_a_hit_is_the_row_the_distance_and_the_opening_state():
    fresh = service(schedules=(schedule(),), assured_date=NOW.date())
    found = cards.hit_row(fresh, 7, distance="3,4 km", now=NOW)
    assert found == [7, "3,4 km", "open", _("Open until {time}").format(time="12:30")]
    assert cards.hit_row(service(), 7, distance="", now=NOW) == [7, "", "unknown", ""]  # its words stand on the card
    assert cards.card_words(service(), {})["hours"] == _("Hours not known")


SPAN = {"first": "9:00", "last": "12:30"}


@pytest.mark.parametrize(
    ("more", "days", "extra"),
    [
        ({}, lambda: "dinsdag", ()),
        ({"byday": ("MO", "TU")}, lambda: "maandag, dinsdag", ()),
        ({"byday": ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}, lambda: _("every day"), ()),
        ({"interval": 2}, lambda: _("every second {day}").format(day="dinsdag"), ()),
        (
            {"freq": "MONTHLY", "byday": ("2TH",)},
            lambda: _("every {nth} {day} of the month").format(nth=_("second"), day="donderdag"),
            (),
        ),
        (
            {"freq": "MONTHLY", "byday": ("-1FR",)},
            lambda: _("every {nth} {day} of the month").format(nth=_("last"), day="vrijdag"),
            (),
        ),
        ({"by_appointment": True}, lambda: "dinsdag", ("by appointment",)),
        ({"school_holidays": False}, lambda: "dinsdag", ("not in school holidays",)),
    ],
)
def test_hours_are_said_in_one_line(more, days, extra):
    said = cards.hours_text(schedule(**more))
    assert said.startswith(f"{days()}: {_('{first}–{last}').format(**SPAN)}")
    for note in extra:
        assert _(note) in said


def test_hours_that_are_only_text_stay_text_and_are_said_once():
    assert cards.hours_text(Schedule(description="na afspraak")) == ""
    many = service(schedules=(schedule(description="op schooldagen"), schedule(description="op schooldagen")))
    assert cards.hours_remarks(many) == ["op schooldagen"]
    said = dict(cards.detail_parts(many, NOW.date()))[_("Hours")]
    assert said == [cards.hours_text(schedule()), cards.hours_text(schedule()), "op schooldagen"]


def test_open_day_and_night():
    assert _("day and night") in cards.hours_text(schedule(opens_at=dt.time(0), closes_at=dt.time(0)))


def test_the_parts_of_a_detail_leave_out_what_is_not_known():
    headings = dict(cards.detail_parts(service(), NOW.date()))
    assert _("Hours") not in headings
    assert _("Offered by") not in headings
    assert _("Languages") not in headings
    assert headings[_("What it is")]


def test_the_parts_of_a_detail_say_all_that_is_known():
    whole = service(
        organization=Organization("o", "Stad <Mechelen>"),
        languages=("nl", "ar"),
        schedules=(schedule(),),
        is_free=True,
        needs_appointment=False,
        eligibility="Iedereen",
        description="Een winkel",
        locations=(DOOR,),
        assured_date=dt.date(2026, 1, 1),
    )
    said = str(cards.detail_parts(whole, NOW.date()))
    known = [
        "Stad <Mechelen>",
        cards.hours_text(schedule()),
        "Iedereen",
        "Een winkel",
        _("Free"),
        _("No appointment needed"),
    ]
    for line in (*known, _("The source is at most 12 months old"), _("The place on the map is the door.")):
        assert line in said


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_words_on_every_card_are_there_in_every_language(language):
    i18n.use_language(language)
    said = cards.interface_words()
    assert all(said.values())
    assert "{name}" in said["report_subject"]
    assert all(part in said["report_body"] for part in ("{name}", "{id}", "{link}"))
