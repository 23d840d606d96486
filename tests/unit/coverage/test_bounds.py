"""Bounds where a door is not known, worked out by hand (see test_measure.py for the land)."""

import pytest

from geo.ages import AgeGroup, AgeRange
from geo.coverage import Measure, State
from geo.coverage.request import Capacity
from geo.directory.service import Precision
from tests.support.tiny_demand import house, measured, point, row
from tests.support.tiny_flanders import EVERYWHERE, NIS, areas, at, location

ASTER, BERK = house("aster", location("Aster")), house("berk", location("Berk"))
BLURRED = house("blurred", location("Ceder", precision=Precision.LOCALITY))  # in the middle or 300 m to the east
EAST = house("east", location("Ceder", 300, precision=Precision.LOCALITY))  # the same, with the point in the east
HIDDEN = house("hidden", location("Ceder", precision=Precision.MUNICIPALITY))  # in either sector of Ceder
YOUNG, OLDER = AgeRange(0, 36), AgeRange(36, 72)
BOTH_AGES = frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5})


def bounds(report, square):
    found = row(report, square)
    return found.low, found.value, found.high


def test_a_blurred_door_may_be_nearer_or_farther():
    assert bounds(measured(BLURRED, reach_m=1_100.0), "Berk") == (0, 1, 1)  # 1,000 or 1,300 m
    assert bounds(measured(EAST, reach_m=1_100.0), "Berk") == (0, 0, 1)
    assert bounds(measured(BLURRED, reach_m=1_300.0), "Berk") == (1, 1, 1)
    assert bounds(measured(BLURRED, reach_m=999.0), "Berk") == (0, 0, 0)
    report = measured(BLURRED, reach_m=200.0)
    assert bounds(report, "Ceder") == (0, 0.5, 1)  # either of the two sectors, for all we know
    assert (report.total.low, report.total.value, report.total.high) == pytest.approx((0, 30 / 480, 60 / 480))


def test_a_door_may_also_stand_where_its_point_is():
    """Between two sectors of Ceder lives a child of Berk: 0 m from the point of the door, 300 m from either sector."""
    rows = [point("Ceder", east, 0, (9, 0, 0, 0), sector=f"11003A{east}") for east in (-300, 300)]
    berk = point("Ceder", 0, 0, (1, 0, 0, 0), within="Berk")
    assert bounds(measured(BLURRED, rows=[*rows, berk], reach_m=200.0), "Berk") == (0, 1, 1)


def test_the_distance_to_a_blurred_door_has_two_ends():
    report = measured(BLURRED, measure=Measure.NEAREST)
    assert bounds(report, "Ceder") == (0, 150, 450)
    assert bounds(report, "Berk") == (700, 1000, 1300)


def test_choice_and_fragility_with_a_blurred_door():
    services = [BLURRED, house("sure", location("Ceder"))]
    assert bounds(measured(*services, measure=Measure.CHOICE, reach_m=200.0), "Ceder") == (0, 0.5, 0.5)
    assert bounds(measured(*services, measure=Measure.FRAGILITY, reach_m=200.0), "Ceder") == (0, 0, 1)
    assert bounds(measured(BLURRED, measure=Measure.FRAGILITY, reach_m=1_100.0), "Berk") == (0, 1, 1)
    assert bounds(measured(BLURRED, measure=Measure.FRAGILITY, reach_m=1_300.0), "Berk") == (1, 1, 1)


def test_a_blurred_door_may_or_may_not_be_nearer_than_the_one_next_door():
    services = [BLURRED, house("berk", location("Berk"))]
    report = measured(*services, measure=Measure.NEIGHBOUR)
    assert bounds(report, "Ceder") == (0, 0, 0)  # at most 600 m at home, 1,000 m and more next door
    beyond = measured(BLURRED, house("berk", at(603_200.0, 700_500.0, NIS["Berk"])), measure=Measure.NEIGHBOUR)
    assert bounds(beyond, "Ceder") == (0, 0, 0.5)  # 700 and 400 m against at most 300 and 600 m
    nearer = measured(BLURRED, house("berk", at(602_350.0, 700_500.0, NIS["Berk"])), measure=Measure.NEIGHBOUR)
    assert bounds(nearer, "Ceder") == (0, 0, 1)  # 150 and 450 m against at most 300 and 600 m


def test_bounds_of_offer_per_child_with_a_blurred_door():
    """Three sectors in a row, 300 m apart: from the middle one the door is at most 300 m away, from the others 600."""
    rows = [
        point("Ceder", east, 0, (30, 0, 0, 0), sector=f"11003A{number}") for number, east in enumerate((-300, 0, 300))
    ]
    report = measured(BLURRED, measure=Measure.TWO_STEP, reach_m=300.0, rows=rows)
    assert bounds(report, "Ceder") == (
        pytest.approx(1000 / 90 / 3),  # surely for the middle one, perhaps shared with all
        pytest.approx(1000 / 90),
        pytest.approx(1000 / 30),  # perhaps for all, surely shared with the middle one alone
    )
    assert bounds(measured(BLURRED, measure=Measure.TWO_STEP, reach_m=200.0), "Ceder") == (
        0,
        pytest.approx(1000 / 60),
        None,  # nobody is sure to share it
    )


