"""What is told of one area, counted by hand on tiny Flanders (see tests/support/tiny_demand.py)."""

import pytest

from geo.ages import AgeGroup, AgeRange
from geo.coverage import Measure, State, measure
from geo.coverage.profile import PROFILE_MEASURES, profile_of
from geo.directory import ServiceType
from geo.directory.partnerships import PARTNERSHIP_PREFIX
from geo.directory.service import Confidence, Precision
from geo.places import AreaLevel
from tests.support import tiny_flanders
from tests.support.tiny_demand import TODAY, ask, dataset, house
from tests.support.tiny_flanders import NIS, areas, location

ASTER = house("aster", location("Aster"), service_areas=areas("Aster"))
BERK = house("berk", location("Berk"), service_areas=areas("Berk"))
CEDER = house("ceder", location("Ceder", east=300), service_areas=areas("Ceder"))


def told(code, *services, **choices):
    """The profile of an area by its code."""
    land = dataset(*services)
    area = land.areas.by_code(code)
    return profile_of(area, ask(**choices), lambda request, today: measure(land, request, today=today), TODAY)


def numbers(profile):
    return {each.measure: each for each in profile.numbers}


def services(profile):
    return [(here.service.id, here.is_for_it, here.stands_in, round(here.share, 6)) for here in profile.services]


# --- numbers -------------------------------------------------------------------------------------------------------


def test_every_measure_stands_beside_province_and_region():
    profile = told(NIS["Aster"], ASTER, reach_m=1_000.0)
    assert tuple(numbers(profile)) == PROFILE_MEASURES
    reach = numbers(profile)[Measure.REACH]
    # within 1 km of the middle of Aster: Aster 100, Berk 200, Den 80; Zuid has 360 children, the region 480
    assert reach.row.value == 1
    assert reach.province == pytest.approx(300 / 360)
    assert reach.region == pytest.approx(380 / 480)
    assert reach.peers == pytest.approx(280 / 380), "five others, for the land has only six municipalities"
    served = numbers(profile)[Measure.SERVED]
    assert (served.row.value, served.province, served.region) == (1, pytest.approx(100 / 360), pytest.approx(100 / 480))


def test_a_municipality_keeps_the_rank_it_has_among_all():
    land = (ASTER, BERK, CEDER)
    profile = told(NIS["Berk"], *land, measure=Measure.NEAREST)
    row = numbers(profile)[Measure.NEAREST].row
    everything = {
        each.area.code: each.rank for each in measure(dataset(*land), ask(measure=Measure.NEAREST), today=TODAY).rows
    }
    assert row.rank == everything[NIS["Berk"]] == 1


def test_a_province_is_ranked_among_provinces_and_has_no_peers():
    profile = told("10000", ASTER, reach_m=300.0)
    reach = numbers(profile)[Measure.REACH]
    assert (reach.row.rank, reach.peers, reach.province) == (1, None, None)
    assert reach.region == pytest.approx(60 / 480)
    assert reach.row.value == pytest.approx(60 / 360)


def test_an_area_in_two_provinces_is_held_beside_none():
    both = house("both", service_areas=areas("Aster", "Den"))
    profile = told(f"{PARTNERSHIP_PREFIX}both", ASTER, both, reach_m=300.0)
    reach = numbers(profile)[Measure.REACH]
    assert profile.area.level is AreaLevel.PARTNERSHIP
    assert (reach.province, reach.row.rank) == (None, None)
    assert reach.region == pytest.approx(60 / 480)
    assert reach.row.value == pytest.approx(60 / 180)


def test_an_area_in_one_province_is_held_beside_it():
    both = house("both", location("Aster"), service_areas=areas("Aster", "Berk"))
    reach = numbers(told(f"{PARTNERSHIP_PREFIX}both", both, reach_m=300.0))[Measure.REACH]
    assert reach.province == pytest.approx(60 / 360)


def test_a_province_of_which_most_is_unknown_is_nothing_to_be_held_beside():
    hidden = house("hidden", service_areas=areas("Aster", "Berk"))
    reach = numbers(told(NIS["Ceder"], CEDER, hidden, reach_m=300.0))[Measure.REACH]
    assert reach.row.value == 1
    assert (reach.province, reach.region) == (None, None), "300 of 360 and of 480 children live where we do not know"


def test_the_report_of_a_profile_is_about_the_area_and_its_own_measure():
    profile = told("20001", ASTER, measure=Measure.TWO_STEP, area="10000")
    assert profile.report.request.area == "20001"
    assert profile.report.request.measure is Measure.TWO_STEP
    assert {row.area.name_nl for row in profile.report.rows} == {"Den", "Els", "Fijnspar"}
    assert Measure.TWO_STEP not in numbers(profile)


