"""Laws of coverage: for all services, children and requests in tiny Flanders."""

import argparse
import math
import shlex
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.ages import CHILD_AGES, AgeRange
from geo.cli import coverage
from geo.coverage import CoverageRequest, Measure, measure
from geo.coverage.measures import MEASURES, Unit
from geo.coverage.request import BICYCLE_M, Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Precision, Status
from geo.places.areas import SUMMED_LEVELS
from tests import strategies
from tests.support import tiny_demand, tiny_flanders
from tests.support.tiny_demand import TODAY, ask
from tests.support.tiny_flanders import NIS

SHARES = st.sampled_from([Measure.REACH, Measure.CHOICE, Measure.SERVED])
FLOATING = st.sampled_from([Measure.TWO_STEP, Measure.ENHANCED])
SQUARES = {nis: name for name, nis in NIS.items()}
REGION = tiny_flanders.EVERYWHERE[:1]
steps = st.integers(-15, 15).map(lambda number: 100.0 * number)  # sides on a grid, so that ties happen
reaches = st.sampled_from([200.0, 500.0, 1_000.0, 1_414.0, 2_500.0])
measures = st.sampled_from(list(Measure))
counts = st.sampled_from([0, 0, 1, 7, 30, 100])
ages = st.sampled_from([AgeRange(0, 36), AgeRange(30, 60), AgeRange(36, 216), AgeRange(-9, 288)])
groups = st.frozensets(st.sampled_from(CHILD_AGES[:3]), min_size=1)
one_group = st.sampled_from(CHILD_AGES[:3]).map(lambda group: frozenset({group}))


def choices(names=measures, ages=groups):
    """What a request chooses, but for types, area and which records count."""
    made = {"measure": names, "ages": ages, "reach_m": reaches, "capacity": st.sampled_from(Capacity)}
    return st.fixed_dictionaries(made)


@st.composite
def children(draw, max_size=7):
    """Some demand points, each in its square or just over the border; two sectors to a deelgemeente."""
    return [
        tiny_demand.point(
            draw(strategies.squares),
            draw(steps),
            draw(steps),
            draw(st.tuples(counts, counts, counts, counts)),
            sector=f"{draw(st.sampled_from('AB'))}-part-{number}",
        )
        for number in range(draw(st.integers(0, max_size)))
    ]


@st.composite
def places(draw):
    square, precision = draw(strategies.squares), draw(st.sampled_from(list(Precision)))
    return tiny_flanders.location(square, draw(steps), draw(steps), precision=precision)


@st.composite
def services(draw, service_id="zz", **known):
    """A house or a shop, wherever it stands and whomever it is for."""
    named = st.lists(st.sampled_from([*NIS, "Zuid"]), max_size=2, unique=True)
    where = draw(st.one_of(named.map(lambda names: tiny_flanders.areas(*names)), st.just(REGION)))
    chosen = {
        "locations": tuple(draw(st.lists(places(), max_size=2))),
        "service_areas": where,
        "ages": draw(ages),
        "status": draw(st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.DEFUNCT])),
        "confidence": draw(st.sampled_from([Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW])),
        **known,
    }
    kinds = (ServiceType.HOUSE_OF_THE_CHILD, ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP)
    return tiny_flanders.service(service_id, draw(st.sampled_from(kinds)), **chosen)


@st.composite
def directories(draw, **known):
    return [draw(services(service_id=f"service-{number}", **known)) for number in range(draw(st.integers(0, 5)))]


def counting(**known):
    """A service that is sure to count."""
    return services(status=Status.ACTIVE, confidence=Confidence.HIGH, ages=AgeRange(-9, 288), **known).map(
        lambda service: replace(service, service_type=ServiceType.HOUSE_OF_THE_CHILD)
    )


def found(rows, known, wanted, **more):
    return measure(tiny_demand.dataset(*known, rows=rows), ask(**{**wanted, **more}), today=TODAY)


def told(report):
    """What is said of each municipality, without what it is told beside."""
    return [
        (row.area.code, row.children, row.value, row.low, row.high, row.p90_m, row.state, row.evidence, row.rank)
        for row in report.rows
    ]


def bounds_that_stay(report, *, favourable):
    """The numbers that another service may only improve; where nothing was recorded, anything was possible."""
    names = ["value", "low", "high", "p90_m"]
    if not report.supply.is_recorded.all():
        names.remove(favourable)
    return names


def at_most(one, other):
    """Whether one value does not exceed another, up to rounding; what has no bound exceeds all."""
    return other is None or (one is not None and one <= other + 1e-9 * max(1.0, abs(other)))


