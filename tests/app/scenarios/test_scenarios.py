"""Scenarios without a browser: saved, opened, worked out again, compared; a bad file changes nothing."""

from __future__ import annotations

import datetime as dt
import json
import threading
from functools import cache
from typing import Any

from streamlit.testing.v1 import AppTest

from geo.directory.service import Status
from geo.networks import NetworkRequest
from geo.networks.partition import groups
from geo.networks.partition import solve as partition_solve
from geo.planning import Plan, PlanRequest, search
from geo.planning.candidates import CandidateBook
from geo.scenarios import plans
from geo.scenarios.file import Scenario, dumps
from geo.solver.control import Step
from tests.app import support
from tests.support import shipped
from ui import jobs
from ui.planning import state

LIMBURG = "70000"
ASKED = {"area": LIMBURG, "type": "house_of_the_child", "age": "0-2", "objective": "mclp", "sites": "3"}


@cache
def book() -> CandidateBook:
    return shipped.book()


@cache
def solved(**wanted: Any) -> Plan:
    return search.solve(book(), PlanRequest(area=LIMBURG, **wanted), today=support.TODAY)


def file_of(plan: Plan, *, name: str = "Limburg", **changed: object) -> bytes:
    document = json.loads(plans.write(plan, name=name, note="voor <b>maandag</b>", saved=dt.date(2026, 3, 3)))
    return json.dumps(document | changed).encode()


def networks_file() -> bytes:
    asked = NetworkRequest(area=LIMBURG, min_children=2_000)
    kept = Scenario(
        kind="networks", name="Samen", request=asked, summary={"networks": 3.0}, data_version="oud",
        program_version="0.1.0", saved=dt.date(2026, 3, 3),
    )  # fmt: skip
    return dumps(kept).encode()


def opened(**query: str) -> AppTest:
    return support.opened("planning", tab="scenarios", **query)


def give(app: AppTest, side: str, content: bytes) -> AppTest:
    """Give a file on a side, as a reader does."""
    found = next(each for each in app.file_uploader if (each.key or "").startswith(f"scenario-file-{side}-"))
    found.set_value(("scenario.json", content, "application/json"))
    return settled(app.run())


def settled(app: AppTest) -> AppTest:
    """Run until no search is under way any more."""
    for _turn in range(100):
        if not any((each.key or "") == "scenario-stop" for each in app.button):
            return app
        job = next(app.session_state[slot] for slot in ("plan-job", "networks-job") if slot in app.session_state)
        job.search.done.wait(10)
        app.run()
    raise AssertionError("the search does not end")


def drawn(app: AppTest) -> dict[str, Any]:
    """Return what static/page/scenarios.js gets; empty when nothing is shown."""
    found = [each.proto for each in app.get("bidi_component") if each.proto.component_name == "opvoedkaart_scenarios"]
    return json.loads(found[0].json) if found else {}


def told(app: AppTest) -> list[str]:
    return [str(each.value) for each in (*app.error, *app.warning)]


def press(app: AppTest, key: str) -> AppTest:
    return settled(app.button(key=key).click().run())


# --- opening -----------------------------------------------------------------------------------------------------


def test_a_file_shows_its_name_its_note_and_its_numbers_as_text():
    app = give(opened(), "a", file_of(solved()))
    assert not app.exception
    assert not told(app)
    assert "Limburg" in support.text(app)
    assert "<b>maandag</b>" not in support.markup(app)
    assert "&lt;b&gt;maandag" in support.markup(app)
    assert len(drawn(app)["numbers"]) >= 10
    assert drawn(app)["maps"] == []
    assert drawn(app)["towns"] is None


def test_open_takes_a_request_and_the_readers_own_places_to_the_first_tab():
    plan = solved(sites=2, need_weight=0.5, reach_m=7_500.0)
    own = search.evaluate(book(), plan.request, ["point:5.500000_51.000000"], today=support.TODAY)
    app = press(give(opened(), "a", file_of(own)), "scenario-open-a")
    assert not app.exception
    assert app.session_state[state.TAB] == "sites"
    assert app.session_state[state.NEED] == 50
    assert app.session_state[state.MOVED] == ("point:5.500000_51.000000",)
    query = support.query(app)
    assert (query["area"], query["sites"], query["at"]) == (LIMBURG, "2", "point:5.500000_51.000000")
    assert "tab" not in query


def test_what_the_controls_cannot_show_stays_where_it_was_and_is_told():
    plan = solved(sites=1, statuses=frozenset({Status.ACTIVE, Status.ANNOUNCED}))
    app = give(opened(**ASKED), "a", file_of(plan))
    before = support.query(app)
    press(app, "scenario-open-a")
    assert not app.exception
    assert app.session_state[state.TAB] == "scenarios"
    assert support.query(app) == before
    assert any("statuses" in line for line in told(app))


def test_networks_open_by_a_link_with_all_their_choices():
    app = give(opened(), "a", networks_file())
    assert not app.exception
    request = NetworkRequest(area=LIMBURG, min_children=2_000)
    for name, value in {"tab": "networks", **request.to_query()}.items():
        assert f"{name}={value}" in support.markup(app).replace("&amp;", "&")


