"""All choices of the coverage page stand in its address, and come back from it."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as given_by

from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage import CoverageRequest, Measure
from geo.coverage.request import LONGEST_M, SHORTEST_M, Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.places import Area, AreaLevel
from ui.coverage import state
from words import i18n
from words.labels import FAMILY_TYPES

AREAS = {
    code: Area(code, level, f"Naam {code}", f"Nom {code}", (code,))
    for code, level in {
        "": AreaLevel.ALL,
        "02000": AreaLevel.REGION,
        "10000": AreaLevel.PROVINCE,
        "elz1": AreaLevel.PRIMARY_CARE_ZONE,
        "partnership:huis-van-het-kind-genk": AreaLevel.PARTNERSHIP,
        "12025": AreaLevel.MUNICIPALITY,
    }.items()
}
CODES = given_by.sampled_from(list(AREAS))
REQUESTS = given_by.builds(
    CoverageRequest,
    types=given_by.frozensets(given_by.sampled_from(FAMILY_TYPES), min_size=1),
    ages=given_by.frozensets(given_by.sampled_from(CHILD_AGES), min_size=1),
    measure=given_by.sampled_from(Measure),
    reach_m=given_by.integers(int(SHORTEST_M), int(LONGEST_M)),
    capacity=given_by.sampled_from(Capacity),
    area=CODES,
    statuses=given_by.sampled_from([{Status.ACTIVE}, {Status.ACTIVE, Status.TEMPORARILY_CLOSED, Status.ANNOUNCED}]).map(
        frozenset
    ),
    confidences=given_by.sampled_from([{Confidence.HIGH, Confidence.MEDIUM}, set(Confidence)]).map(frozenset),
)
COMPARED = given_by.one_of(
    given_by.just(""), given_by.sampled_from(Measure).map(state.measure_choice), CODES.map(state.area_choice)
)
ORDERS = given_by.just("") | given_by.builds(
    "{}{}".format, given_by.sampled_from(["", "-"]), given_by.sampled_from(state.SORTABLE_COLUMNS)
)


NAMES = (
    *("type", "age", "measure", "reach", "capacity", "area", "status", "confidence"),
    *("compare", "by", "nis", "sort", "find", "profile", "lang", "x"),
)
"""Everything that may stand in the address, and one thing that may not."""


class Streamlit:
    """As much of the toolkit as the state needs."""

    def __init__(self, query):
        self.session_state, self.query_params = {}, query


@pytest.fixture
def visit(monkeypatch):
    """Return a function that lets a visitor come by a link, and returns what is remembered."""

    def come(**query):
        page = Streamlit(dict(query))
        monkeypatch.setattr(state, "st", page)
        state.start(AREAS)
        return page.session_state

    return come


def arrive(query):
    """Return the request and the address after coming by a link."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "st", Streamlit(dict(query)))
        state.start(AREAS)
        return state.chosen_request(), state.comparison_request(), state.query()


LOOKS = given_by.fixed_dictionaries(
    {
        "compare": COMPARED,
        "by": given_by.sampled_from(
            ["", *(level.value for level in state.ROW_LEVELS if level is not AreaLevel.MUNICIPALITY)]
        ),
        "nis": CODES,
        "sort": ORDERS,
        "find": given_by.text(max_size=state.LONGEST_SEARCH),
        "profile": CODES,
    }
)


@given(request=REQUESTS, looks=LOOKS)
def test_a_link_brings_everything_back(request, looks):
    link = {name: value for name, value in {**request.to_query(), **looks}.items() if value}
    understood, second, written = arrive(link)
    assert understood == request
    assert written == link
    compare = looks["compare"]
    kind, _, code = compare.partition(":")
    if second is not None:
        assert (second.measure.value if kind == "measure" else second.area) == code
        assert second != request
    else:
        assert not compare or code in (request.measure.value, request.area)


@given(
    given_by.dictionaries(
        given_by.sampled_from(NAMES),
        given_by.text(max_size=200)
        | given_by.sampled_from(["measure:", "area:", "area:99999", "-", "--name", "nan", "1e309", "-5", "name,value"]),
    )
)
def test_no_link_whatsoever_breaks_the_state(query):
    request, _second, written = arrive(query)
    again, _, rewritten = arrive(written)
    assert (again, rewritten) == (request, written), "an address that was written comes back as it is"