@given(children(), directories(), choices(SHARES), reaches)
def test_a_longer_reach_reaches_no_fewer(rows, known, wanted, other):
    both = sorted((wanted["reach_m"], other))
    near, far = (found(rows, known, wanted, reach_m=reach_m) for reach_m in both)
    for less, more in zip([*near.rows, near.total], [*far.rows, far.total], strict=True):
        assert (less.value is None) == (more.value is None)
        assert less.children_reached <= more.children_reached + 1e-9
        for bound in ("value", "low", "high"):
            assert less.value is None or at_most(getattr(less, bound), getattr(more, bound))


@given(children(), directories(), counting(), choices(SHARES))
def test_one_service_more_leaves_nobody_behind(rows, known, extra, wanted):
    before, after = found(rows, known, wanted), found(rows, [*known, extra], wanted)
    for less, more in zip([*before.rows, before.total], [*after.rows, after.total], strict=True):
        for bound in bounds_that_stay(before, favourable="high"):
            assert less.value is None or at_most(getattr(less, bound), getattr(more, bound))


@given(children(), directories(), counting(locations=(tiny_flanders.location("Berk", 300),)))
def test_one_service_more_moves_nobody_further_away(rows, known, extra):
    nearest = {"measure": Measure.NEAREST}
    before, after = found(rows, known, nearest), found(rows, [*known, extra], nearest)
    for less, more in zip([*before.rows, before.total], [*after.rows, after.total], strict=True):
        for bound in bounds_that_stay(before, favourable="low"):
            assert at_most(getattr(more, bound), getattr(less, bound)) or more.children == 0
        assert (more.value is None) == (more.children == 0)


@given(children(), directories(), choices())
def test_sums_are_the_same_whichever_way_they_are_added_up(rows, known, wanted):
    report = found(rows, known, wanted)
    weighs_all = wanted["measure"] not in (Measure.NEAREST, Measure.NEIGHBOUR) or len(wanted["ages"]) == 1
    for level in SUMMED_LEVELS:
        areas = report.by(level)
        assert sum(row.children for row in areas) == pytest.approx(report.total.children)
        assert sum(row.children_reached for row in areas) == pytest.approx(report.total.children_reached)
        for state, number in report.total.states.items():
            assert sum(row.states[state] for row in areas) == number
            assert sum(row.children_in[state] for row in areas) == pytest.approx(report.total.children_in[state])
        if weighs_all:
            weighed = [row.value * row.children for row in areas if row.value is not None]
            assert sum(weighed) == pytest.approx((report.total.value or 0) * report.total.children)


WITHOUT_BORDERS = [*Measure]
WITHOUT_BORDERS.remove(Measure.SERVED)
WITHOUT_BORDERS.remove(Measure.NEIGHBOUR)


@given(children(), directories(), choices(st.sampled_from(WITHOUT_BORDERS)), st.data())
def test_moving_a_border_moves_no_child(rows, known, wanted, data):
    towns = st.sampled_from(list(SQUARES))
    moved = [replace(point, nis_code=data.draw(towns)) for point in rows]
    one, other = (found(each, known, wanted).total for each in (rows, moved))
    assert other.children == pytest.approx(one.children)
    assert other.children_reached == pytest.approx(one.children_reached)
    assert other.value == pytest.approx(one.value)
    assert other.p90_m == one.p90_m


@given(children(), directories(), choices(), st.randoms(use_true_random=False))
def test_the_order_of_services_and_children_does_not_matter(rows, known, wanted, random):
    mixed, shuffled = list(known), list(rows)
    random.shuffle(mixed)
    random.shuffle(shuffled)
    one, other = found(rows, known, wanted), found(shuffled, mixed, wanted)
    assert told(one) == told(other)
    assert [(s.id, n) for s, n in one.dependence()] == [(s.id, n) for s, n in other.dependence()]


@given(children(), directories(), choices())
def test_a_value_lies_between_its_bounds(rows, known, wanted):
    report = found(rows, known, wanted)
    for row in [*report.rows, report.total]:
        assert (row.low is None) == (row.value is None)
        assert row.value is None or (at_most(row.low, row.value) and at_most(row.value, row.high))
        if row.value is not None and MEASURES[wanted["measure"]].unit is Unit.SHARE:
            assert 0 <= row.low <= row.high <= 1 + 1e-12


def opened(draw, service, rows):
    """The service with a door in each place where it is said to have one, somewhere among the children there.

    A door known to its deelgemeente stands at a sector of it; one known to its municipality (or hidden in any that
    the service is for) at a sector of that, or stays unknown.
    """
    doors = [draw(st.sampled_from(_candidates(place, rows) or [place])) for place in service.locations]
    if not service.locations:
        codes = {area.nis_code for area in service.service_areas}
        towns = [nis for nis in SQUARES if codes & set(tiny_flanders.municipalities().areas(nis))]
        doors = draw(st.sampled_from([[], *[[_door(point)] for point in rows if point.nis_code in towns]]))
    return replace(service, locations=tuple(doors))


