"""What the rows of a service become."""

import datetime as dt
import math

import pytest

from geo.ages import AgeRange
from geo.directory import Location, ServiceType
from geo.directory.service import Address, Confidence, Precision, Status
from geo.hsds import problems_in
from geo.hsds.services import services_from
from geo.places.place import ServiceAreaLevel
from tests.support.hsds_samples import (
    add_attribute,
    edited,
    tiny,
)


def codes(tables):
    return {problem.code for problem in problems_in(tables)}


def test_a_service_carries_all_that_its_rows_say():
    winkel = services_from(tiny())[2]
    assert winkel.id == "winkel"
    assert winkel.service_type is ServiceType.PARENTING_SHOP
    assert winkel.organization.name == "Stad Mechelen"
    assert (winkel.ages, winkel.ages_stated) == (AgeRange(0, 288), True)
    assert winkel.confidence is Confidence.HIGH
    assert winkel.source_url == "https://www.mechelen.be/winkel"
    assert winkel.assured_date == dt.date(2025, 3, 1)
    assert (winkel.is_free, winkel.needs_appointment, winkel.languages) == (True, False, ("nl",))
    assert [(phone.number, phone.national) for phone in winkel.phones] == [("+3215123456", "015 12 34 56")]
    (schedule,) = winkel.schedules
    assert (schedule.byday, schedule.opens_at, schedule.closes_at) == (("MO", "TU"), dt.time(9), dt.time(12, 30))
    assert (schedule.school_holidays, schedule.public_holidays, schedule.by_appointment) == (False, None, False)


def test_a_location_is_carried_to_metres():
    (location,) = services_from(tiny())[2].locations
    assert location == Location(
        id="mechelen-markt-1",
        address=Address("Grote Markt", "1", "2", "2800", "Mechelen"),
        precision=Precision.ADDRESS,
        nis_code="12025",
        lon=4.48,
        lat=51.028,
        x=657801.45,
        y=690875.14,
    )


def test_both_regions_together_are_everywhere():
    line = services_from(tiny())[1]
    assert [(area.nis_code, area.level) for area in line.service_areas] == [
        ("02000", ServiceAreaLevel.EVERYWHERE),
        ("04000", ServiceAreaLevel.EVERYWHERE),
    ]


def test_one_region_alone_is_a_region():
    tables = tiny()
    tables["service_area"] = [row for row in tables["service_area"] if row["extent"] != "02000"]
    assert [area.level for area in services_from(tables)[1].service_areas] == [ServiceAreaLevel.REGION]


@pytest.mark.parametrize(
    ("first", "last", "pregnancy", "expected", "stated"),
    [
        ("0.75", "2.5", False, AgeRange(9, 30), True),
        ("0.0833", "1", False, AgeRange(1, 12), True),
        ("0", "24", True, AgeRange(-9, 288), True),
        ("0", "0", True, AgeRange(-9, 0), True),
        ("3", "", False, AgeRange(36, math.inf), True),
        ("", "3", False, AgeRange(0, 36), True),
        ("", "", False, AgeRange(-9, 288), False),
        ("", "", True, AgeRange(-9, 288), False),
    ],
)
def test_decimal_years_become_months(first, last, pregnancy, expected, stated):
    tables = edited(service__winkel__minimum_age=first, service__winkel__maximum_age=last)
    if pregnancy:
        add_attribute(tables, "winkel", "age:pregnancy")
    assert problems_in(tables) == ()
    winkel = services_from(tables)[2]
    assert (winkel.ages, winkel.ages_stated) == (expected, stated)


def test_pregnancy_alone_widens_the_ages_of_the_type():
    tables = tiny()
    tables["attribute"] = [row for row in tables["attribute"] if row["link_id"] != "huis"]
    add_attribute(tables, "huis", "service_type:counselling_centre")
    add_attribute(tables, "huis", "age:pregnancy")
    assert services_from(tables)[0].ages == AgeRange(-9, 36)


