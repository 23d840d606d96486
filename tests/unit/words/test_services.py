"""Values of the domain become the words that people read."""

import dataclasses
import datetime as dt
import math

import pytest

from geo.ages import AgeRange
from geo.directory import Location, Service, ServiceType
from geo.directory.service import Address, Confidence, Phone, Precision, ServiceArea, Status
from geo.opening import Opening, OpeningState
from geo.opening.schedules import BRUSSELS_TIME
from geo.places.place import ServiceAreaLevel
from words import i18n, labels, services
from words.i18n import _

NOW = dt.datetime(2026, 3, 3, 10, 0, tzinfo=BRUSSELS_TIME)  # Tuesday
DOOR = Location(
    id="door", address=Address("Laan", "5", "1", "2800", "Mechelen"), precision=Precision.ADDRESS, lon=4.4, lat=51.0
)
VILLAGE = Location(id="village", name="Muizen", precision=Precision.LOCALITY, lon=4.5, lat=51.0)


def service(**more) -> Service:
    given = {"id": "a", "name": "A", "service_type": ServiceType.PARENTING_SHOP, "ages": AgeRange(-9, 288)}
    return Service(**{**given, **more})


def area(code, name, level=ServiceAreaLevel.MUNICIPALITY):
    return ServiceArea(code, name, level)


@pytest.mark.parametrize(("months", "said"), [(0, "0"), (12, "1"), (30, "2,5"), (31, "2,6"), (216, "18")])
def test_years(months, said):
    assert labels.years_text(months) == said


@pytest.mark.parametrize(
    ("first", "last", "message", "values"),
    [
        (-9, math.inf, "all ages", {}),
        (0, math.inf, "all ages", {}),
        (-9, 0, "during pregnancy", {}),
        (-9, 36, "pregnancy to {last} years", {"last": "3"}),
        (30, math.inf, "from {first} years", {"first": "2,5"}),
        (30, 216, "{first} to {last} years", {"first": "2,5", "last": "18"}),
        (0, 36, "{first} to {last} years", {"first": "0", "last": "3"}),
    ],
)
def test_a_span_of_ages(first, last, message, values):
    assert labels.age_range_text(AgeRange(first, last)) == _(message).format(**values)


def test_ages_that_are_only_usual_are_called_so():
    stated = services.ages_text(service(ages=AgeRange(0, 36), ages_stated=True))
    assert stated == labels.age_range_text(AgeRange(0, 36))
    assert services.ages_text(service(ages=AgeRange(0, 36))) != stated


@pytest.mark.parametrize(
    ("areas", "message", "values"),
    [
        ((), "", {}),
        ((area("12025", "Mechelen"),), "For all of {area}", {"area": "Malines"}),
        ((area("12025", "Mechelen (Muizen)"),), "For {area}", {"area": "Muizen (Mechelen)"}),
        ((area("10000", "Antwerpen", ServiceAreaLevel.PROVINCE),), "For all of {area}", {"area": "Anvers"}),
        (
            (area("02000", "V", ServiceAreaLevel.EVERYWHERE), area("04000", "B", ServiceAreaLevel.EVERYWHERE)),
            "For everybody in Flanders and Brussels",
            {},
        ),
    ],
)
def test_an_area_is_said_in_the_language_of_the_reader(areas, message, values):
    i18n.use_language("fr")
    said = services.area_text(service(service_areas=areas), {"12025": "Malines", "10000": "Anvers"})
    assert said == _(message).format(**values)


def test_several_towns_are_counted_and_listed_by_the_alphabet():
    towns = (area("3", "Zemst"), area("1", "Aalst"), area("2", "Mol"))
    said = services.area_text(service(service_areas=towns), {})
    names = _("{first} and {last}").format(first="Aalst, Mol", last="Zemst")
    assert said == _("For {count} municipalities: {names}").format(count=3, names=names)


def test_an_address_is_said_once_and_its_absence_plainly():
    assert services.address_text(service(locations=(DOOR, DOOR))) == "Laan 5 bus 1, 2800 Mechelen"
    assert services.address_text(service()) == _("No address known: ask first")
    assert services.address_text(service(locations=(VILLAGE,))) == _("{town} (no street known: ask first)").format(
        town="Muizen"
    )
    line = service(service_type=ServiceType.PARENTING_LINE, phones=(Phone("106", "106"),), url="https://example.org")
    ways = _("{first} and {last}").format(first=_("by phone"), last=_("on the website"))
    assert services.address_text(line).lower() == ways.lower()
    assert services.address_text(service(service_type=ServiceType.PARENTING_LINE)) == _(
        "By phone or chat: look for the number"
    )
    assert services.address_text(service(service_type=ServiceType.MOBILE_SUPPORT)) == _("Comes to your home")


