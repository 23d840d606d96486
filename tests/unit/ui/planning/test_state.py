"""All choices of the planning page stand in its address, and come back from it."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as given_by

from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage.request import LONGEST_M, SHORTEST_M
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.places import Area, AreaLevel
from geo.planning import Objective, PlanRequest
from geo.planning.choices import MOST_SITES, CandidateKind
from tests.support.tiny_demand import house
from tests.support.tiny_flanders import location
from tests.support.tiny_plan import book, site
from ui.planning import state
from words import i18n
from words.labels import FAMILY_TYPES

AREAS = {
    code: Area(code, level, f"Naam {code}", f"Nom {code}", (code,))
    for code, level in {
        "": AreaLevel.ALL,
        "10000": AreaLevel.PROVINCE,
        "30000": AreaLevel.PROVINCE,
        "elz1": AreaLevel.MUNICIPALITY,
    }.items()
}
GROUND = book(house("aster", location("Aster")), house("berk", location("Berk")))
ASTER, BERK, CEDER, DEN = (site(name) for name in ("Aster", "Berk", "Ceder", "Den"))
POINT = "point:4.400000_51.200000"
SITES = given_by.frozensets(given_by.sampled_from([ASTER, BERK]))
OTHERS = given_by.frozensets(given_by.sampled_from([CEDER, DEN]))
REQUESTS = given_by.builds(
    PlanRequest,
    area=given_by.sampled_from([*AREAS, "10000+30000"]),
    types=given_by.frozensets(given_by.sampled_from(FAMILY_TYPES), min_size=1),
    ages=given_by.frozensets(given_by.sampled_from(CHILD_AGES), min_size=1),
    reach_m=given_by.integers(int(SHORTEST_M), int(LONGEST_M)).map(float),
    objective=given_by.sampled_from(Objective),
    sites=given_by.integers(2, MOST_SITES),
    share=given_by.integers(1, 100).map(lambda percent: percent / 100),
    need_weight=given_by.integers(0, 10).map(lambda tenth: tenth / 10),
    kept=SITES,
    forbidden=OTHERS,
    closed=given_by.frozensets(given_by.sampled_from(["aster", "berk"])),
    candidates=given_by.sampled_from([kind for kind in CandidateKind if kind is not CandidateKind.POINTS]),
    demand_outside=given_by.booleans(),
    statuses=given_by.sampled_from([{Status.ACTIVE}, {Status.ACTIVE, Status.TEMPORARILY_CLOSED, Status.ANNOUNCED}]).map(
        frozenset
    ),
    confidences=given_by.sampled_from([{Confidence.HIGH, Confidence.MEDIUM}, set(Confidence)]).map(frozenset),
)
MOVES = given_by.lists(given_by.sampled_from([ASTER, BERK, CEDER, DEN, POINT]), unique=True, max_size=4).map(tuple)
NAMES = (
    *("tab", "area", "type", "age", "objective", "sites", "reach", "share", "need", "kept", "closed", "forbidden"),
    *("candidates", "points", "outside", "tour", "depot", "status", "confidence", "at", "lang", "x"),
)
"""Everything that may stand in the address, and one thing that may not."""
STRANGE = given_by.text(max_size=12) | given_by.sampled_from(
    [
        "nan",
        "inf",
        "-1",
        "0",
        "1e9",
        "<script>",
        "points",
        "lscp",
        "p_center",
        "0,0",
        "10000+30000",
        "point:999_999",
        "%00",
        "9" * 400,
    ]
)


class Streamlit:
    """As much of the toolkit as the state needs."""

    def __init__(self, address=""):
        self.session_state = {}
        self.query_params = Address(parse_qsl(address))


class Address(dict):
    """The part of an address after the question mark; counts how often it is written."""

    written = 0

    def from_dict(self, parts):
        self.written += 1
        self.clear()
        self.update(parts)


def visit(monkeypatch, address="", *, moved=None):
    """A visit that begins at an address."""
    toolkit = Streamlit(address)
    monkeypatch.setattr(state, "st", toolkit)
    state.start(AREAS, GROUND)
    if moved is not None:
        toolkit.session_state[state.MOVED] = moved
    return toolkit


@settings(max_examples=40)
@given(asked=REQUESTS, moved=MOVES, tab=given_by.sampled_from(state.TABS))
def test_whoever_opens_the_address_sees_the_same(asked, moved, tab):
    with pytest.MonkeyPatch.context() as patch:
        first = visit(patch)
        state.apply_request(asked, AREAS)
        first.session_state[state.MOVED], first.session_state[state.TAB] = moved, tab
        assert state.chosen_request() == asked
        state.write(asked)
        second = visit(patch, urlencode(first.query_params))
        assert state.chosen_request() == asked
        assert second.session_state[state.MOVED] == moved
        assert second.session_state[state.TAB] == tab
        state.write(state.chosen_request())
        assert second.query_params == first.query_params
        assert second.query_params.written == 0


def test_a_bus_is_in_the_address_too(monkeypatch):
    asked = PlanRequest(area="10000", tour_m=42_500.0, depot=BERK)
    first = visit(monkeypatch)
    state.apply_request(asked, AREAS)
    state.write(state.chosen_request())
    visit(monkeypatch, urlencode(first.query_params))
    assert state.chosen_request() == asked


@settings(max_examples=60)
@given(address=given_by.lists(given_by.tuples(given_by.sampled_from(NAMES), STRANGE), max_size=8))
def test_no_address_can_break_the_page(address):
    with pytest.MonkeyPatch.context() as patch:
        toolkit = visit(patch, urlencode(dict(address)))
        asked = state.chosen_request()
        assert 1 <= asked.sites <= MOST_SITES
        assert set(asked.area.split("+")) <= AREAS.keys()
        assert toolkit.session_state[state.TAB] in state.TABS
        assert all(GROUND.candidate(each) for each in toolkit.session_state[state.MOVED])


@pytest.mark.parametrize(
    "bad",
    ["area=Atlantis", "type=bakery", "age=18-24", "objective=best", "sites=31", "sites=0", "sites=-3", "reach=0",
     "reach=-5", "reach=nan", "need=2", "candidates=moon", "candidates=points", "points=1,2,3", "outside=yes",
     "status=gone", "at=nowhere:1", "at=point:nan_nan", "at=point:200_95", "tab=secret", "lang=xx"],
)  # fmt: skip
def test_what_makes_no_sense_is_as_if_it_were_not_said(monkeypatch, bad):
    good = {"area": state.FIRST_AREA, "objective": "mclp"}
    visit(monkeypatch, urlencode(good))
    expected = state.chosen_request()
    toolkit = visit(monkeypatch, urlencode({**good, **dict(parse_qsl(bad))}))
    assert state.chosen_request() == expected
    assert toolkit.session_state[state.MOVED] == ()
    assert toolkit.session_state[state.TAB] == "sites"


def test_the_first_visit_asks_for_one_province(monkeypatch):
    toolkit = visit(monkeypatch)
    assert state.chosen_request() == PlanRequest(area=state.FIRST_AREA)
    state.write(state.chosen_request())
    assert toolkit.query_params["area"] == state.FIRST_AREA


def test_the_address_is_read_once(monkeypatch):
    toolkit = visit(monkeypatch, "objective=p_median&sites=5")
    toolkit.query_params["sites"] = "9"
    state.start(AREAS, GROUND)
    assert (state.chosen_request().sites, state.chosen_request().objective) == (5, Objective.LEAST_MEAN)


@pytest.mark.parametrize(
    "gone",
    ["kept=submunicipality:gone", "forbidden=station:gone", "closed=gone", "depot=station:gone", "area=elz1%2Bgone"],
)
def test_what_does_not_exist_any_more_is_dropped_and_the_rest_stays(monkeypatch, gone):
    address = f"area={state.FIRST_AREA}&objective=p_median&sites=4"
    toolkit = visit(monkeypatch, f"{address}&{gone}")
    assert state.chosen_request() == PlanRequest(area=state.FIRST_AREA, objective=Objective.LEAST_MEAN, sites=4)
    visit(monkeypatch, f"{address}&kept={ASTER},submunicipality:gone")
    assert state.chosen_request().kept == {ASTER}
    assert toolkit.session_state[state.MOVED] == ()


def test_a_point_has_one_name_however_it_is_written(monkeypatch):
    toolkit = visit(monkeypatch, "objective=mclp&at=point:4.4_51.2")
    assert toolkit.session_state[state.MOVED] == (POINT,)


def test_another_question_leaves_the_readers_own_places_and_undo_knows_them(monkeypatch):
    toolkit = visit(monkeypatch, moved=(ASTER,))
    state.leave_own_sites()
    assert toolkit.session_state[state.MOVED] == ()
    assert toolkit.session_state[state.UNDO][-1][1] == (ASTER,)
    state.leave_own_sites()
    assert len(toolkit.session_state[state.UNDO]) == 1


@pytest.mark.parametrize("objective", [Objective.MOST_REACHED, Objective.LEAST_MEAN, Objective.LEAST_WORST])
def test_there_are_at_least_as_many_sites_as_are_kept(monkeypatch, objective):
    toolkit = visit(monkeypatch, f"objective={objective}&sites=1")
    toolkit.session_state[state.KEPT] = frozenset({ASTER, BERK, CEDER})
    assert state.chosen_request().sites == 3


def test_what_is_kept_is_not_forbidden(monkeypatch):
    toolkit = visit(monkeypatch)
    toolkit.session_state[state.KEPT] = toolkit.session_state[state.FORBIDDEN] = frozenset({ASTER})
    assert (state.chosen_request().kept, state.chosen_request().forbidden) == ({ASTER}, frozenset())


def test_a_bus_belongs_to_the_most_children_only(monkeypatch):
    toolkit = visit(monkeypatch, "objective=mclp&tour=40")
    assert state.chosen_request().tour_m == 40_000
    toolkit.session_state[state.OBJECTIVE] = Objective.LEAST_MEAN
    assert state.chosen_request().tour_m == 0


def test_undo_remembers_what_was_asked_and_moved_and_forgets_the_oldest(monkeypatch):
    toolkit = visit(monkeypatch, moved=(ASTER,))
    for sites in range(1, state.MOST_UNDO):
        toolkit.session_state[state.SITES] = sites
        state.remember_for_undo()
    last = toolkit.session_state[state.UNDO][-1]
    assert (last[0].sites, last[1]) == (state.MOST_UNDO - 1, (ASTER,))
    assert len(toolkit.session_state[state.UNDO]) == state.MOST_UNDO - 1
    for _ in range(5):
        state.remember_for_undo()
    assert len(toolkit.session_state[state.UNDO]) == state.MOST_UNDO
    assert toolkit.session_state[state.UNDO][0][0].sites == 5


@pytest.mark.parametrize("language", ["fr", "en"])
def test_another_language_stands_in_the_address(monkeypatch, language):
    toolkit = visit(monkeypatch)
    i18n.use_language(language)
    state.write(state.chosen_request())
    assert toolkit.query_params["lang"] == language


def test_other_ages_and_types_come_back_as_they_were(monkeypatch):
    visit(monkeypatch, "type=parenting_shop,play_and_encounter&age=3-5,6-11&objective=lscp&share=0.8")
    asked = state.chosen_request()
    assert asked.types == {ServiceType.PARENTING_SHOP, ServiceType.PLAY_AND_ENCOUNTER}
    assert asked.ages == {AgeGroup.FROM_3_TO_5, AgeGroup.FROM_6_TO_11}
    assert (asked.objective, asked.share) == (Objective.FEWEST_SITES, 0.8)
