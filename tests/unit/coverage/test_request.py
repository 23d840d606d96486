"""A request is checked once, and repeats itself in a link, a command and a file."""

import json
import shlex

import pytest

from geo.ages import AgeGroup
from geo.coverage import CoverageRequest, Measure
from geo.coverage.measures import MEASURES
from geo.coverage.request import BICYCLE_M, Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.errors import RequestError

EVERYTHING = CoverageRequest(
    types=frozenset({ServiceType.PARENTING_SHOP, ServiceType.HOUSE_OF_THE_CHILD}),
    ages=frozenset({AgeGroup.FROM_6_TO_11, AgeGroup.FROM_0_TO_2}),
    measure=Measure.TWO_STEP,
    reach_m=1_200.0,
    capacity=Capacity.LOCATION,
    area="partnership:huis-van-het-kind-genk",
    statuses=frozenset({Status.TEMPORARILY_CLOSED, Status.ACTIVE}),
    confidences=frozenset({Confidence.HIGH}),
)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"types": frozenset()}, "No types were chosen"),
        ({"ages": frozenset()}, "No ages were chosen"),
        ({"statuses": frozenset()}, "No statuses were chosen"),
        ({"confidences": frozenset()}, "No confidences were chosen"),
        ({"ages": frozenset({AgeGroup.PREGNANT, AgeGroup.FROM_18_TO_24})}, "Children of '18-24' are not counted"),
        ({"ages": frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.PREGNANT})}, "expected one of 0-2, 3-5, 6-11, 12-17"),
        ({"reach_m": 199.999}, "0.199999 km is no reach; expected 0.2 to 30 km"),
        ({"reach_m": 30_000.001}, "30.000001 km is no reach"),
        ({"reach_m": -1_000.0}, "-1 km is no reach"),
        ({"reach_m": float("nan")}, "nan km is no reach"),
        ({"reach_m": float("inf")}, "inf km is no reach"),
    ],
)
def test_what_cannot_be_measured_is_refused_by_name(choices, message):
    with pytest.raises(RequestError, match=message):
        CoverageRequest(**choices)


@pytest.mark.parametrize("reach_m", [200, 30_000])
def test_the_ends_of_the_reach_are_allowed(reach_m):
    assert CoverageRequest(reach_m=reach_m).reach_m == reach_m


def test_groups_go_from_young_to_old():
    request = CoverageRequest(ages=frozenset(AgeGroup(code) for code in ("12-17", "3-5", "0-2", "6-11")))
    assert request.groups == ("0-2", "3-5", "6-11", "12-17")


def test_a_link_says_what_differs_from_the_default():
    assert CoverageRequest().to_query() == {"type": "house_of_the_child", "age": "0-2", "measure": "reach"}
    assert EVERYTHING.to_query() == {
        "type": "house_of_the_child,parenting_shop",
        "age": "0-2,6-11",
        "measure": "2sfca",
        "reach": "1.2",
        "capacity": "location",
        "area": "partnership:huis-van-het-kind-genk",
        "status": "active,temporarily closed",
        "confidence": "high",
    }


@pytest.mark.parametrize("request_", [CoverageRequest(), EVERYTHING])
def test_a_link_gives_its_request_back(request_):
    assert CoverageRequest.from_query(request_.to_query()) == request_


@pytest.mark.parametrize("reach_m", [1_005.0, 1_234.567, 4_350.0, 29_999.999, 1_000.0 / 3])
def test_a_link_repeats_a_reach_exactly(reach_m):
    """1.005 times 1,000 is 1,004.9999999999999: a service at 1,005 m would be lost on the way."""
    request = CoverageRequest(reach_m=reach_m)
    assert request.reach_m == round(reach_m, 3)
    assert CoverageRequest.from_query(request.to_query()).reach_m == request.reach_m


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"type": "", "age": "", "measure": "", "reach": "", "capacity": "", "area": "", "status": "", "confidence": ""},
        {"type": "castle", "age": "pregnant,99", "measure": "joy", "reach": "far", "capacity": "7", "status": "x"},
        {"type": None, "age": ["0-2"], "reach": "nan", "area": "' or 1=1", "confidence": "HIGH "},
        {"reach": "0.1", "area": "x" * 121},
        {"reach": "31"},
        {"reach": "-inf"},
        {"area": "../../etc"},
    ],
)
def test_what_a_link_says_wrongly_falls_back_to_the_default(query):
    assert CoverageRequest.from_query(query) == CoverageRequest()


def test_what_a_link_says_rightly_is_kept_beside_what_it_says_wrongly():
    found = CoverageRequest.from_query({"type": "castle,parenting_shop", "age": "18-24,3-5", "measure": "x,nearest"})
    assert found.types == {ServiceType.PARENTING_SHOP}
    assert found.ages == {AgeGroup.FROM_3_TO_5}
    assert found.measure is Measure.NEAREST
    assert found.reach_m == BICYCLE_M


def test_a_command_says_all_that_decides_the_numbers():
    assert EVERYTHING.command() == (
        "opvoedkaart coverage --type house_of_the_child --type parenting_shop --age 0-2 --age 6-11 --measure 2sfca "
        "--reach-km 1.2 --capacity location --status active --status 'temporarily closed' --confidence high "
        "--area partnership:huis-van-het-kind-genk"
    )


@pytest.mark.parametrize("measure", list(Measure))
def test_a_command_names_the_reach_where_the_measure_uses_it(measure):
    words = shlex.split(CoverageRequest(measure=measure, reach_m=2_500.0).command())
    assert ("--reach-km" in words) is MEASURES[measure].uses_reach
    assert words[words.index("--measure") + 1] == measure.value
    assert "--area" not in words


def test_a_request_can_be_written_to_a_file():
    assert json.loads(json.dumps(EVERYTHING.to_json())) == {
        "types": ["house_of_the_child", "parenting_shop"],
        "ages": ["0-2", "6-11"],
        "measure": "2sfca",
        "reach_m": 1200.0,
        "capacity": "location",
        "area": "partnership:huis-van-het-kind-genk",
        "statuses": ["active", "temporarily closed"],
        "confidences": ["high"],
    }


def test_equal_requests_are_one_key():
    assert (
        len({CoverageRequest(reach_m=1200), CoverageRequest(reach_m=1_200.0), CoverageRequest(reach_m=1200.0001)}) == 1
    )


def test_any_set_will_do():
    request = CoverageRequest(ages={AgeGroup.FROM_0_TO_2}, types={ServiceType.PARENTING_SHOP})
    assert request == CoverageRequest(
        ages=frozenset({AgeGroup.FROM_0_TO_2}), types=frozenset({ServiceType.PARENTING_SHOP})
    )
    assert hash(request) == hash(CoverageRequest.from_query(request.to_query()))
