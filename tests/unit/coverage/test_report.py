"""Rows, states, ranks, evidence and sums of a report on tiny Flanders (see tests/support/tiny_demand.py)."""

import datetime as dt
from dataclasses import replace

import pytest

from geo.ages import AgeGroup
from geo.coverage import Measure, State, measure
from geo.coverage.measures import MEASURES
from geo.coverage.row import Evidence
from geo.coverage.service_areas import service_areas_of
from geo.directory.partnerships import PARTNERSHIP_PREFIX
from geo.directory.service import Confidence, Precision, ServiceArea, Status
from geo.errors import RequestError
from geo.places import Area, AreaLevel
from tests.support import tiny_demand
from tests.support.tiny_demand import TODAY, ask, house, measured, point, row, values
from tests.support.tiny_flanders import NIS, areas, location

ASTER, BERK = house("aster", location("Aster")), house("berk", location("Berk"))


def states(report):
    return {each.area.name_nl: each.state.value for each in report.rows}


def ranks(report):
    return {each.area.name_nl: each.rank for each in report.rows}


def all_are(state, **others):
    """The state of each municipality where somebody lives; Fijnspar has no children of 0-2 years."""
    return dict.fromkeys(NIS, state) | {"Fijnspar": "unknown"} | others


# --- states --------------------------------------------------------------------------------------------------------


def test_reached_is_where_any_child_is():
    report = measured(house("near", location("Aster", north=650)), reach_m=300.0)
    assert states(report) == all_are("not_reached", Aster="reached")
    assert row(report, "Aster").value == pytest.approx(0.4)


def test_unknown_is_where_no_trustworthy_record_speaks_of_it_or_what_lies_around():
    report = measured(ASTER, reach_m=300.0, far=True)
    assert states(report) == all_are("not_reached", Aster="reached", Ginder="unknown")
    stopped = house("stopped", location("Aster"), status=Status.DEFUNCT)
    assert states(measured(stopped, far=True)) == all_are("not_reached", Ginder="unknown")
    lead = house("lead", location("Aster"), confidence=Confidence.LOW)
    assert states(measured(lead, far=True)) == all_are("unknown", Ginder="unknown")


@pytest.mark.parametrize(
    "service",
    [
        house("somewhere", location("Ceder", precision=Precision.MUNICIPALITY)),
        house("also-somewhere", location("Ceder", precision=Precision.MUNICIPALITY), location("Aster")),
        house("for-it", service_areas=areas("Ceder")),
    ],
)
def test_unknown_is_where_a_door_may_stand_that_we_do_not_know(service):
    report = measured(service, reach_m=300.0)
    assert row(report, "Ceder").state is State.UNKNOWN
    assert row(report, "Berk").state is State.NOT_REACHED


def test_a_door_hidden_somewhere_in_a_province_leaves_all_of_it_unknown():
    report = measured(house("it", service_areas=areas("Noord")), reach_m=300.0)
    expected = dict.fromkeys(("Den", "Els", "Fijnspar"), "unknown")
    assert states(report) == all_are("not_reached") | expected
    region = house("it", service_areas=(ServiceArea("02000", "Vlaams Gewest", areas("Noord")[0].level),))
    assert states(measured(region, reach_m=300.0)) == all_are("unknown")


@pytest.mark.parametrize(("square", "reach_m", "state"), [("Den", 700.0, "not_reached"), ("Berk", 1_000.0, "unknown")])
def test_a_hidden_door_next_door_leaves_unknown_where_most_children_may_reach_it(square, reach_m, state):
    """From Den it may reach the 40 in the north of Aster, from Berk the 60 in the middle of it."""
    report = measured(house("it", service_areas=areas(square)), reach_m=reach_m)
    assert row(report, "Aster").state.value == state
    assert row(report, "Aster").high == {"not_reached": 0.4, "unknown": 0.6}[state]
    for name in (Measure.FRAGILITY, Measure.TWO_STEP, Measure.ENHANCED):
        again = measured(house("it", service_areas=areas(square)), measure=name, reach_m=reach_m)
        assert row(again, "Aster").state.value == state


def test_who_is_reached_is_reached_whatever_else_is_hidden():
    hidden = house("hidden", service_areas=areas("Aster"))
    assert row(measured(ASTER, hidden, reach_m=300.0), "Aster").state is State.REACHED
    assert row(measured(ASTER, hidden, measure=Measure.CHOICE, reach_m=300.0), "Aster").state is State.UNKNOWN
    assert row(measured(ASTER, measure=Measure.CHOICE, reach_m=300.0), "Aster").state is State.NOT_REACHED


