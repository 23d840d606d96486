"""What every request does with its declared choices."""

import argparse
import json
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ages import CHILD_AGES
from geo.cli import find
from geo.coverage import CoverageRequest, Measure
from geo.coverage.request import Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.errors import RequestError
from geo.finder import ServiceFilter
from geo.networks import NetworkRequest
from geo.planning import PlanRequest
from geo.requests.points import point, point_text
from geo.requests.request import kinds_of
from tests import strategies

REQUESTS = (ServiceFilter, CoverageRequest, PlanRequest, NetworkRequest)
coverage = st.builds(
    CoverageRequest,
    types=st.frozensets(st.sampled_from(ServiceType), min_size=1),
    ages=st.frozensets(st.sampled_from(CHILD_AGES), min_size=1),
    measure=st.sampled_from(Measure),
    reach_m=st.floats(200, 30_000),
    capacity=st.sampled_from(Capacity),
    area=st.sampled_from(["", "30000", "partnership:huis-1"]),
    statuses=st.frozensets(st.sampled_from(Status), min_size=1),
    confidences=st.frozensets(st.sampled_from(Confidence), min_size=1),
)
networks = st.builds(NetworkRequest, min_children=st.integers(0, 100_000), cross_provinces=st.booleans())
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.one_of(coverage, networks, strategies.filters()))
def test_a_file_and_a_link_repeat_the_request(request):
    made = type(request)
    assert made.from_json(json.loads(json.dumps(request.to_json()))) == request
    assert made.from_query(request.to_query()) == request


@given(strategies.filters())
def test_the_command_of_a_filter_asks_the_same(wanted):
    parser = argparse.ArgumentParser()
    find.add_arguments(parser)
    args = parser.parse_args([*shlex.split(wanted.command())[2:], "--limit", "1", "Gent"])
    assert find.filter_from(args) == wanted


@pytest.mark.parametrize("made", REQUESTS)
def test_each_choice_is_declared_once(made):
    kinds = kinds_of(made).values()
    assert len({kind.link for kind in kinds}) == len({kind.option for kind in kinds}) == len(kinds)
    assert all(kind.link and kind.option.startswith("--") and str(kind.expected) for kind in kinds)


@pytest.mark.parametrize("made", REQUESTS)
def test_an_unknown_name_is_refused_in_a_file_and_left_out_of_a_link(made):
    with pytest.raises(RequestError, match="'colour' is no choice that can be made here; expected"):
        made.from_json({"colour": "red"})
    assert made.from_query({"colour": "red"}) == made()


@pytest.mark.parametrize("made", REQUESTS)
@given(data=st.data())
def test_any_value_of_a_file_is_used_or_refused(made, data):
    name = data.draw(st.sampled_from([*kinds_of(made), "other"]))
    document = {name: data.draw(json_values)}
    problems = list(made.problems_in(document))
    try:
        request = made.from_json(document)
    except RequestError:
        is_alone = name not in ("kept", "candidates")  # these may only not go together with the default
        assert problems or not is_alone
    else:
        assert not problems
        assert made.from_json(request.to_json()) == request


@pytest.mark.parametrize("made", [CoverageRequest, PlanRequest])
@pytest.mark.parametrize("reach_m", [1_005.0, 1_234.567, 1_000.0 / 3, 29_999.999])
def test_a_reach_is_kept_to_the_millimetre_everywhere(made, reach_m):
    request = made(reach_m=reach_m)
    assert request.reach_m == round(reach_m, 3)
    assert made.from_query(request.to_query()) == request
    assert made.from_json(request.to_json()) == request


@pytest.mark.parametrize(
    ("made", "query"),
    [
        (PlanRequest, {"sites": "3.7"}),
        (PlanRequest, {"sites": "nan", "share": "0", "tour": "0.5", "points": "x;200,1", "outside": "yes"}),
        (NetworkRequest, {"children": "10.5", "across": "0.5", "area": "<b>", "cross": "2", "partnerships": ""}),
    ],
)
def test_what_a_link_says_wrongly_falls_back(made, query):
    assert made.from_query(query) == made()


def test_a_whole_number_may_be_written_with_a_point():
    assert PlanRequest.from_query({"sites": "5.0"}).sites == 5
    assert NetworkRequest.from_query({"children": "1500.0"}).min_children == 1_500


def test_a_typed_point_is_one_point_everywhere():
    typed = (4.351_700_4, 50.846_600_3)
    request = PlanRequest(points=(typed,))
    assert request.points == ((4.3517, 50.8466),)
    assert request.to_query()["points"] == point_text(typed) == "4.351700,50.846600"
    assert point(point_text(typed, between="_")) == request.points[0]
    assert PlanRequest.from_query(request.to_query()) == request
