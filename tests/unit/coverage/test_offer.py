"""Services per thousand children by floating catchment, worked out by hand (see test_measure.py for the land)."""

from dataclasses import replace

import pytest

from geo.ages import AgeGroup, AgeRange
from geo.coverage import Measure
from geo.coverage.request import Capacity
from tests.support.tiny_demand import house, measured, point, row, values
from tests.support.tiny_flanders import NIS, at, location

ASTER, BERK = house("aster", location("Aster")), house("berk", location("Berk"))
TWO_DOORS = house("two-doors", location("Aster"), location("Berk"))
YOUNG, OLDER = AgeRange(0, 36), AgeRange(36, 72)
BOTH_AGES = frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5})


def known(**expected):
    """Values by municipality: what is not named is 0, and nobody lives in Fijnspar."""
    return {name: None if name == "Fijnspar" else pytest.approx(expected.get(name, 0)) for name in NIS}


def test_two_step_divides_each_service_over_the_children_around_it():
    report = measured(ASTER, BERK, measure=Measure.TWO_STEP, reach_m=1_000.0)
    aster, berk = 1000 / 380, 1000 / 330  # 60+40+200+80 and 60+200+30+40 children within 1 km
    assert values(report) == known(Aster=aster + 0.6 * berk, Berk=aster + berk, Ceder=0.5 * berk, Den=aster, Els=berk)
    assert report.total.value * 480 / 1000 == pytest.approx(2)  # both services, no more and no less
    assert report.total.children_reached == 450


def test_enhanced_lets_near_children_count_more():
    report = measured(ASTER, measure=Measure.ENHANCED, reach_m=1_000.0)
    load = 60 + 0.68 * 40 + 0.22 * (200 + 80)  # at 0, 400 and 1,000 m
    unit = 1000 / load
    assert values(report) == known(Aster=unit * (60 + 0.68 * 40) / 100, Berk=0.22 * unit, Den=0.22 * unit)
    assert report.total.value * 480 / 1000 == pytest.approx(1)


def test_the_nearer_of_two_doors_decides_how_much_a_service_counts():
    report = measured(TWO_DOORS, measure=Measure.ENHANCED, reach_m=1_000.0)
    unit = 1000 / (60 + 0.68 * 40 + 200 + 0.22 * (30 + 80 + 40))
    assert row(report, "Aster").value == pytest.approx(unit * (60 + 0.68 * 40) / 100)
    assert row(report, "Berk").value == pytest.approx(unit)
    assert row(report, "Els").value == pytest.approx(0.22 * unit)


@pytest.mark.parametrize("capacity", Capacity)
def test_a_service_is_divided_over_children_of_its_ages_alone(capacity):
    services = [house("young", location("Berk"), ages=YOUNG), house("older", location("Els"), ages=OLDER)]
    report = measured(*services, measure=Measure.TWO_STEP, reach_m=1_000.0, ages=BOTH_AGES, capacity=capacity)
    young, older = 60 + 200 + 30 + 40, 100 + 40 + 20 + 10  # around Berk, around Els
    assert row(report, "Aster").value == pytest.approx(60 * 1000 / young / 150)
    assert row(report, "Den").value == pytest.approx(40 * 1000 / older / 120)


def test_a_service_with_two_doors_is_one_unit_unless_locations_are_counted():
    as_one = measured(TWO_DOORS, measure=Measure.TWO_STEP, reach_m=1_000.0)
    assert values(as_one) == known(**dict.fromkeys(("Aster", "Berk", "Den", "Els"), 1000 / 450), Ceder=0.5 * 1000 / 450)
    as_two = measured(TWO_DOORS, measure=Measure.TWO_STEP, reach_m=1_000.0, capacity=Capacity.LOCATION)
    apart = measured(ASTER, BERK, measure=Measure.TWO_STEP, reach_m=1_000.0)
    assert values(as_two) == pytest.approx(values(apart))
    assert row(as_two, "Aster").evidence.records == row(apart, "Aster").evidence.records - 1 == 1


def test_the_golden_vector_stands_on_a_ground_of_points():
    """A, B, C, E against 10 services at s1 and 6 at s2, 2.1 km apart: the only plane in which the table fits."""
    x = {"Aster": -1590 / 4.2, "Berk": 1000.0, "Ceder": 3000.0, "Els": 32_410 / 4.2}
    away = {"Aster": 500.0, "Berk": 1000.0, "Ceder": 3000.0, "Els": 8000.0}  # from s1
    people = {"Aster": 100, "Berk": 200, "Ceder": 50, "Els": 80}
    y = {name: max(away[name] ** 2 - x[name] ** 2, 0.0) ** 0.5 for name in x}
    rows = [replace(point(name, 0, 0, (people[name], 0, 0, 0), sector=name), x=x[name], y=y[name]) for name in x]
    sites = {"s1": (0.0, 10), "s2": (2100.0, 6)}
    services = [
        house(f"{name}-{number}", at(east, 0.0)) for name, (east, count) in sites.items() for number in range(count)
    ]

    def found(name, reach_m):
        report = measured(*services, rows=rows, measure=name, reach_m=reach_m)
        return [row(report, square).value for square in x], report.total.value

    two_step = found(Measure.TWO_STEP, 1_200.0)[0]
    assert two_step == pytest.approx([33.333333, 57.333333, 24.0, 0.0], abs=5e-7)
    assert two_step[3] == 0
    enhanced = found(Measure.ENHANCED, 3_750.0)[0]
    assert [value / 1000 for value in enhanced] == pytest.approx([0.037007, 0.054213, 0.029133, 0.0], abs=5e-7)
    assert enhanced[3] == 0
    assert found(Measure.REACH, 1_200.0)[1] == pytest.approx(0.8140, abs=5e-5)
    one_each = [service for service in services if service.id.endswith("-0")]
    choice = measured(*one_each, rows=rows, measure=Measure.CHOICE, reach_m=1_200.0)
    assert choice.total.value == pytest.approx(0.4651, abs=5e-5)