def test_a_lead_claims_no_doubtful_address():
    assert "Laan 5" not in services.address_text(service(locations=(DOOR,), confidence=Confidence.LOW))


@pytest.mark.parametrize(
    ("more", "mark", "message"),
    [
        ({}, "sure", ""),
        ({"confidence": Confidence.LOW}, "lead", "Not confirmed: ask first"),
        ({"status": Status.ANNOUNCED}, "announced", "Announced, not confirmed: ask first"),
        ({"status": Status.TEMPORARILY_CLOSED}, "closed", "Closed for a while"),
        ({"status": Status.TEMPORARILY_CLOSED, "confidence": Confidence.LOW}, "closed", "Closed for a while"),
    ],
)
def test_what_is_not_sure_is_marked(more, mark, message):
    assert services.certainty(service(**more)) == (mark, _(message))


def test_the_month_of_the_source_is_said():
    assert "september 2019" in services.checked_text(service(assured_date=dt.date(2019, 9, 1)))
    assert services.checked_text(service()) == _("Source without a date: ask if it is still right")


def at(days=0, hour=14):
    return NOW.replace(hour=hour, minute=30) + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("state", "message", "values"),
    [
        (Opening(OpeningState.OPEN, until=at()), "Open until {time}", {"time": "14:30"}),
        (Opening(OpeningState.OPEN), "Open day and night", {}),
        (Opening(OpeningState.CLOSED), "Closed now", {}),
        (Opening(OpeningState.CLOSED, opens_next=at()), "Closed now, opens at {time}", {"time": "14:30"}),
        (Opening(OpeningState.CLOSED, opens_next=at(1)), "Closed now, opens tomorrow at {time}", {"time": "14:30"}),
        (
            Opening(OpeningState.CLOSED, opens_next=at(2)),
            "Closed now, opens {day} at {time}",
            {"day": "donderdag", "time": "14:30"},
        ),
        (
            Opening(OpeningState.CLOSED, opens_next=at(7)),
            "Closed now, opens {day} at {time}",
            {"day": "10 maart 2026", "time": "14:30"},
        ),
    ],
)
def test_the_opening_state_is_said_with_the_next_change(state, message, values):
    fresh = service(assured_date=NOW.date())
    assert services.opening_text(fresh, state, NOW) == (state.state.value, _(message).format(**values))


def test_hours_of_an_old_source_are_told_as_what_it_says():
    state = Opening(OpeningState.OPEN, until=at())
    for assured in (None, dt.date(2019, 9, 1)):
        kind, said = services.opening_text(service(assured_date=assured), state, NOW)
        assert (kind, said) == (
            "stale",
            _("{said}, says an old source").format(said=_("Open until {time}").format(time="14:30")),
        )
    always = services.opening_text(service(), Opening(OpeningState.OPEN), NOW)
    assert always == ("open", _("Open day and night"))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"phones": (Phone("+3215123456", "015 12 34 56"),), "email": "a@example.org"}, "Hours not known: call first"),
        ({"email": "a@example.org", "url": "https://example.org"}, "Hours not known: mail first"),
        ({"url": "https://example.org"}, "Hours not known: look at the website"),
        ({}, "Hours not known"),
        ({"service_type": ServiceType.PARENTING_LINE, "phones": (Phone("106", "106"),)}, "Hours not known"),
    ],
)
def test_unknown_hours_send_to_the_contact_that_there_is(more, message):
    assert services.opening_text(service(**more), Opening(OpeningState.UNKNOWN), NOW) == ("unknown", _(message))


def test_a_spoken_language_without_a_name_keeps_its_code():
    assert labels.language_name("qaa") == "qaa"
    assert labels.language_name("nl") != "nl"


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_all_words_fill_in_their_values_in_every_language(language):
    i18n.use_language(language)
    many = dataclasses.replace(
        service(locations=(VILLAGE,), assured_date=dt.date(2019, 9, 1)),
        service_areas=(area("1", "Aalst"), area("2", "Mol")),
    )
    said = [
        services.ages_text(many),
        services.area_text(many, {}),
        services.address_text(many),
        services.checked_text(many),
    ]
    said += [services.opening_text(many, Opening(OpeningState.CLOSED, opens_next=at(2)), NOW)[1]]
    assert not any("{" in line for line in said)