@pytest.mark.parametrize("name", [Measure.NEAREST, Measure.NEIGHBOUR])
def test_a_distance_is_unknown_where_a_nearer_door_may_exist(name):
    hidden = house("hidden", service_areas=areas("Aster", "Berk"))
    report = measured(ASTER, hidden, measure=name, far=True)
    expected = all_are("reached", Berk="unknown", Ginder="unknown")  # a door of its own is enough for Aster
    assert states(report) == expected
    assert row(report, "Berk").rank is None
    assert row(report, "Den").rank == 2 if name is Measure.NEAREST else 1


def test_served_needs_no_door():
    report = measured(house("it", service_areas=areas("Aster")), measure=Measure.SERVED, far=True)
    assert states(report) == all_are("not_reached", Aster="reached", Ginder="unknown")


def test_an_area_is_reached_if_a_part_is_then_unknown_if_a_part_is():
    hidden = house("hidden", service_areas=areas("Den"))
    report = measured(ASTER, hidden, reach_m=300.0)
    assert {each.area.name_nl: each.state.value for each in report.by(AreaLevel.PROVINCE)} == {
        "Zuid": "reached",
        "Noord": "unknown",
    }
    assert report.total.states == {State.REACHED: 1, State.NOT_REACHED: 3, State.UNKNOWN: 2}
    assert report.total.children_in == {State.REACHED: 100, State.NOT_REACHED: 300, State.UNKNOWN: 80}


def test_a_municipality_without_children_does_not_make_its_province_unknown():
    report = measured(ASTER, reach_m=300.0)
    assert row(report, "Fijnspar").state is State.UNKNOWN
    assert next(each for each in report.by(AreaLevel.PROVINCE) if each.area.code == "20001").state is State.NOT_REACHED


def test_a_municipality_without_children_has_no_value_and_no_rank():
    found = row(measured(ASTER, BERK, reach_m=30_000.0), "Fijnspar")
    assert (found.children, found.value, found.low, found.high, found.rank) == (0, None, None, None, None)
    assert (found.state, found.is_small) == (State.UNKNOWN, True)
    assert row(measured(ASTER, reach_m=2_600.0, ages=frozenset({AgeGroup.FROM_3_TO_5})), "Fijnspar").value == 1


# --- small numbers, ranks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "is_small"),
    [((49.0,), True), ((50.0,), False), ((25.333, 24.666), False), ((49.9,), True), ((0.0,), True)],
)
def test_fewer_than_fifty_children_are_marked_and_not_ranked(parts, is_small):
    """Official counts are whole; split over sectors they add up to 49.999."""
    rows = [point("Aster", number, 0, (part, 0, 0, 0)) for number, part in enumerate(parts)]
    found = row(measured(ASTER, rows=rows), "Aster")
    assert found.is_small is is_small
    assert found.rank == (None if is_small else 1)


def test_equal_values_share_a_rank_and_the_next_one_counts_on():
    report = measured(ASTER, BERK, measure=Measure.CHOICE, reach_m=1_000.0)
    assert values(report) == {"Aster": 0.6, "Berk": 1, "Ceder": 0, "Den": 0, "Els": 0, "Fijnspar": None}
    assert ranks(report) == dict.fromkeys(NIS) | {"Berk": 1, "Aster": 2}  # who has no choice is not ranked
    wide = measured(ASTER, BERK, measure=Measure.NEIGHBOUR)
    assert ranks(wide) == {"Aster": 1, "Berk": 1, "Ceder": 3, "Den": 3, "Els": None, "Fijnspar": None}


def test_near_is_better_than_far():
    report = measured(ASTER, BERK, measure=Measure.NEAREST)
    assert ranks(report) == {"Berk": 1, "Aster": 2, "Den": 3, "Ceder": 4, "Els": None, "Fijnspar": None}


def test_values_that_differ_by_rounding_alone_share_a_rank():
    rows = [
        point("Aster", 0, 0, (300, 0, 0, 0)),
        *[point("Berk", 0, 0, (0.1, 0, 0, 0), sector=f"b{n}") for n in range(600)],
    ]
    report = measured(ASTER, rows=rows, measure=Measure.TWO_STEP)
    assert row(report, "Aster").value == pytest.approx(row(report, "Berk").value)
    assert (row(report, "Aster").rank, row(report, "Berk").rank) == (1, 1)


