"""What each measure says of tiny Flanders, worked out by hand (see tests/support/tiny_demand.py).

Middles of neighbouring squares lie 1,000 m apart, diagonal ones 1,414 m. The children of 0-2 years: 60 in the middle
of Aster and 40 some 400 m north of it, 200 in Berk, 30 in the middle of Ceder and 30 some 300 m east of it, 80 in Den,
40 in Els, none in Fijnspar; 480 in all.
"""

import numpy as np
import pytest

from geo.ages import AgeGroup, AgeRange
from geo.coverage import Measure, State, measure
from geo.coverage.counting import distances
from geo.coverage.request import Capacity
from geo.directory import ServiceType
from geo.directory.service import Precision
from tests.support import tiny_demand, tiny_flanders
from tests.support.tiny_demand import TODAY, house, measured, point, row, values
from tests.support.tiny_flanders import NIS, areas, at, location

ASTER, BERK = house("aster", location("Aster")), house("berk", location("Berk"))
TWO_DOORS = house("two-doors", location("Aster"), location("Berk"))
BLURRED = house("blurred", location("Ceder", precision=Precision.LOCALITY))  # in the middle or 300 m to the east
EAST = house("east", location("Ceder", 300, precision=Precision.LOCALITY))  # the same, with the point in the east
HIDDEN = house("hidden", location("Ceder", precision=Precision.MUNICIPALITY))  # in either sector of Ceder
YOUNG, OLDER = AgeRange(0, 36), AgeRange(36, 72)
BOTH_AGES = frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5})


def known(**expected):
    """Values by municipality: what is not named is 0, and nobody lives in Fijnspar."""
    return {name: None if name == "Fijnspar" else pytest.approx(expected.get(name, 0)) for name in NIS}


def bounds(report, square):
    found = row(report, square)
    return found.low, found.value, found.high


# --- served --------------------------------------------------------------------------------------------------------


def test_served_is_in_the_area_of_a_service_or_with_one_inside():
    report = measured(
        house("for-noord", service_areas=areas("Noord")),
        house("in-berk-for-aster", location("Berk"), service_areas=areas("Aster")),
        measure=Measure.SERVED,
    )
    assert values(report) == known(Aster=1, Berk=1, Den=1, Els=1)
    assert report.total.value == pytest.approx(420 / 480)
    assert bounds(report, "Ceder") == (0, 0, 0)


def test_served_needs_a_service_for_the_age():
    services = [house("young", service_areas=areas("Aster", "Berk"), ages=YOUNG)]
    report = measured(*services, measure=Measure.SERVED, ages=BOTH_AGES)
    assert row(report, "Aster").value == pytest.approx(100 / 150)
    assert row(report, "Berk").children_reached == 200
    assert row(report, "Fijnspar").value == 0  # ten children of 3-5 years, not served


# --- reach ---------------------------------------------------------------------------------------------------------


def test_reach_counts_children_up_to_and_including_the_distance():
    assert values(measured(ASTER, reach_m=1_000.0)) == known(Aster=1, Berk=1, Den=1)
    assert values(measured(ASTER, reach_m=999.999)) == known(Aster=1)
    report = measured(house("south", location("Aster", north=-100)), reach_m=499.0)
    assert values(report) == known(Aster=0.6)  # 100 m and 500 m
    assert report.total.value == pytest.approx(60 / 480)
    assert report.total.children_reached == 60


def test_reach_does_not_stop_at_a_border():
    assert row(measured(house("near", location("Berk", east=-450)), reach_m=600.0), "Aster").value == pytest.approx(0.6)


def test_a_service_is_reached_at_any_of_its_doors():
    assert values(measured(TWO_DOORS, reach_m=400.0)) == known(Aster=1, Berk=1)


def test_thirty_kilometres_reach_everybody():
    report = measured(ASTER, reach_m=30_000.0, far=True)
    assert report.total.value == pytest.approx(480 / 580)  # Ginder lies 31 km from Aster
    assert measured(BERK, reach_m=30_000.0, far=True).total.value == 1


@pytest.mark.parametrize("name", list(Measure))
def test_without_any_service_of_the_type_nothing_is_reached_and_nothing_known(name):
    shop = tiny_flanders.service("shop", ServiceType.PARENTING_SHOP, locations=(location("Aster"),))
    report = measured(shop, measure=name)
    is_of_distance = name in (Measure.NEAREST, Measure.NEIGHBOUR)
    assert set(values(report).values()) == ({None} if is_of_distance else {0, None})
    assert {each.state for each in report.rows} == {State.UNKNOWN}
    assert (report.total.children, report.total.children_reached) == (480, 0)
    assert report.total.evidence.records == 0
    assert report.dependence() == []


@pytest.mark.parametrize("name", list(Measure))
def test_an_empty_directory_and_nobody_to_reach_give_no_value(name):
    report = measured(rows=[], measure=name)
    assert set(values(report).values()) == {None}
    assert (report.total.value, report.total.p90_m, report.total.state) == (None, None, State.UNKNOWN)