# --- what is wrong -----------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_used_changes_nothing_and_says_where():
    app = give(opened(), "a", file_of(solved()))
    before = drawn(app)
    document = json.loads(file_of(solved()))
    document["request"] |= {"reach_m": "**ver**", "sites": 99}
    give(app, "a", json.dumps(document).encode())
    assert not app.exception
    assert any("request.reach" in line for line in (each.replace("\\", "") for each in told(app)))
    assert any("request.sites" in line for line in told(app))
    assert "**ver**" not in " ".join(told(app)), "what a file says is never taken for markup"
    assert drawn(app) == before


def test_a_file_that_is_none_is_told_in_words():
    for content in (b"", b"{", b"\xff\xfe", b"[]"):
        app = give(opened(), "b", content)
        assert not app.exception
        assert len(app.error) == 2, "that nothing changed, and why"
        assert drawn(app) == {}


# --- other data --------------------------------------------------------------------------------------------------


def test_a_file_of_other_data_says_so_and_is_worked_out_again_on_request():
    plan = solved()
    document = json.loads(file_of(plan, data_version="oud"))
    document["summary"]["sites"] = 7
    app = give(opened(), "a", json.dumps(document).encode())
    assert any("oud" in line for line in told(app))
    assert {len(row) for row in drawn(app)["numbers"]} == {2}
    press(app, "scenario-work-a")
    assert not app.exception
    assert drawn(app)["numbers"][0][1:] == ["7", "3", "−4"]


def test_half_a_search_for_networks_is_not_compared_with_a_file(monkeypatch):
    """Stopped when there is a first answer already, which the tab of networks would show."""
    jobs._searches.clear()
    is_found, never, prepared = threading.Event(), threading.Event(), groups.all_groups

    def later(*args, control=None, **options):
        is_found.set()
        while control is not None and control.may_go_on(Step.PREPARE):
            never.wait(0.005)
        return prepared(*args, control=control, **options)

    monkeypatch.setattr(partition_solve, "all_groups", later)
    app = give(opened(), "a", networks_file())
    app.button(key="scenario-work-a").click().run()
    job = app.session_state["networks-job"]
    assert is_found.wait(30)
    app.button(key="scenario-stop").click().run()
    assert job.search.done.wait(30)
    app.run()
    assert job.search.outcome.was_stopped
    assert not app.exception
    assert [info.value for info in app.info] == ["Gestopt. Er is niets veranderd."]
    assert not drawn(app)
    monkeypatch.undo()
    app.button(key="scenario-again").click().run()
    assert app.session_state["networks-job"].search.done.wait(60)
    app.run()
    assert drawn(app)["numbers"][0][1] == "3"
    jobs._searches.clear()


# --- beside each other -------------------------------------------------------------------------------------------


def test_two_files_stand_beside_each_other_with_what_differs():
    plan = solved()
    own = search.evaluate(book(), plan.request, [plan.places[0].id], today=support.TODAY)
    app = give(opened(), "a", file_of(plan, name="Alle drie"))
    give(app, "b", file_of(own, name="Maar een"))
    assert not app.exception
    said = drawn(app)
    assert [panel["title"] for panel in said["panels"]] == ["A · Alle drie", "B · Maar een"]
    assert [len(each["sites"]) for each in said["maps"]] == [3, 1]
    assert said["maps"][0]["classes"] != said["maps"][1]["classes"]
    assert said["numbers"][0][1:] == ["3", "1", "−2"]
    assert any(town["loses"] for town in said["towns"])
    assert len(app.get("component_instance")) == 2


def test_without_a_first_file_the_plan_of_now_is_a():
    app = give(opened(**ASKED), "b", file_of(solved(sites=5)))
    assert not app.exception
    assert [len(each["sites"]) for each in drawn(app)["maps"]] == [3, 5]


def test_places_and_networks_are_not_compared():
    app = give(give(opened(), "a", networks_file()), "b", file_of(solved()))
    assert not app.exception
    assert drawn(app) == {}
    assert app.warning


def test_remove_forgets_a_file():
    app = give(opened(), "a", file_of(solved()))
    press(app, "scenario-remove-a")
    assert drawn(app) == {}
    assert not any((each.key or "") == "scenario-open-a" for each in app.button)


# --- saving ------------------------------------------------------------------------------------------------------


def test_compare_on_the_first_tab_leads_here_with_the_plan_of_now():
    app = support.opened("planning", **ASKED)
    for _turn in range(100):
        if any((each.key or "") == "plan-compare" for each in app.button):
            break
        app.session_state["plan-job"].search.done.wait(10)
        app.run()
    app.button(key="plan-compare").click().run()
    assert not app.exception
    assert app.session_state[state.TAB] == "scenarios"
    give(app, "b", file_of(solved(sites=5)))
    assert [len(each["sites"]) for each in drawn(app)["maps"]] == [3, 5]


def test_two_visitors_do_not_see_each_others_files():
    give(opened(), "a", file_of(solved()))
    assert drawn(opened()) == {}
