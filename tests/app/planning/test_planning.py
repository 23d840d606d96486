"""The planning page without a browser: every choice, held against what `geo.planning.search` answers to it."""

import itertools
import json
import threading
from functools import cache
from urllib.parse import parse_qsl

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from geo.ages import AgeGroup
from geo.coverage import Measure
from geo.directory import ServiceType
from geo.planning import Objective, PlanRequest, search
from geo.planning.choices import CandidateKind
from tests.app import support
from tests.support import shipped
from ui import jobs
from ui.coverage import state as coverage_state
from ui.planning import answers, sentences, state
from words import i18n

PATIENCE_S = 60
PROVINCE = "30000"
DEFAULT = {"area": PROVINCE, "type": "house_of_the_child", "age": "0-2", "objective": "mclp", "sites": "3"}
SHOP = ServiceType.PARENTING_SHOP
IEPER = "point:2.88333_50.85000"


@cache
def book():
    """What the app plans on."""
    return shipped.book()


@cache
def planned(**choices):
    """What the domain answers; no site depends on the day."""
    return search.solve(book(), PlanRequest(**{"area": PROVINCE, **choices}), today=support.TODAY)


def given(sites, **choices):
    """What the domain says of places that somebody chose."""
    return search.evaluate(book(), PlanRequest(**{"area": PROVINCE, **choices}), sites, today=support.TODAY)


def opened(**query):
    return settled(support.opened("planning", **query))


def settled(app):
    """Wait for the search, as the page does, and draw what came of it; what was there before stays until then."""
    assert not app.exception
    while answers.SLOT in app.session_state:
        job = app.session_state[answers.SLOT]
        assert job.search.done.wait(PATIENCE_S)
        app.run()
        assert not app.exception
        if app.session_state[answers.SLOT] is job:  # answered, refused or stopped
            break
    return app


def _answered(app):
    return any(element.proto.component_name == "opvoedkaart_plan" for element in app.get("bidi_component"))


def _component(app):
    (found,) = (
        element.proto for element in app.get("bidi_component") if element.proto.component_name == "opvoedkaart_plan"
    )
    return found


def sent(app):
    """What the list and the map get."""
    return json.loads(_component(app).json)


def wish(app, **what):
    """Let the list or the map say what the reader wants, as the browser does."""
    states = app._tree.get_widget_states()
    events = json.dumps([{"event": "wish", "value": what}])
    name = f"$$STREAMLIT_INTERNAL_KEY_{_component(app).id}__events"
    states.widgets.append(WidgetState(id=name, json_trigger_value=events))
    return settled(app._run(states))


def move(app, at, **where):
    return wish(app, do="move", at=at, sites=ids(app), **where)


def choose(app, key, value):
    return settled(app.selectbox(key=key).set_value(value).run())


def undo(app):
    return settled(app.button(key="plan-undo-button").click().run())


def can_undo(app):
    return not app.button(key="plan-undo-button").disabled


def ids(app):
    return [each["id"] for each in sent(app)["sites"]]


def agrees(app, plan):
    """Headline, numbered places, map and gains say what the domain says, whoever measured the seconds."""
    data = sent(app)
    assert ids(app) == [place.id for place in plan.places]
    assert [(each["lat"], each["lon"]) for each in data["map"]["sites"]] == [(p.lat, p.lon) for p in plan.places]
    assert [each["said"] for each in data["sites"]] == [sentences.site_text(site) for site in plan.sites]
    assert data["headline"][0] == sentences.headline_sentences(plan)[0]
    assert [(row["code"], row["gain"]) for row in data["gains"]] == [
        (row.nis_code, sentences.gain_text(row)) for row in plan.gains
    ]
    assert data["assumptions"] == sentences.assumptions_to_tell(plan)
    assert data["map"]["codes"] == list(plan.area.nis_codes)
    return data


# --- asking --------------------------------------------------------------------------------------------------------


def test_the_first_view_is_a_proven_proposal_for_one_province():
    app = opened()
    plan = planned()
    agrees(app, plan)
    assert support.query(app) == DEFAULT
    assert plan.proof.gap == 0.0
    assert not can_undo(app)
    assert not any(button.key == "plan-back" for button in app.button)


@pytest.mark.parametrize("objective", Objective)
def test_every_objective_is_told_as_it_is_solved(objective):
    app = opened(**DEFAULT)
    choose(app, state.OBJECTIVE, objective)
    agrees(app, planned(objective=objective))
    assert support.query(app) == {**DEFAULT, "objective": objective.value}


@pytest.mark.parametrize("province", ["70000"])
def test_another_province_is_planned(province):
    agrees(opened(**{**DEFAULT, "area": province}), planned(area=province))