@pytest.mark.parametrize("name", list(Measure))
def test_one_municipality_alone_is_measured(name):
    towns = tiny_demand.towns()[:1]
    dataset = tiny_demand.dataset(ASTER, municipalities=towns)
    report = measure(dataset, tiny_demand.ask(measure=name, reach_m=400.0), today=TODAY)
    expected = {Measure.NEAREST: 160, Measure.TWO_STEP: 10, Measure.CHOICE: 0, Measure.NEIGHBOUR: 0}
    expected[Measure.ENHANCED] = 1000 / (60 + 0.22 * 40) * (60 + 0.22 * 40) / 100
    assert [each.value for each in report.rows] == [pytest.approx(expected.get(name, 1))]
    assert report.rows[0].peers == ()
    assert report.rows[0].peers_value is None
    assert report.total.value == report.rows[0].value


def test_blocks_of_points_do_not_change_the_answer(monkeypatch):
    wanted = [{"measure": name, "reach_m": 1_000.0, "capacity": Capacity.LOCATION} for name in Measure]
    services = (TWO_DOORS, BLURRED, HIDDEN)
    whole = [measured(*services, **choices) for choices in wanted]
    monkeypatch.setattr(distances, "_CELLS", 10)
    for choices, report in zip(wanted, whole, strict=True):
        again = measured(*services, **choices)
        for square in NIS:
            one, other = row(again, square), row(report, square)
            assert bounds(again, square) == pytest.approx(bounds(report, square))
            assert one.p90_m == other.p90_m
            assert (one.state, one.evidence, one.neighbour) == (other.state, other.evidence, other.neighbour)
        assert again.dependence() == report.dependence()


# --- ages ----------------------------------------------------------------------------------------------------------


def test_a_service_reaches_only_children_of_its_ages():
    services = [house("young", location("Aster"), ages=YOUNG), house("older", location("Berk"), ages=OLDER)]
    report = measured(*services, reach_m=500.0, ages=BOTH_AGES)
    assert row(report, "Aster").value == pytest.approx(100 / 150)  # the 50 older ones live 1 km from theirs
    assert row(report, "Berk").value == pytest.approx(100 / 300)
    assert report.total.value == pytest.approx(200 / 720)
    for group, square in ((AgeGroup.FROM_0_TO_2, "Aster"), (AgeGroup.FROM_3_TO_5, "Berk")):
        alone = measured(*services, reach_m=500.0, ages=frozenset({group}))
        assert [each.area.name_nl for each in alone.rows if each.value] == [square]


def test_a_service_for_several_ages_reaches_each_child_once():
    report = measured(ASTER, house("young", location("Aster"), ages=YOUNG), reach_m=400.0, ages=BOTH_AGES)
    assert row(report, "Aster").value == 1
    assert row(report, "Aster").children_reached == 150


def test_services_for_different_ages_give_no_choice():
    services = [house("young", location("Aster"), ages=YOUNG), house("older", location("Aster"), ages=OLDER)]
    assert measured(*services, measure=Measure.CHOICE, reach_m=400.0, ages=BOTH_AGES).total.value == 0
    assert row(measured(*services, measure=Measure.FRAGILITY, reach_m=400.0, ages=BOTH_AGES), "Aster").value == 1


def test_children_of_all_ages_share_a_service():
    services = [ASTER, house("young", location("Aster"), ages=YOUNG)]
    report = measured(*services, measure=Measure.TWO_STEP, reach_m=400.0, ages=BOTH_AGES)
    # the first is divided over 150 children, the second over the 100 young ones
    assert row(report, "Aster").value == pytest.approx((150 * 1000 / 150 + 100 * 1000 / 100) / 150)


def test_the_nearest_is_the_nearest_for_the_age():
    services = [house("young", location("Aster"), ages=YOUNG), house("older", location("Berk"), ages=OLDER)]
    report = measured(*services, measure=Measure.NEAREST, ages=BOTH_AGES)
    assert row(report, "Berk").value == pytest.approx((200 * 1000 + 100 * 0) / 300)
    assert row(report, "Berk").p90_m == 1000


def test_children_without_any_service_for_their_age_have_no_distance():
    report = measured(house("young", location("Aster"), ages=YOUNG), measure=Measure.NEAREST, ages=BOTH_AGES)
    assert row(report, "Berk").value == 1000
    assert (row(report, "Berk").children, row(report, "Berk").children_reached) == (300, 200)


# --- choice, fragility ---------------------------------------------------------------------------------------------


def test_choice_is_two_services_within_reach():
    report = measured(ASTER, BERK, measure=Measure.CHOICE, reach_m=1_000.0)
    assert values(report) == known(Aster=0.6, Berk=1)
    assert report.total.value == pytest.approx(260 / 480)
    assert row(report, "Den").children_reached == 80  # by one


def test_two_doors_are_one_service():
    assert measured(TWO_DOORS, measure=Measure.CHOICE, reach_m=1_000.0).total.value == 0
    assert measured(TWO_DOORS, measure=Measure.FRAGILITY, reach_m=1_000.0).total.value == pytest.approx(450 / 480)