def test_a_hidden_door_is_counted_in_the_favourable_bound_alone():
    report = measured(HIDDEN, reach_m=1_000.0)
    assert bounds(report, "Ceder") == (0, 0, 1)
    assert bounds(report, "Berk") == (0, 0, 1)  # from the nearer sector of Ceder
    assert bounds(report, "Aster") == (0, 0, 0)
    assert bounds(measured(HIDDEN, ASTER, measure=Measure.NEAREST), "Berk") == (700, 1000, 1000)
    assert bounds(measured(HIDDEN, measure=Measure.NEAREST), "Berk") == (None, None, None)
    assert bounds(measured(HIDDEN, BERK, measure=Measure.CHOICE, reach_m=1_000.0), "Berk") == (0, 0, 1)
    assert bounds(measured(HIDDEN, BERK, measure=Measure.FRAGILITY, reach_m=1_000.0), "Berk") == (0, 1, 1)


def test_a_hidden_door_leaves_the_offer_per_child_without_upper_bound():
    report = measured(HIDDEN, ASTER, measure=Measure.TWO_STEP, reach_m=500.0)
    assert bounds(report, "Ceder") == (0, 0, None)
    assert bounds(report, "Aster") == (10, 10, 10)


def test_a_hidden_door_may_be_at_home_or_next_door():
    services = [HIDDEN, BERK]
    report = measured(*services, measure=Measure.NEIGHBOUR)
    assert bounds(report, "Ceder") == (0, 1, 1)
    assert bounds(report, "Berk") == (0, 0, 0)
    assert bounds(report, "Els") == (1, 1, 1)
    away = measured(HIDDEN, house("berk", location("Berk", east=-400)), measure=Measure.NEIGHBOUR)
    assert bounds(away, "Berk") == (0, 0, 0)  # 400 m at home against 700 m
    farther = measured(HIDDEN, house("berk", location("Berk", east=-800)), measure=Measure.NEIGHBOUR)
    assert bounds(farther, "Berk") == (0, 0, 1)


def test_a_service_hidden_in_several_municipalities_may_be_in_each():
    report = measured(house("it", service_areas=areas("Aster", "Den")), reach_m=300.0)
    assert [each.high for each in report.rows] == [1, 0, 0, 1, 0, None]
    assert measured(house("it", service_areas=EVERYWHERE), reach_m=300.0).total.high == 1


def test_a_service_with_a_known_and_a_hidden_door():
    service = house("both", location("Aster"), location("Ceder", precision=Precision.MUNICIPALITY))
    report = measured(service, reach_m=500.0)
    assert bounds(report, "Aster") == (1, 1, 1)
    assert bounds(report, "Ceder") == (0, 0, 1)
    assert row(report, "Ceder").state is State.UNKNOWN
    offer = measured(service, measure=Measure.TWO_STEP, reach_m=500.0)
    assert bounds(offer, "Aster") == (pytest.approx(1000 / 160), 10, 10)  # Ceder's 60 may have to share it
    assert bounds(offer, "Ceder") == (0, 0, 10)  # if it has it, it has to share it with Aster's 100
    by_door = measured(service, measure=Measure.TWO_STEP, reach_m=500.0, capacity=Capacity.LOCATION)
    assert bounds(by_door, "Aster") == (10, 10, 10)
    assert bounds(by_door, "Ceder") == (0, 0, None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Measure.SERVED, (0, 0, 1)),
        (Measure.REACH, (1, 1, 1)),
        (Measure.CHOICE, (0, 0, 1)),
        (Measure.FRAGILITY, (0, 1, 1)),
        (Measure.NEIGHBOUR, (0, 1, 1)),
        (Measure.NEAREST, (0, 30_000, 30_000)),
        (Measure.TWO_STEP, (1000 / 580, 1000 / 580, None)),
    ],
)
def test_where_nothing_is_recorded_anything_may_stand(name, expected):
    """Ginder lies 30 km from the service in Berk, and no record speaks of it or what lies around."""
    report = measured(BERK, measure=name, reach_m=30_000.0, far=True)
    assert bounds(report, "Ginder") == pytest.approx(expected)
    assert bounds(report, "Aster")[0] == bounds(report, "Aster")[1] == bounds(report, "Aster")[2]


def test_a_hidden_service_for_other_ages_changes_no_bound():
    services = [house("hidden", service_areas=areas("Ceder"), ages=OLDER), ASTER]
    for name in (Measure.REACH, Measure.TWO_STEP, Measure.NEAREST):
        found = row(measured(*services, measure=name, reach_m=900.0), "Ceder")
        assert found.low == found.value == found.high


def test_services_hidden_for_different_ages_give_no_choice():
    services = [
        house("young", service_areas=areas("Ceder"), ages=YOUNG),
        house("older", service_areas=areas("Ceder"), ages=OLDER),
    ]
    choice = measured(*services, measure=Measure.CHOICE, reach_m=300.0, ages=BOTH_AGES)
    assert bounds(choice, "Ceder") == (0, 0, 0)
    assert bounds(measured(*services, reach_m=300.0, ages=BOTH_AGES), "Ceder") == (0, 0, 1)