def test_types_ages_number_need_and_doors_narrow_the_question_together():
    app = opened(**DEFAULT)
    settled(app.multiselect(key=state.TYPES).set_value([SHOP, ServiceType.PLAY_AND_ENCOUNTER]).run())
    settled(app.multiselect(key=state.AGES).set_value([AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5]).run())
    settled(app.number_input(key=state.SITES).set_value(5).run())
    settled(app.slider(key=state.NEED).set_value(50).run())
    choose(app, state.CANDIDATES, CandidateKind.SERVICE)
    settled(app.toggle(key=state.OUTSIDE).set_value(True).run())
    wanted = PlanRequest(
        area=PROVINCE,
        types=frozenset({SHOP, ServiceType.PLAY_AND_ENCOUNTER}),
        ages=frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5}),
        sites=5,
        need_weight=0.5,
        candidates=CandidateKind.SERVICE,
        demand_outside=True,
    )
    agrees(app, search.solve(book(), wanted, today=support.TODAY))
    assert support.query(app) == wanted.to_query()


def test_a_bus_has_its_round_on_the_map():
    app = opened(**DEFAULT, tour="60")
    plan = planned(tour_m=60_000.0)
    data = agrees(app, plan)
    assert 0 < plan.tour_m <= 60_000
    assert data["map"]["tour"] == [[stop.lat, stop.lon] for stop in plan.tour]


def test_a_service_that_closes_shows_who_loses():
    app = opened(**DEFAULT)
    (plan, rows) = planned(), planned().problem.supply.rows
    closing = plan.problem.book.dataset.directory.services[int(rows[0])].id
    settled(app.multiselect(key=state.CLOSED).set_value([closing]).run())
    after = planned(closed=frozenset({closing}))
    data = agrees(app, after)
    assert support.query(app)["closed"] == closing
    losers = {row.nis_code for row in after.losers}
    assert losers <= {row["code"] for row in data["gains"] if row["loses"]}


def test_thirty_sites_come_numbered():
    app = opened(**{**DEFAULT, "sites": "30"})
    data = agrees(app, planned(sites=30))
    assert [each["n"] for each in data["sites"]] == list(range(1, len(data["sites"]) + 1))
    assert len(data["sites"]) == 30


def test_a_gap_on_the_coverage_page_leads_to_a_plan_with_the_same_choices():
    wanted = PlanRequest(area="elz1", types=frozenset({SHOP}), reach_m=5_000.0, need_weight=0.0)
    page, _, query = coverage_state.plan_link(wanted.coverage(Measure.REACH)).partition("?")
    app = opened(**dict(parse_qsl(query)))
    assert page == "planning"
    asked = PlanRequest.from_query(support.query(app))
    assert (asked.types, asked.ages, asked.reach_m) == (wanted.types, wanted.ages, wanted.reach_m)
    agrees(app, search.solve(book(), asked, today=support.TODAY))


# --- changing ------------------------------------------------------------------------------------------------------


def test_what_is_kept_stays_and_what_is_forbidden_goes_and_undo_brings_both_back():
    app = opened(**DEFAULT)
    first, second, third = ids(app)
    wish(app, do="keep", id=second)
    agrees(app, planned(kept=frozenset({second})))
    assert [each["id"] for each in sent(app)["sites"] if each["kept"]] == [second]
    assert support.query(app)["kept"] == second
    wish(app, do="forbid", id=first)
    agrees(app, planned(kept=frozenset({second}), forbidden=frozenset({first})))
    assert first not in ids(app)
    assert second in ids(app)
    assert support.query(app) == {**DEFAULT, "kept": second, "forbidden": first}
    undo(app)
    assert support.query(app) == {**DEFAULT, "kept": second}
    undo(app)
    assert support.query(app) == DEFAULT
    agrees(app, planned())
    assert not can_undo(app)
    assert ids(app) == [first, second, third]


def test_keeping_twice_lets_go():
    app = opened(**DEFAULT)
    first, *_ = ids(app)
    wish(app, do="keep", id=first)
    wish(app, do="keep", id=first)
    assert support.query(app) == DEFAULT
    agrees(app, planned())


def test_a_place_that_is_forbidden_is_not_kept_any_more():
    app = opened(**DEFAULT)
    first, *_ = ids(app)
    wish(app, do="keep", id=first)
    wish(app, do="forbid", id=first)
    assert support.query(app) == {**DEFAULT, "forbidden": first}
    agrees(app, planned(forbidden=frozenset({first})))