def test_without_a_link_the_defaults_hold(visit):
    visit()
    assert state.chosen_request() == CoverageRequest()
    assert state.comparison_request() is None
    assert state.chosen_level() is AreaLevel.MUNICIPALITY
    assert state.query() == {"type": "house_of_the_child", "age": "0-2", "measure": "reach"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "castle,<b>"),
        ("age", "pregnant"),
        ("measure", "beauty"),
        ("reach", "0.1"),
        ("reach", "31"),
        ("reach", "far"),
        ("capacity", "bed"),
        ("area", "99999"),
        ("area", "'; DROP TABLE"),
        ("status", "?"),
        ("confidence", "none"),
        ("compare", "measure:beauty"),
        ("compare", "area:99999"),
        ("compare", "reach"),
        ("by", "region"),
        ("by", "street"),
        ("nis", "99999"),
        ("sort", "--name"),
        ("sort", "colour"),
        ("profile", "99999"),
    ],
)
def test_a_value_that_makes_no_sense_is_the_default(visit, name, value):
    visit(**{name: value})
    assert state.chosen_request() == CoverageRequest()
    assert state.comparison_request() is None
    assert state.query() == {"type": "house_of_the_child", "age": "0-2", "measure": "reach"}


def test_a_search_is_cut_off_where_nobody_types_any_more(visit):
    visit(find="x" * 1000)
    assert state.query()["find"] == "x" * state.LONGEST_SEARCH


def test_a_distance_that_is_no_button_is_typed(visit):
    said = visit(reach="5")
    assert (said[state.REACH], said[state.KILOMETRES]) == (state.OTHER_REACH_M, 5.0)
    assert state.reach_m() == 5_000
    said[state.REACH] = 1_200.0
    assert state.reach_m() == 1_200
    assert state.query()["reach"] == "1.2"


def test_nothing_chosen_is_the_default(visit):
    said = visit(type="parenting_shop", age="3-5")
    said[state.TYPES], said[state.AGES] = [], []
    assert state.chosen_request() == CoverageRequest()


def test_comparing_with_the_same_is_no_comparison(visit):
    said = visit(measure="choice", compare="measure:choice")
    assert state.comparison_request() is None
    said[state.MEASURE] = Measure.REACH
    second = state.comparison_request()
    assert second is not None
    assert (second.measure, state.chosen_request().measure) == (Measure.CHOICE, Measure.REACH)


def test_a_visit_takes_its_link_over_once(visit):
    said = visit(age="3-5", nis="12025")
    said[state.AGES] = [AgeGroup.FROM_6_TO_11]
    state.start(AREAS)
    assert state.query()["age"] == "6-11"


def test_the_link_to_a_profile_keeps_what_is_counted_and_drops_what_is_looked_at(visit):
    visit(
        type="parenting_shop,iapsc_team", age="0-2,3-5", measure="choice", reach="5", area="10000", nis="12025",
        sort="-value", find="me", by="province", compare="measure:reach", confidence="high,low,medium",
    )  # fmt: skip
    address = urlsplit(state.profile_link("12025"))
    assert address.path == "coverage"
    assert dict(parse_qsl(address.query)) == {
        "type": "iapsc_team,parenting_shop",
        "age": "0-2,3-5",
        "measure": "choice",
        "reach": "5",
        "confidence": "high,low,medium",
        "profile": "12025",
    }
    request, _, _ = arrive(dict(parse_qsl(address.query)))
    assert request.types == {ServiceType.PARENTING_SHOP, ServiceType.IAPSC_TEAM}


def test_the_link_back_to_the_map_keeps_the_choices_and_the_language(visit):
    visit(measure="nearest", profile="12025", age="6-11")
    i18n.use_language("fr")
    assert dict(parse_qsl(urlsplit(state.map_link(nis="12025", profile="")).query)) == {
        "type": "house_of_the_child",
        "age": "6-11",
        "measure": "nearest",
        "nis": "12025",
        "lang": "fr",
    }


def test_the_code_of_a_partnership_stands_in_a_link_as_it_is(visit):
    visit()
    code = "partnership:huis-van-het-kind-genk"
    assert f"profile={code}" in state.profile_link(code)
