"""The tab of networks without a browser: every choice, held against what `geo.networks.plan` answers to it."""

import json
import shlex
import threading
from functools import cache

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from geo.ages import AgeGroup
from geo.cli import main
from geo.directory import ServiceType
from geo.networks import NetworkRequest, search
from geo.networks.partition.column_generation import bound_by_list
from geo.solver.control import Step
from tests.app import support
from ui import jobs
from ui.networks import answers, page, state

PATIENCE_S = 60
SMALL = {"tab": "networks", "area": "38000", "age": "0-2", "children": "300", "across": "30"}  # seven municipalities
REQUEST = NetworkRequest(area="38000", min_children=300, max_across_km=30.0)
TOO_MANY = {**SMALL, "children": "90000"}


@cache
def dataset():
    return support.data()


@cache
def answered(request=REQUEST):
    """What the domain answers; small enough that the answer is the best there is, however long it may look."""
    places = search.possible_seats(support.data().gazetteer)
    found = search.propose(dataset(), dataset().adjacency, request, places=places)
    assert found.gap == pytest.approx(0.0, abs=1e-9)
    return found


def opened(**query):
    return settled(support.opened("planning", **query))


def settled(app):
    """Wait for the search, as the page does, until it shows what came of it."""
    assert not app.exception
    while not _components(app):
        assert app.session_state["networks-job"].search.done.wait(PATIENCE_S)
        app.run()
        assert not app.exception
    return app


def _components(app):
    parts = [element.proto for element in app.get("bidi_component")]
    return [part for part in parts if part.component_name == "opvoedkaart_networks"]


def sent(app):
    (component,) = _components(app)
    return json.loads(component.json)


def wish(app, **what):
    """Let the list or the map say what the reader chose, as the browser does."""
    states = app._tree.get_widget_states()
    events = json.dumps([{"event": "wish", "value": what}])
    name = f"$$STREAMLIT_INTERNAL_KEY_{_components(app)[0].id}__events"
    states.widgets.append(WidgetState(id=name, json_trigger_value=events))
    return settled(app._run(states))


def agrees(app, found):
    """List and map show these networks, and nothing else."""
    data = sent(app)
    shown = data["map"]
    assert [tuple(group) for group in shown["groups"]] == [network.members for network in found.networks]
    assert [each["heart"] for each in data["networks"]] == [network.heart for network in found.networks]
    assert shown["seats"] == [[each.seat.place.lat, each.seat.place.lon] for each in found.networks]
    left = {code for code, at in zip(shown["codes"], shown["classes"], strict=True) if at < 0}
    assert left == {each.nis_code for each in found.left_over} == {each["code"] for each in data["left"]}
    colour = dict(zip(shown["codes"], shown["classes"], strict=True))
    for network in found.networks:
        assert len({colour[code] for code in network.members}) == 1
    return data


def test_the_page_shows_what_the_domain_proposes():
    app = opened(**SMALL)
    data = agrees(app, answered())
    for shown, network in zip(data["networks"], answered().networks, strict=True):
        located = [each for offer in network.offers for each in offer.located]
        assert [each for offer in shown["offers"] for each in offer["located"]] == located
        assert len(shown["missing"]) == len(network.missing)
        assert set(located) <= data["services"].keys()


def test_choices_change_the_answer_and_the_address():
    app = opened(**SMALL)
    settled(app.number_input(key=state.CHILDREN).set_value(600).run())
    settled(app.number_input(key=state.ACROSS).set_value(40.0).run())
    settled(app.multiselect(key=state.AGES).set_value([AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5]).run())
    settled(app.multiselect(key=state.TYPES).set_value([ServiceType.PLAY_AND_ENCOUNTER]).run())
    settled(app.toggle(key=state.KEEP).set_value(False).run())
    settled(app.toggle(key=state.CROSS).set_value(True).run())
    request = NetworkRequest(
        area="38000",
        ages=frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5}),
        min_children=600,
        max_across_km=40.0,
        cross_provinces=True,
        keep_partnerships=False,
        types=frozenset({ServiceType.PLAY_AND_ENCOUNTER}),
    )
    agrees(app, answered(request))
    assert support.query(app) == {"tab": "networks", **request.to_query()}
    assert agrees(opened(**support.query(app)), answered(request)) == sent(app)


@pytest.mark.parametrize(
    ("query", "request_"),
    [
        (SMALL, REQUEST),
        ({**SMALL, "children": "-5", "across": "nan"}, NetworkRequest(area="38000")),
        ({**SMALL, "across": "1e999", "type": "<script>"}, NetworkRequest(area="38000", min_children=300)),
        ({**SMALL, "age": "99", "nis": "<b>"}, REQUEST),
    ],
)
def test_an_address_that_makes_no_sense_falls_back(query, request_):
    app = opened(**query)
    agrees(app, answered(request_))
    assert support.query(app) == {"tab": "networks", **request_.to_query()}


@pytest.mark.parametrize("area", ["nowhere", "35013"])
def test_an_area_that_cannot_be_grouped_becomes_a_province(area):
    """35013 is Oostende: it joins forces with others in its province."""
    app = support.opened("planning", **{**SMALL, "area": area})
    assert not app.exception
    assert app.selectbox(key=state.AREA).value == "30000"


def test_without_choices_a_province_is_asked():
    app = support.opened("planning", tab="networks")
    assert not app.exception
    assert state.FIRST_REQUEST.to_query().items() <= support.query(app).items()