def test_who_has_no_service_to_lose_is_not_the_best_covered():
    report = measured(ASTER, BERK, measure=Measure.FRAGILITY, reach_m=999.0)
    assert values(report)["Ceder"] == values(report)["Den"] == 0
    assert ranks(report) == {"Aster": 1, "Berk": 1, **dict.fromkeys(("Ceder", "Den", "Els", "Fijnspar"))}


def test_larger_areas_are_ranked_among_their_like():
    report = measured(ASTER, reach_m=1_000.0)
    assert {each.area.name_nl: each.rank for each in report.by(AreaLevel.PROVINCE)} == {"Zuid": 1, "Noord": 2}


# --- evidence ------------------------------------------------------------------------------------------------------


def test_a_row_rests_on_what_is_for_it_and_what_is_in_reach_of_its_children():
    services = [
        house("at-home", location("Aster"), confidence=Confidence.HIGH, assured_date=TODAY),
        house("next-door", location("Berk"), assured_date=dt.date(2010, 1, 1)),
        house("for-aster", service_areas=areas("Aster")),
        house("for-zuid", service_areas=areas("Zuid"), assured_date=TODAY),
        house("far", location("Fijnspar"), assured_date=TODAY, confidence=Confidence.HIGH),
        house("lead", location("Aster"), confidence=Confidence.LOW),
    ]
    report = measured(*services, reach_m=1_000.0)
    assert row(report, "Aster").evidence == Evidence(records=4, fresh=2, located=2, high_confidence=1)
    assert row(report, "Ceder").evidence == Evidence(records=3, fresh=2, located=2, high_confidence=1)
    assert row(measured(*services, reach_m=400.0), "Aster").evidence.records == 3
    assert row(measured(*services, measure=Measure.SERVED), "Ceder").evidence.records == 1
    assert row(measured(*services, measure=Measure.NEAREST), "Den").evidence.records == 1
    assert report.total.evidence == Evidence(records=5, fresh=3, located=3, high_confidence=2)


def test_where_nobody_lives_only_what_is_for_it_is_evidence():
    report = measured(house("fijnspar", location("Fijnspar")), house("els", location("Els")), reach_m=1_000.0)
    assert row(report, "Fijnspar").evidence.records == 1


@pytest.mark.parametrize(("today", "fresh"), [(dt.date(2025, 6, 3), 1), (dt.date(2025, 6, 4), 0)])
def test_a_record_is_fresh_for_twelve_months_to_the_day(today, fresh):
    service = house("it", location("Aster"), assured_date=dt.date(2024, 6, 3))
    report = measured(service, today=today)
    assert row(report, "Aster").evidence == Evidence(records=1, fresh=fresh, located=1, high_confidence=0)
    assert values(report) == values(measured(service))  # the day changes no value


# --- areas and sums ------------------------------------------------------------------------------------------------

TOGETHER = house("together", service_areas=areas("Berk", "Den"))


@pytest.mark.parametrize(
    ("code", "members", "value"),
    [
        ("", list(NIS), 380 / 480),
        ("11001", ["Aster"], 1),
        ("10000", ["Aster", "Berk", "Ceder"], 300 / 360),
        ("elz1", ["Aster", "Den"], 1),
        ("11100", ["Aster", "Berk"], 1),
        (PARTNERSHIP_PREFIX + "together", ["Berk", "Den"], 1),
    ],
)
def test_an_area_is_told_alone_and_what_lies_outside_still_counts(code, members, value):
    report = measured(ASTER, TOGETHER, reach_m=1_000.0, area=code)
    assert [each.area.name_nl for each in report.rows] == members
    assert report.total.value == pytest.approx(value)
    assert report.total.children == sum(each.children for each in report.rows)
    assert row(report, members[-1]).value == row(measured(ASTER, TOGETHER, reach_m=1_000.0), members[-1]).value


def test_ranks_of_an_area_are_among_its_municipalities():
    assert ranks(measured(BERK, measure=Measure.NEAREST, area="20001")) == {"Den": 1, "Els": None, "Fijnspar": None}


@pytest.mark.parametrize("code", ["99999", "partnership:aster", "Zuid"])
def test_an_unknown_area_is_refused_at_once_by_name(code):
    with pytest.raises(RequestError, match=f"'{code}' is no area; expected the code of a municipality"):
        measured(ASTER, area=code)


def test_a_partnership_with_a_municipality_of_before_the_mergers_keeps_the_others():
    old = ServiceArea("71047", "Opglabbeek", areas("Aster")[0].level)
    report = measured(ASTER, house("it", service_areas=(*areas("Aster"), old)), reach_m=400.0, area="partnership:it")
    assert (report.total.children, report.total.value) == (100, 1)
    assert [each.area.name_nl for each in report.rows] == ["Aster"]


