"""A request for a plan: what it refuses, and that link, file and command line tell the same."""

import argparse
import json
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ages import CHILD_AGES
from geo.cli import plan
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.errors import RequestError
from geo.planning import Objective, PlanRequest
from geo.planning.choices import CandidateKind

ONE_ID = r"(station:[0-9]{1,9}|submunicipality:[0-9]{5}[A-Z]|[a-z][a-z0-9-]{0,20})"
IDS = st.frozensets(st.from_regex(ONE_ID, fullmatch=True), max_size=5)
POINTS = st.tuples(st.integers(-180_000, 180_000), st.integers(-90_000, 90_000)).map(
    lambda point: (point[0] / 1000, point[1] / 1000)
)
PARAMETERS = (
    *("area", "type", "age", "objective", "sites", "reach", "share", "need", "kept", "closed", "forbidden"),
    *("candidates", "points", "outside", "tour", "depot", "status", "confidence"),
)


@st.composite
def requests(draw):
    kept, points = draw(IDS), draw(st.lists(POINTS, max_size=4))
    objective = draw(st.sampled_from(Objective))
    kinds = list(CandidateKind) if points else [kind for kind in CandidateKind if kind is not CandidateKind.POINTS]
    is_round = objective is Objective.MOST_REACHED and draw(st.booleans())
    return PlanRequest(
        area=draw(st.sampled_from(["", "30000", "11001+11002", "partnership:huis-1"])),
        types=draw(st.frozensets(st.sampled_from(ServiceType), min_size=1)),
        ages=draw(st.frozensets(st.sampled_from(CHILD_AGES), min_size=1)),
        reach_m=draw(st.integers(2, 300)) * 100.0,
        objective=objective,
        sites=draw(st.integers(max(1, len(kept)), 30)),
        share=draw(st.integers(1, 100)) / 100 if objective is Objective.FEWEST_SITES else 0.95,
        need_weight=draw(st.integers(0, 10)) / 10,
        kept=kept,
        closed=draw(IDS),
        forbidden=draw(IDS) - kept,
        candidates=draw(st.sampled_from(kinds)),
        points=tuple(points),
        demand_outside=draw(st.booleans()),
        tour_m=draw(st.integers(1, 400)) * 1000.0 if is_round else 0.0,
        depot=draw(st.sampled_from(["", "station:1"])),
        statuses=draw(st.frozensets(st.sampled_from(Status), min_size=1)),
        confidences=draw(st.frozensets(st.sampled_from(Confidence), min_size=1)),
    )


@given(requests())
def test_a_link_and_its_request_are_one(request):
    assert PlanRequest.from_query(request.to_query()) == request


@given(requests())
def test_a_file_and_its_request_are_one(request):
    assert PlanRequest.from_json(json.loads(json.dumps(request.to_json()))) == request


@given(requests())
def test_the_command_line_asks_the_same(request):
    parser = argparse.ArgumentParser()
    plan.add_arguments(parser)
    args = parser.parse_args(shlex.split(request.command())[2:])
    asked = plan.request_from(args, args.area)
    is_share = request.objective is Objective.FEWEST_SITES
    told = {name: value for name, value in asked.to_json().items() if not (is_share and name == "sites")}
    assert told == {name: value for name, value in request.to_json().items() if name in told}


texts = st.one_of(
    st.text(max_size=30), st.sampled_from(["nan", "-1", "1e9", "0", "points", "p_median", "a+b", "1,2;3"])
)


@given(st.dictionaries(st.sampled_from(PARAMETERS), texts))
def test_any_link_gives_a_request(query):
    request = PlanRequest.from_query(query)
    assert PlanRequest.from_query(request.to_query()) == request


def test_a_link_is_short_for_the_defaults():
    assert PlanRequest().to_query() == {
        "type": "house_of_the_child",
        "age": "0-2",
        "objective": "mclp",
        "sites": "3",
    }


def test_kilometres_of_a_link_are_whole_metres():
    assert PlanRequest.from_query({"reach": "16.1", "tour": "16.1"}).reach_m == 16_100.0
    assert PlanRequest.from_query({"reach": "16.1", "tour": "16.1"}).tour_m == 16_100.0


def test_a_plus_in_a_link_may_arrive_as_a_space():
    assert PlanRequest.from_query({"area": "11001 11002"}).area == "11001+11002"


def test_long_lists_stay_out_of_a_link():
    many = frozenset(f"station:{number}" for number in range(41))
    assert "forbidden" not in PlanRequest(forbidden=many).to_query()


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"sites": 0}, "0 is no number of new sites"),
        ({"sites": 31}, "31 is no number of new sites"),
        ({"share": 0.0}, "0 is no share"),
        ({"share": 1.01}, "1.01 is no share"),
        ({"need_weight": -0.1}, "-0.1 is no weight of need"),
        ({"need_weight": float("nan")}, "nan is no weight of need"),
        ({"reach_m": 10.0}, "0.01 km is no reach"),
        ({"types": frozenset()}, "No types were chosen"),
        ({"kept": frozenset("abcd")}, "4 sites are kept, but only 3 asked for"),
        ({"kept": frozenset("a"), "forbidden": frozenset("a")}, "'a' is both kept and forbidden"),
        ({"candidates": CandidateKind.POINTS}, "No points were given"),
        ({"points": ((200.0, 50.0),)}, "200,50 is no point"),
        ({"tour_m": 10.0}, "0.01 km is no length of a round"),
        ({"tour_m": 5000.0, "objective": Objective.LEAST_MEAN}, "for the most children reached only"),
    ],
)
def test_what_cannot_be_asked(choices, message):
    with pytest.raises(RequestError, match=message):
        PlanRequest(**choices)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"colour": "red"}, "'colour' is no choice that can be made here; expected area, types, ages"),
        ({"types": ["castle"]}, 'types: \\["castle"\\] cannot be used; expected a list of kinds of help'),
        ({"objective": "best"}, "objective: best cannot be used; expected one of the objectives: mclp"),
        ({"sites": "three"}, "sites: three cannot be used; expected a whole number"),
        ({"sites": True}, "sites: true cannot be used"),
        ({"demand_outside": 1}, "demand_outside: 1 cannot be used; expected yes or no"),
        ({"types": "parenting_shop"}, "types: parenting_shop cannot be used"),
        ({"points": [[1.0]]}, "points: \\[\\[1.0\\]\\] cannot be used; expected a list of longitudes and latitudes"),
        ({"points": 5}, "points: 5 cannot be used"),
        ({"area": None}, "area: null cannot be used; expected the code of an area"),
        ({"reach_m": float("inf")}, "reach_m: Infinity cannot be used; expected metres"),
    ],
)
def test_a_file_that_was_edited_badly_gets_a_sentence(document, message):
    with pytest.raises(RequestError, match=message):
        PlanRequest.from_json(document)