def test_announced_is_inactive_with_a_detail():
    tables = edited(service__winkel__status="inactive")
    assert services_from(tables)[2].status is Status.INACTIVE
    add_attribute(tables, "winkel", "status_detail:announced")
    assert services_from(tables)[2].status is Status.ANNOUNCED


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ckg", ServiceType.FAMILY_CARE_CENTRE),
        ("CLB", ServiceType.PUPIL_GUIDANCE_CENTRE),
        ("boosting_education", ServiceType.EDUCATIONAL_OPPORTUNITIES),
        ("Parenting Shop", ServiceType.PARENTING_SHOP),
    ],
)
@pytest.mark.parametrize("column", ["code", "name"])
def test_a_foreign_feed_names_types_in_its_own_terms(said, kind, column):
    tables = tiny()
    tables["attribute"] = [row for row in tables["attribute"] if row["link_id"] != "huis"]
    foreign = {"id": "t-77", "taxonomy_id": "", "code": "x", "name": "x", "description": "x", column: said}
    tables["taxonomy_term"].append(foreign)
    tables["attribute"].append({"id": "z", "link_id": "huis", "link_entity": "service", "taxonomy_term_id": "t-77"})
    assert services_from(tables)[0].service_type is kind


@pytest.mark.parametrize(
    ("address_1", "lat", "precision"),
    [
        ("Grote Markt 1", "51.028", Precision.ADDRESS),
        ("Grote Markt", "51.028", Precision.STREET),
        ("", "51.028", Precision.LOCALITY),
        ("Grote Markt 1", "", Precision.MUNICIPALITY),
    ],
)
def test_without_a_stated_precision_the_address_decides(address_1, lat, precision):
    tables = edited(address__mechelen_markt_1__address_1=address_1, address__mechelen_markt_1__address_2="")
    tables["attribute"] = [row for row in tables["attribute"] if row["link_entity"] != "location"]
    tables["location"][0] |= {"latitude": lat, "longitude": lat and "4.48"}
    (location,) = services_from(tables)[2].locations
    assert location.precision is precision
    assert location.is_located == bool(lat)


def test_a_municipality_never_gets_a_pin():
    tables = tiny()
    for row in tables["attribute"]:
        if row["link_entity"] == "location":
            row["taxonomy_term_id"] = "precision:municipality"
    tables["taxonomy_term"].append({"id": "precision:municipality", "name": "m", "description": "m", "code": "m"})
    assert codes(tables) == {"point_of_municipality"}
    assert not services_from(tables)[2].locations[0].is_located


def test_a_postal_address_is_no_place_to_go():
    tables = edited(location__mechelen_markt_1__location_type="postal")
    assert services_from(tables)[2].locations == ()
    assert codes(tables) == {"service_nowhere"}


def test_an_address_line_that_is_no_box_stays_visible():
    tables = edited(address__mechelen_markt_1__address_2="tweede verdieping")
    assert services_from(tables)[2].locations[0].address.line == "Grote Markt 1, tweede verdieping, 2800 Mechelen"


def test_phones_and_hours_may_hang_on_the_place():
    tables = tiny()
    del tables["phone"][0]["service_id"]
    tables["phone"][0]["location_id"] = "mechelen-markt-1"
    tables["schedule"][0] |= {"service_id": "", "service_at_location_id": "winkel-at-1"}
    winkel = services_from(tables)[2]
    assert (len(winkel.phones), len(winkel.schedules)) == (1, 1)


def test_hours_without_an_end_are_only_text():
    tables = edited(schedule__s1__closes_at="", schedule__s1__description="vanaf 9 uur")
    (schedule,) = services_from(tables)[2].schedules
    assert (schedule.is_structured, schedule.description) == (False, "vanaf 9 uur")


@pytest.mark.parametrize(
    ("cell", "expected"), [("24:00", dt.time(0)), ("17:30:00", dt.time(17, 30)), ("17:30Z", dt.time(17, 30))]
)
def test_times_are_read_in_every_spelling_of_the_standard(cell, expected):
    tables = edited(schedule__s1__closes_at=cell)
    assert problems_in(tables) == ()
    assert services_from(tables)[2].schedules[0].closes_at == expected


def test_a_web_address_without_a_scheme_becomes_https():
    tables = edited(service__winkel__url="www.mechelen.be:8080/winkel")
    assert codes(tables) == {"url_without_scheme"}
    assert services_from(tables)[2].url == "https://www.mechelen.be:8080/winkel"


@pytest.mark.parametrize(
    ("option", "amount", "is_free"), [("free", "", True), ("", "0", True), ("", "5", False), ("paid", "", False)]
)
def test_costs(option, amount, is_free):
    tables = edited(cost_option__c1__option=option, cost_option__c1__amount=amount)
    assert services_from(tables)[2].is_free is is_free