def test_what_is_chosen_stands_in_the_address():
    app = opened(**SMALL)
    chosen = sent(app)["networks"][0]["heart"]
    wish(app, do="select", code=chosen)
    assert support.query(app)["nis"] == chosen
    assert sent(app)["began"] == ""  # the browser knows it by itself: nothing is sent anew
    assert sent(opened(**support.query(app)))["began"] == chosen
    wish(app, do="select", code="<img>")
    assert "nis" not in support.query(app)


def test_two_visitors_do_not_share_their_choices():
    one, other = opened(**SMALL), opened(**SMALL)
    settled(one.number_input(key=state.CHILDREN).set_value(600).run())
    other.run()
    assert other.number_input(key=state.CHILDREN).value == 300
    agrees(other, answered())


def test_what_is_left_over_says_why():
    app = opened(**TOO_MANY)
    data = sent(app)
    assert data["networks"] == []
    assert len(data["left"]) == len(data["map"]["codes"]) == len(_towns())
    assert all("90.000" in each["said"] for each in data["left"])


def _towns():
    return [code for network in answered().networks for code in network.members]


def test_nothing_chosen_is_the_default():
    app = opened(**SMALL)
    settled(app.multiselect(key=state.AGES).set_value([]).run())
    settled(app.multiselect(key=state.TYPES).set_value([]).run())
    agrees(app, answered())


@pytest.mark.parametrize("kind", ["csv", "geojson"])
def test_a_file_is_what_the_command_of_the_page_writes(kind, capsys):
    app = opened(**SMALL)
    (command,) = [code.value for code in app.code]
    assert command == REQUEST.command()
    assert main.main([*shlex.split(command)[1:], "--format", kind]) == 0
    written = capsys.readouterr().out
    assert page._file_maker(answered(), kind)().decode().split() == written.split()


@pytest.fixture
def held(monkeypatch):
    """Searches that wait for the event that is given, where they can be stopped as any; and the list of those begun."""
    jobs._searches.clear()
    go, begun = threading.Event(), []

    def slow(*args, **options):
        begun.append(args)
        while not go.wait(0.005) and not options["should_stop"]():
            pass
        return search.propose(*args, **options)

    monkeypatch.setattr(answers, "propose", slow)
    yield go, begun
    go.set()
    jobs._searches.clear()


def stopped(app):
    """Press Stop, and wait for the search as the page does."""
    app.button(key="networks-stop").click().run()
    assert app.session_state["networks-job"].search.done.wait(PATIENCE_S)
    app.run()
    assert not app.exception
    return app


def test_stop_ends_the_search_and_it_can_be_begun_anew(held):
    go, begun = held
    app = support.opened("planning", **SMALL)
    assert not app.exception
    assert not _components(app)
    stopped(app)
    assert [info.value for info in app.info] == ["Gestopt. Er is niets veranderd."]
    assert not _components(app)
    assert "networks-stop" not in [button.key for button in app.button]
    assert support.query(app) == {"tab": "networks", **REQUEST.to_query()}  # what was asked still stands
    app.button(key="networks-again").click().run()
    go.set()
    agrees(settled(app), answered())
    assert len(begun) == 2
    assert not app.info


@pytest.fixture
def unproven(monkeypatch):
    """A search that has its first answer, and goes on to prove one only when it is let go: both are told."""
    jobs._searches.clear()
    go, is_found = threading.Event(), threading.Event()

    def later(pool, listed, costs, control):
        is_found.set()
        while control.may_go_on(Step.BOUND) and not go.wait(0.005):
            pass
        return bound_by_list(pool, listed, costs, control)

    monkeypatch.setattr("geo.networks.partition.solve.bound_by_list", later)
    yield go, is_found
    go.set()
    jobs._searches.clear()


def test_stop_shows_the_best_found_by_then_which_is_no_answer_for_others(unproven):
    go, is_found = unproven
    app = support.opened("planning", **SMALL)
    assert is_found.wait(PATIENCE_S)
    stopped(app)
    first = app.session_state["networks-job"].search.outcome
    assert first.was_stopped
    agrees(app, first)
    assert [info.value for info in app.info] == ["Gestopt. Dit is het beste dat tot dan gevonden was."]
    assert "is niet geweten" in " ".join(html.proto.body for html in app.get("html"))
    go.set()
    agrees(opened(**SMALL), answered())
    app.button(key="networks-again").click().run()
    agrees(settled(app), answered())
    assert not app.info


def test_two_who_ask_the_same_wait_for_one_search(held):
    go, begun = held
    one, other = support.opened("planning", **SMALL), support.opened("planning", **SMALL)
    assert one.session_state["networks-job"].search is other.session_state["networks-job"].search
    one.button(key="networks-stop").click().run()
    go.set()
    agrees(settled(other), answered())
    assert len(begun) == 1


def test_a_fault_while_searching_is_told_with_a_way_on(held, monkeypatch):
    go, _ = held

    def broken(*_args, **_options):
        raise RuntimeError("out of order")

    with monkeypatch.context() as fault:
        fault.setattr(answers, "propose", broken)
        app = support.opened("planning", **SMALL)
        assert app.session_state["networks-job"].search.done.wait(PATIENCE_S)
        app.run()
        assert not app.exception
        assert [error.value for error in app.error] == [
            "De zoektocht brak af door een fout in dit programma. Er is niets veranderd."
        ]
        assert not app.info
    app.button(key="networks-again").click().run()
    go.set()
    agrees(settled(app), answered())