@pytest.mark.parametrize("objective", Objective)
def test_a_moved_place_tells_the_loss_against_the_optimum(objective):
    app = opened(**{**DEFAULT, "objective": objective.value})
    best = planned(objective=objective)
    there = ids(app)
    move(app, 0, lon=2.88333, lat=50.85)
    mine = given([IEPER, *there[1:]], objective=objective)
    data = agrees(app, mine)
    assert data["headline"][-1] == sentences.loss_sentence(mine, best)
    assert [book().candidate(each).id for each in support.query(app)["at"].split(",")] == ids(app)
    assert support.query(app)["objective"] == objective.value
    settled(app.button(key="plan-back").click().run())
    agrees(app, best)
    assert "at" not in support.query(app)
    undo(app)
    agrees(app, mine)
    undo(app)
    agrees(app, best)


def test_no_place_of_the_readers_own_is_better_than_the_optimum():
    app = opened(**DEFAULT)
    best = planned()
    move(app, 2, lon=3.2, lat=51.0)
    assert given(ids(app)).proof.value < best.proof.value
    less = best.proof.value - given(ids(app)).proof.value
    assert any(i18n.number_text(round(less, -2)) in line for line in sent(app)["headline"])


def test_a_place_can_be_typed():
    app = opened(**DEFAULT)
    first, _, third = ids(app)
    move(app, 1, text="Diksmuide")
    moved = ids(app)
    assert moved[0] == first
    assert moved[2] == third
    place = support.place("Diksmuide")
    assert book().candidate(moved[1]).nis_code == place.nis_code
    agrees(app, given(moved))


def test_what_is_no_place_moves_nothing():
    app = opened(**DEFAULT)
    there = ids(app)
    for nowhere in ({"text": "qqqqqqq"}, {"text": ""}, {}, {"lon": "3", "lat": "51"}):
        data = sent(move(app, 0, **nowhere))
        assert data["problem"]["at"] == 0
        assert data["problem"]["text"]
    for at in (3, -1, "0", None):
        move(app, at, text="Diksmuide")
    agrees(app, planned())
    assert ids(app) == there
    assert support.query(app) == DEFAULT
    assert not can_undo(app)


def test_a_name_of_several_places_asks_which_one():
    app = opened(**DEFAULT)
    move(app, 0, text=support.ambiguous())
    problem = sent(app)["problem"]
    assert problem["text"]
    assert len(problem["choices"]) > 1
    chosen = problem["choices"][0][0]
    move(app, 0, text=chosen)
    assert ids(app)[0] == book().candidate(chosen).id
    assert not sent(app)["problem"]


def test_a_place_stands_once():
    app = opened(**DEFAULT)
    move(app, 0, text=ids(app)[1])
    agrees(app, planned())
    assert sent(app)["problem"]["at"] == 0


def test_another_area_leaves_the_readers_own_places_and_undo_brings_both_back():
    app = opened(**DEFAULT)
    move(app, 0, text="Diksmuide")
    mine = ids(app)
    choose(app, state.AREA, "70000")
    agrees(app, planned(area="70000"))
    assert "at" not in support.query(app)
    undo(app)
    assert ids(app) == mine
    assert support.query(app)["area"] == PROVINCE


def test_a_place_that_is_not_wanted_leaves_the_other_own_places():
    app = opened(**DEFAULT)
    move(app, 0, text="Diksmuide")
    first, second, third = ids(app)
    wish(app, do="forbid", id=second)
    assert ids(app) == [first, third]
    assert second not in ids(app)


def test_an_own_point_can_be_refused_too():
    app = opened(**DEFAULT)
    move(app, 0, lon=2.88333, lat=50.85)
    point, second, third = ids(app)
    assert point.startswith("point:")
    wish(app, do="forbid", id=point)
    assert ids(app) == [second, third]


def test_an_unknown_wish_changes_nothing():
    app = opened(**DEFAULT)
    wish(app, do="burn", id=ids(app)[0])
    agrees(app, planned())
    assert support.query(app) == DEFAULT


# --- before and after ----------------------------------------------------------------------------------------------


def test_before_shows_today_on_the_map_and_after_the_plan():
    app = opened(**DEFAULT)
    after = sent(app)["map"]
    app.button_group(key=state.SHOWN).set_value(["before"]).run()
    before = sent(app)["map"]
    assert before["sites"] == []
    assert before["codes"] == after["codes"]
    changed = {
        code for code, was, now in zip(after["codes"], before["classes"], after["classes"], strict=True) if was != now
    }
    gained = {row.nis_code for row in planned().gains if row.gain > 0.5}
    assert changed
    assert changed <= gained
    assert support.query(app) == DEFAULT


# --- the address ---------------------------------------------------------------------------------------------------


def test_a_share_link_brings_everything_back():
    first = opened(**DEFAULT)
    one, two, _ = ids(first)
    wish(first, do="keep", id=two)
    wish(first, do="forbid", id=one)
    move(first, 0, text="Diksmuide")
    link = support.query(first)
    second = opened(**link)
    assert support.query(second) == link
    assert {**sent(second), "words": 0, "headline": 0} == {**sent(first), "words": 0, "headline": 0}
    assert sent(second)["headline"][0] == sent(first)["headline"][0]


