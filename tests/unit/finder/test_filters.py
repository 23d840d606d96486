"""What each criterion keeps of ten services (see tests/support/tiny_flanders.py)."""

import datetime as dt

import numpy as np
import pytest

from geo.ages import AgeGroup, AgeRange
from geo.directory import Directory, ServiceType
from geo.directory.service import Status
from geo.directory.service_types import ServiceFunction
from geo.finder import ServiceFilter
from geo.finder.filters import QUERY_NAMES
from tests.support import tiny_flanders
from tests.support.tiny_flanders import TUESDAY_TEN

ALL = {service.id for service in tiny_flanders.services()}
EVERYTHING = ServiceFilter(
    types=frozenset({ServiceType.PARENTING_SHOP, ServiceType.HOUSE_OF_THE_CHILD}),
    ages=frozenset({AgeGroup.FROM_12_TO_17, AgeGroup.PREGNANT}),
    languages=frozenset({"tr", "fr"}),
    functions=frozenset({ServiceFunction.MEETING}),
    free=True,
    no_appointment=True,
    open_now=True,
    with_address=True,
)


def kept(now=TUESDAY_TEN, **criteria):
    directory = tiny_flanders.dataset().directory
    mask = ServiceFilter(**criteria).mask(directory, now=now)
    return {directory.services[row].id for row in np.flatnonzero(mask)}


def test_the_empty_filter_keeps_everything():
    assert kept() == ALL
    assert ServiceFilter().active_criteria() == ()


@pytest.mark.parametrize("status", list(Status))
def test_only_what_is_still_offered_or_announced_is_found(status):
    directory = Directory.from_services([tiny_flanders.stopped(status)])
    found = ServiceFilter().mask(directory, now=TUESDAY_TEN).tolist()
    assert found == [status not in (Status.INACTIVE, Status.DEFUNCT)]


def test_any_of_the_types_is_enough():
    types = frozenset({ServiceType.PARENTING_LINE, ServiceType.IAPSC_TEAM})
    assert kept(types=types) == {"line-everywhere", "team-in-a-locality"}


def test_a_service_fulfils_the_functions_of_its_type():
    assert kept(functions=frozenset({ServiceFunction.PRACTICAL_SUPPORT})) == {
        "house-300-m",
        "team-in-a-locality",
        "mobile-for-a-province",
    }


@pytest.mark.parametrize(
    ("group", "left_out"),
    [
        (AgeGroup.PREGNANT, {"play-without-area", "clinic-somewhere", "lead-100-m", "clb-two-doors"}),
        (AgeGroup.FROM_0_TO_2, set()),
        (AgeGroup.FROM_3_TO_5, {"clinic-somewhere"}),
        (AgeGroup.FROM_6_TO_11, {"clinic-somewhere", "team-in-a-locality", "play-without-area", "lead-100-m"}),
    ],
)
def test_ages_match_when_the_ranges_overlap(group, left_out):
    assert ALL - kept(ages=frozenset({group})) == left_out


def test_a_service_for_either_child_is_enough():
    ages = frozenset({AgeGroup.PREGNANT, AgeGroup.FROM_3_TO_5})
    assert ALL - kept(ages=ages) == {"clinic-somewhere"}


@pytest.mark.parametrize(("months", "matches"), [((36, 72), False), ((35, 72), True), ((-9, 0), False), ((0, 1), True)])
def test_ranges_that_only_touch_do_not_overlap(months, matches):
    service = tiny_flanders.service("x", ServiceType.PLAY_AND_ENCOUNTER, ages=AgeRange(*months))
    wanted = ServiceFilter(ages=frozenset({AgeGroup.FROM_0_TO_2}))
    assert wanted.mask(Directory.from_services([service]), now=TUESDAY_TEN).tolist() == [matches]


def test_only_what_is_known_to_be_so_matches():
    assert kept(free=True) == {"house-300-m", "shop-for-two-towns", "mobile-for-a-province"}
    assert kept(no_appointment=True) == {"house-300-m"}
    assert kept(languages=frozenset({"fr", "tr"})) == {"house-300-m"}
    assert kept(languages=frozenset({"tr"})) == set()


def test_open_now_follows_the_clock():
    wednesday = TUESDAY_TEN + dt.timedelta(days=1)
    assert kept(open_now=True) == {"house-300-m"}
    assert kept(open_now=True, now=wednesday) == {"shop-for-two-towns"}


def test_with_address_needs_a_street():
    assert kept(with_address=True) == {
        "house-300-m",
        "shop-for-two-towns",
        "play-without-area",
        "centre-for-professionals",
        "lead-100-m",
        "clb-two-doors",
    }


def test_judgements_tell_silence_from_no():
    directory = tiny_flanders.dataset().directory
    judged = ServiceFilter(free=True).judgements(directory, now=TUESDAY_TEN)["free"]
    row = directory.services.index(directory.by_id["play-without-area"])
    assert (judged.matches[row], judged.unknown[row]) == (False, False)
    assert judged.unknown.sum() == 6
    assert not (judged.matches & judged.unknown).any()


def test_a_filter_has_one_link():
    assert EVERYTHING.to_query() == {
        "type": "house_of_the_child,parenting_shop",
        "age": "pregnant,12-17",
        "spoken": "fr,tr",
        "function": "meeting",
        "free": "1",
        "walkin": "1",
        "open": "1",
        "address": "1",
    }
    assert list(EVERYTHING.to_query()) == list(QUERY_NAMES.values())
    assert ServiceFilter().to_query() == {}


def test_a_link_gives_back_its_filter():
    assert ServiceFilter.from_query(EVERYTHING.to_query()) == EVERYTHING
    assert ServiceFilter.from_query({"type": ["parenting_shop", "iapsc_team"], "age": " 0-2 , 0-2"}) == ServiceFilter(
        types=frozenset({ServiceType.PARENTING_SHOP, ServiceType.IAPSC_TEAM}), ages=frozenset({AgeGroup.FROM_0_TO_2})
    )


@pytest.mark.parametrize(
    "junk",
    [
        {"type": "castle", "age": "99", "spoken": "<b>", "function": "x" * 10_000, "free": "0", "open": "maybe"},
        {"type": None, "age": 3, "free": True, "spoken": ["", 7], "lang": "fr", "walkin": ""},
        {},
    ],
)
def test_junk_in_a_link_restricts_nothing(junk):
    assert ServiceFilter.from_query(junk) == ServiceFilter()


def test_without_leaves_one_criterion_open():
    assert EVERYTHING.without("free").active_criteria() == tuple(
        name for name in EVERYTHING.active_criteria() if name != "free"
    )
    assert EVERYTHING.without("ages").ages == frozenset()
    assert ServiceFilter().without("types") == ServiceFilter()


def test_as_plain_values():
    assert ServiceFilter(ages=frozenset({AgeGroup.FROM_0_TO_2}), free=True).to_json() == {
        "types": [],
        "ages": ["0-2"],
        "languages": [],
        "functions": [],
        "free": True,
        "no_appointment": False,
        "open_now": False,
        "with_address": False,
    }


def test_a_filter_is_a_value():
    assert {EVERYTHING, ServiceFilter.from_query(EVERYTHING.to_query())} == {EVERYTHING}