def test_fragility_is_one_service_alone_within_reach():
    report = measured(ASTER, BERK, measure=Measure.FRAGILITY, reach_m=1_000.0)
    assert values(report) == known(Aster=0.4, Ceder=0.5, Den=1, Els=1)
    assert report.total.value == pytest.approx(190 / 480)
    assert bounds(report, "Berk") == (0, 0, 0)  # two, and both for sure
    assert bounds(report, "Ceder") == (0.5, 0.5, 0.5)
    assert [(service.id, children) for service, children in report.dependence()] == [("aster", 120), ("berk", 70)]


def test_nobody_depends_on_a_service_that_may_be_near():
    for doubtful in (HIDDEN, EAST):
        report = measured(BERK, doubtful, measure=Measure.FRAGILITY, reach_m=1_000.0)
        depends = {service.id: children for service, children in report.dependence()}
        assert depends["berk"] == 60 + 200 + 40 + (30 if doubtful is HIDDEN else 0)
        assert depends.get("east", 0) == (30 if doubtful is EAST else 0)


def test_dependence_is_told_of_the_area_that_is_asked_for():
    report = measured(ASTER, BERK, measure=Measure.FRAGILITY, reach_m=1_000.0, area="20001")
    assert [(service.id, children) for service, children in report.dependence()] == [("aster", 80), ("berk", 40)]
    ceder = measured(ASTER, BERK, measure=Measure.FRAGILITY, reach_m=1_000.0, area="11003")
    assert [(service.id, children) for service, children in ceder.dependence()] == [("berk", 30)]


# --- nearest, neighbour --------------------------------------------------------------------------------------------


def test_nearest_is_the_mean_over_children_and_the_distance_for_nine_in_ten():
    report = measured(ASTER, BERK, measure=Measure.NEAREST)
    assert values(report) == known(Aster=160, Ceder=1150, Den=1000, Els=1000)
    assert {each.area.name_nl: each.p90_m for each in report.rows} == {
        "Aster": 400,
        "Berk": 0,
        "Ceder": 1300,
        "Den": 1000,
        "Els": 1000,
        "Fijnspar": None,
    }
    assert report.total.value == pytest.approx(205_000 / 480)
    assert report.total.p90_m == 1000  # of 480 children 450 have one within 1,000 m


@pytest.mark.parametrize(("far_children", "p90_m"), [(10, 0), (11, 500)])
def test_nine_in_ten_are_nine_in_ten_to_the_child(far_children, p90_m):
    rows = [point("Aster", 0, 0, (100 - far_children, 0, 0, 0)), point("Aster", 0, 500, (far_children, 0, 0, 0))]
    assert measured(ASTER, measure=Measure.NEAREST, rows=rows).total.p90_m == p90_m


def test_equal_parts_are_not_upset_by_fractions():
    """Eighteen times 1.1 is a trifle less than nine tenths of twenty times 1.1, as computers add up."""
    rows = [point("Aster", 0, 10 * number, (1.1, 0, 0, 0), sector=f"s{number:02}") for number in range(20)]
    assert measured(ASTER, measure=Measure.NEAREST, rows=rows).total.p90_m == 170


def test_neighbour_is_where_the_nearest_stands_elsewhere():
    report = measured(ASTER, BERK, measure=Measure.NEIGHBOUR)
    assert values(report) == known(Ceder=1, Den=1, Els=1)
    assert report.total.value == pytest.approx(180 / 480)
    assert {each.area.name_nl: (each.neighbour, each.neighbour_share) for each in report.rows} == {
        "Aster": ("", 0),
        "Berk": ("", 0),
        "Ceder": (NIS["Berk"], 1),
        "Den": (NIS["Aster"], 1),
        "Els": (NIS["Berk"], 1),
        "Fijnspar": ("", 0),
    }


def test_the_neighbour_named_is_the_one_most_go_to():
    services = [house("den", location("Den")), BERK]  # north of Aster nearer to Den (600 m), the middle to both 1,000 m
    report = measured(*services, measure=Measure.NEIGHBOUR)
    assert row(report, "Aster").value == 1
    assert (row(report, "Aster").neighbour, row(report, "Aster").neighbour_share) == (NIS["Berk"], 0.6)


@pytest.mark.parametrize("own_first", [True, False])
def test_as_near_at_home_is_not_elsewhere(own_first):
    """Two doors at 200 m, one in Aster and one across the border: nobody of the middle has to go out."""
    ids = ("a", "b") if own_first else ("b", "a")
    services = [house(ids[0], location("Aster", east=200)), house(ids[1], at(600_300.0, 700_500.0, NIS["Berk"]))]
    assert row(measured(*services, measure=Measure.NEIGHBOUR), "Aster").value == 0


def test_a_door_outside_all_municipalities_is_elsewhere_but_nowhere_by_name():
    report = measured(house("abroad", at(599_000.0, 700_500.0)), measure=Measure.NEIGHBOUR)
    assert report.total.value == 1
    assert {each.neighbour for each in report.rows} == {""}
    nearest = measured(house("abroad", at(599_000.0, 700_500.0)), measure=Measure.NEAREST)
    assert row(nearest, "Den").value == pytest.approx(np.hypot(1500, 1000))