@pytest.mark.parametrize(
    "bad",
    [
        {"share": "0.001", "objective": "lscp", "area": "40000"},
        {"need": "0.55", "reach": "0.37", "candidates": "points", "points": "3.2,51.0;3.1,50.9"},
        {
            "area": "Atlantis",
            "at": "point:nan_nan,<script>",
            "type": "flemish_coordinator",
            "tab": "<b>",
            "sites": "nan",
        },
        {
            "kept": "submunicipality:nope",
            "closed": "nope",
            "forbidden": "<script>",
            "depot": "station:nope",
            "tour": "50",
        },
        {"area": "31005+36015", "at": "point:0_0"},
    ],
)
def test_no_address_breaks_the_page(bad):
    app = opened(**{**DEFAULT, **bad})
    assert not app.warning
    assert sent(app)["headline"]
    assert app.selectbox(key=state.AREA).value == bad.get("area", PROVINCE).replace("Atlantis", PROVINCE)


def test_another_language_says_the_same_plan():
    i18n.use_language("fr")  # a choice is sent back by its word, also when the page is run again while it searches
    app = opened(**DEFAULT, lang="fr")
    data = sent(app)
    assert data["lang"] == "fr"
    assert data["headline"][0] == sentences.headline_sentences(planned())[0]
    assert support.query(app) == {**DEFAULT, "lang": "fr"}


def test_two_visitors_do_not_share_their_choices():
    one, two = opened(**DEFAULT), opened(**DEFAULT)
    first, *_ = ids(one)
    wish(one, do="forbid", id=first)
    move(one, 0, text="Diksmuide")
    two.run()
    agrees(two, planned())
    assert support.query(two) == DEFAULT
    assert not can_undo(two)


# --- stopping ------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(monkeypatch):
    """Searches that wait until they are let go or stopped; told to `find`, they look at once before they stop."""
    jobs._searches.clear()
    go, looks = threading.Event(), {"find": 0}

    def slow(*args, should_stop, on_progress, **options):
        while not go.wait(0.005) and not should_stop():
            pass
        asked = itertools.count()
        return search.solve(*args, should_stop=lambda: should_stop() and next(asked) >= looks["find"], **options)

    monkeypatch.setattr(answers, "solve", slow)
    yield go, looks
    go.set()
    jobs._searches.clear()


def stopped(app):
    """Press Stop, and wait for the search as the page does."""
    job = app.session_state[answers.SLOT]
    app.button(key="plan-stop").click().run()
    assert job.search.done.wait(PATIENCE_S)
    app.run()
    assert not app.exception
    return job


def test_stop_shows_the_best_found_by_then_which_is_no_answer_for_others(held):
    go, looks = held
    looks["find"] = 1
    app = support.opened("planning", **DEFAULT)
    job = stopped(app)
    assert job.search.outcome.was_stopped
    assert [info.value for info in app.info] == ["Gestopt. Dit is het beste dat tot dan gevonden was."]
    assert _answered(app)
    assert "plan-command" not in str(app.main)  # half a search is nothing to take along
    go.set()
    agrees(opened(**DEFAULT), planned())
    app.button(key="plan-again").click().run()
    agrees(settled(app), planned())
    assert not app.info


def test_a_fault_while_searching_is_told_with_a_way_on(monkeypatch):
    jobs._searches.clear()
    with monkeypatch.context() as broken:
        broken.setattr(answers, "solve", lambda *_, **__: 1 / 0)
        app = settled(support.opened("planning", **DEFAULT))
        assert [error.value for error in app.error] == [
            "De zoektocht brak af door een fout in dit programma. Er is niets veranderd."
        ]
    app.button(key="plan-again").click().run()
    agrees(settled(app), planned())
    assert not app.error


def test_a_long_search_can_be_stopped_and_begun_again(held):
    go, _ = held
    app = support.opened("planning", objective="lscp", type="house_of_the_child", age="0-2", sites="3")
    assert not app.exception
    job = stopped(app)
    assert job.was_stopped
    assert [info.value for info in app.info] == ["Gestopt. Er is niets veranderd."]
    assert not _answered(app)
    app.button(key="plan-again").click().run()
    second = app.session_state[answers.SLOT]
    assert second is not job
    go.set()
    choose(app, state.OBJECTIVE, Objective.LEAST_WORST)
    assert second.search.done.wait(PATIENCE_S)
    assert second.was_left
    assert ids(app)
    assert support.query(app)["objective"] == Objective.LEAST_WORST