def _candidates(place, rows):
    own = [point for point in rows if point.nis_code == place.nis_code]
    if place.precision is Precision.MUNICIPALITY:
        return [place, *map(_door, own)]
    if place.precision is not Precision.LOCALITY or not own:
        return [place]
    nearest = min(sorted(own, key=lambda each: each.sector), key=lambda at: math.hypot(at.x - place.x, at.y - place.y))
    return [_door(each) for each in own if each.submunicipality_code == nearest.submunicipality_code]


def _door(point):
    return tiny_flanders.at(point.x, point.y, point.nis_code)


@given(children(), directories(status=Status.ACTIVE), choices(ages=one_group), st.data())
def test_the_bounds_hold_wherever_the_doors_turn_out_to_be(rows, known, wanted, data):
    said = found(rows, known, wanted)
    truth = found(rows, [opened(data.draw, service, rows) for service in known], wanted)
    for row, true in zip([*said.rows, said.total], [*truth.rows, truth.total], strict=True):
        if row.value is not None:
            assert at_most(row.low, true.value)
            assert at_most(true.value, row.high)


@given(children(), directories(), choices(FLOATING))
def test_all_offer_in_reach_of_somebody_is_given_out(rows, known, wanted):
    report = found(rows, known, wanted)
    given_out = (report.total.value or 0.0) * report.total.children / 1000
    assert given_out == pytest.approx(_units_in_reach(report, rows))


def _units_in_reach(report, rows):
    """Count, door by door, the units of offer that some child of their ages can reach."""
    units, asked = set(), report.request
    for service in map(report.service, range(len(report.supply.rows))):
        for at, place in enumerate(service.locations):
            for point in rows if place.is_located else ():
                is_near = np.hypot(point.x - place.x, point.y - place.y) <= asked.reach_m
                theirs = [group for group in asked.ages if service.ages.overlaps_with(group.range)]
                if is_near and any(point.children[CHILD_AGES.index(group)] for group in theirs):
                    units.add((service.id, at if asked.capacity is Capacity.LOCATION else 0))
    return len(units)


@given(children(), directories(), choices())
def test_what_is_of_another_type_changes_nothing(rows, known, wanted):
    of_type = [service for service in known if service.service_type is ServiceType.HOUSE_OF_THE_CHILD]
    assume(len(of_type) < len(known))
    assert told(found(rows, known, wanted)) == told(found(rows, of_type, wanted))


@given(children(), directories(), choices())
def test_an_area_is_told_as_it_is_among_all(rows, known, wanted):
    whole, alone = found(rows, known, wanted), found(rows, known, wanted, area="20001")
    expected = [replace(row, rank=None) for row in whole.rows if row.area.nis_codes[0].startswith("23")]
    assert [replace(row, rank=None) for row in alone.rows] == expected


def requests():
    return st.builds(
        CoverageRequest,
        types=st.frozensets(st.sampled_from(list(ServiceType)), min_size=1),
        ages=st.frozensets(st.sampled_from(CHILD_AGES), min_size=1),
        measure=measures,
        reach_m=st.floats(200, 30_000),
        capacity=st.sampled_from(Capacity),
        area=st.sampled_from(["", "11001", "elz10", "partnership:huis-van-het-kind-genk", "04000"]),
        statuses=st.frozensets(st.sampled_from(list(Status)), min_size=1),
        confidences=st.frozensets(st.sampled_from(list(Confidence)), min_size=1),
    )


@given(requests())
def test_a_link_and_its_request_are_one(request):
    again = CoverageRequest.from_query(request.to_query())
    assert again == request
    assert again.to_query() == request.to_query()


@given(requests())
def test_a_command_and_its_request_are_one(request):
    parser = argparse.ArgumentParser()
    coverage.add_arguments(parser)
    program, name, *words = shlex.split(request.command())
    args = parser.parse_args(words)
    reach_m = request.reach_m if MEASURES[request.measure].uses_reach else BICYCLE_M  # what does not count is not said
    assert (program, name) == ("opvoedkaart", coverage.NAME)
    assert coverage.request_from(args, args.area) == replace(request, reach_m=reach_m)


@given(
    st.dictionaries(
        st.sampled_from(["type", "age", "measure", "reach", "capacity", "area", "status", "confidence"]),
        st.one_of(strategies.texts, st.none(), st.floats(), st.lists(strategies.texts)),
    )
)
def test_any_link_gives_a_request(query):
    request = CoverageRequest.from_query(query)
    assert CoverageRequest.from_query(request.to_query()) == request