def test_the_choices_hold_for_every_number():
    lead = house("lead", location("Aster"), confidence=Confidence.LOW)
    assert numbers(told(NIS["Aster"], lead))[Measure.REACH].row.state is State.UNKNOWN
    counted = told(NIS["Aster"], lead, confidences=frozenset(Confidence), reach_m=500.0)
    assert numbers(counted)[Measure.REACH].row.value == 1


# --- services ------------------------------------------------------------------------------------------------------


def test_services_for_the_area_come_first_then_by_the_children_they_reach():
    for_it = house("for-it", service_areas=areas("Aster"))
    profile = told(NIS["Aster"], ASTER, BERK, CEDER, for_it, reach_m=1_000.0)
    assert services(profile) == [
        ("aster", True, (NIS["Aster"],), 1.0),
        ("for-it", True, (), 0.0),
        ("berk", False, (NIS["Berk"],), 0.6),  # the 40 in the north of Aster live 1,077 m away
    ]


def test_what_stands_in_an_area_is_for_it_even_if_it_says_nothing():
    silent = house("silent", location("Berk"))
    assert services(told(NIS["Berk"], silent, reach_m=300.0)) == [("silent", True, (NIS["Berk"],), 1.0)]


def test_a_province_names_the_towns_its_services_stand_in():
    two = house("two", location("Aster"), location("Ceder"), location("Els"), service_areas=areas("Zuid"))
    assert services(told("10000", two, reach_m=300.0)) == [
        ("two", True, (NIS["Aster"], NIS["Ceder"], NIS["Els"]), round((60 + 60) / 360, 6))
    ]


def test_a_service_reaches_only_children_of_its_ages():
    young = tiny_flanders.service(
        "young", ServiceType.HOUSE_OF_THE_CHILD, locations=(location("Aster"),), ages=AgeRange(0, 36), ages_stated=True
    )
    both = frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5})
    # Aster: 60 and 40 of 0-2 years, 20 and 30 of 3-5
    assert services(told(NIS["Aster"], young, ages=both, reach_m=300.0))[0][3] == pytest.approx(60 / 150)


def test_other_types_leads_and_what_is_far_do_not_appear():
    shop = tiny_flanders.service("shop", ServiceType.PARENTING_SHOP, locations=(location("Aster"),))
    lead = house("lead", location("Aster"), confidence=Confidence.LOW)
    assert services(told(NIS["Aster"], shop, lead, CEDER, reach_m=300.0)) == []


# --- from outside --------------------------------------------------------------------------------------------------


def test_towns_outside_are_told_with_the_children_their_doors_reach_together():
    second = house("second", location("Berk", north=400))
    profile = told(NIS["Aster"], ASTER, BERK, second, house("den", location("Den")), reach_m=1_000.0)
    # 1,000 m from the middle of Berk live the 60, from the door in its north the 40; from Den both, 600 m and 1,000 m
    assert profile.outside == ((NIS["Berk"], 1.0), (NIS["Den"], 1.0))
    assert told(NIS["Aster"], BERK, house("den", location("Den")), reach_m=700.0).outside == ((NIS["Den"], 0.4),)


def test_doors_inside_an_area_are_not_outside_it():
    assert told("10000", ASTER, BERK, reach_m=1_000.0).outside == ()
    assert [code for code, _ in told("20001", ASTER, BERK, reach_m=1_000.0).outside] == [NIS["Aster"], NIS["Berk"]]


def test_a_door_in_no_known_municipality_is_not_named():
    x, y = tiny_flanders.middle("Aster")
    abroad = house("abroad", tiny_flanders.at(x - 600, y, ""), service_areas=areas("Aster"))
    profile = told(NIS["Aster"], abroad, reach_m=1_000.0)
    assert profile.outside == ()
    assert services(profile) == [("abroad", True, (), 1.0)]


def test_an_area_without_children_has_no_shares():
    near = house("near", location("Els"), service_areas=areas("Fijnspar"))
    profile = told(NIS["Fijnspar"], near, reach_m=3_000.0)
    assert services(profile) == [("near", True, (NIS["Els"],), 0.0)]
    assert profile.outside == ()
    assert numbers(profile)[Measure.REACH].row.state is State.UNKNOWN


def test_a_door_known_by_its_village_counts_where_the_village_is():
    village = house("village", location("Berk", precision=Precision.LOCALITY))
    profile = told(NIS["Berk"], village, reach_m=300.0)
    assert services(profile) == [("village", True, (NIS["Berk"],), 1.0)]