def test_an_area_of_no_known_municipality_is_unknown():
    nowhere = Area("x", AreaLevel.PARTNERSHIP, "x", "x", ("71047",))
    found = measured(ASTER).row_of(nowhere)
    assert (found.children, found.value, found.state) == (0, None, State.UNKNOWN)


@pytest.mark.parametrize("name", list(Measure))
@pytest.mark.parametrize(
    "level",
    [AreaLevel.PRIMARY_CARE_ZONE, AreaLevel.ARRONDISSEMENT, AreaLevel.PROVINCE, AreaLevel.REGION, AreaLevel.ALL],
)
def test_larger_areas_add_up_children_before_they_divide(name, level):
    report = measured(ASTER, BERK, measure=name, reach_m=1_000.0)
    members = {each.area.nis_codes[0]: each for each in report.rows}
    for area in report.by(level):
        own = [members[code] for code in area.area.nis_codes if members[code].value is not None]
        children = sum(each.children for each in own)
        assert area.children == children
        assert area.value == pytest.approx(sum(each.value * each.children for each in own) / children)
        assert area.children_reached == sum(each.children_reached for each in own)


def test_any_area_can_be_told_as_one_row():
    report = measured(ASTER, reach_m=1_000.0)
    zone = report.dataset.areas.by_code("elz3")
    found = report.row_of(zone)
    assert (found.children, found.value, found.rank, found.peers) == (40, 0, None, ())


# --- context -------------------------------------------------------------------------------------------------------


def test_need_is_told_where_it_is_known():
    report = measured(ASTER)
    assert {each.area.name_nl: each.deprivation_pct for each in report.rows} == dict.fromkeys(NIS) | {
        "Aster": 12.0,
        "Berk": 20.0,
    }
    assert report.total.deprivation_pct is None


def test_the_peers_together_have_a_value_by_their_children():
    report = measured(ASTER, reach_m=1_000.0)
    found = row(report, "Aster")
    assert sorted(found.peers) == sorted(set(NIS.values()) - {NIS["Aster"]})
    assert found.peers_value == pytest.approx(280 / 380)  # Berk 200 and Den 80 of 380 children


def test_the_peers_have_no_value_when_it_is_unknown_for_most_of_their_children():
    hidden = house("hidden", service_areas=areas("Berk"))
    report = measured(ASTER, hidden, reach_m=400.0)
    assert row(report, "Berk").state is State.UNKNOWN
    assert row(report, "Aster").peers_value is None  # Berk has 200 of their 380 children
    assert row(report, "Den").peers_value == pytest.approx(100 / 400)
    assert row(report, "Aster").comparable == 1
    assert row(report, "Berk").comparable is None
    assert report.total.comparable == pytest.approx(100 / 480)


def test_a_report_knows_its_data_and_its_measure():
    report = measured(ASTER, measure=Measure.NEAREST)
    assert (report.data_version, report.info) == ("tiny", MEASURES[Measure.NEAREST])
    assert report.service(0).id == "aster"


def test_measuring_changes_nothing_it_is_given():
    dataset = tiny_demand.dataset(ASTER, BERK)
    before = [
        array.copy() for array in (dataset.demand.children, dataset.demand.x, service_areas_of(dataset).speaks_of)
    ]
    for name in Measure:
        measure(dataset, ask(measure=name, reach_m=1_000.0), today=TODAY).rows  # noqa: B018 - rows are made when asked for
    for array, copy in zip(
        (dataset.demand.children, dataset.demand.x, service_areas_of(dataset).speaks_of), before, strict=True
    ):
        assert (array == copy).all()


def test_statuses_and_confidences_decide_what_counts():
    services = [
        house("announced", location("Aster"), status=Status.ANNOUNCED),
        house("lead", location("Berk"), confidence=Confidence.LOW),
    ]
    assert measured(*services, reach_m=400.0).total.value == 0
    announced = replace(ask(), reach_m=400.0, statuses=frozenset({Status.ACTIVE, Status.ANNOUNCED}))
    report = measure(tiny_demand.dataset(*services), announced, today=TODAY)
    assert [name for name, value in values(report).items() if value] == ["Aster"]
    report = measured(*services, reach_m=400.0, confidences=frozenset(Confidence))
    assert [name for name, value in values(report).items() if value] == ["Berk"]
