"""Scenario files of the screen: what is saved comes back, and what is wrong is said with its place in the file."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

import pytest

from geo.errors import DataProblem
from geo.networks import NetworkRequest
from geo.planning import Objective, Plan, PlanRequest, search
from geo.planning.candidates import CandidateBook
from geo.planning.choices import CandidateKind
from geo.requests.request import kinds_of
from geo.scenarios import file, plans
from geo.scenarios.file import Scenario, ScenarioError, dumps
from geo.settings import ROOT
from tests.support import shipped
from ui import save_scenario
from ui.planning import files
from ui.scenarios import view
from words import i18n
from words import problems as words_problems

TODAY = dt.date(2026, 3, 3)
LIMBURG = "70000"


@cache
def book() -> CandidateBook:
    return shipped.book()


@cache
def proposal(**wanted: Any) -> Plan:
    return search.solve(book(), PlanRequest(area=LIMBURG, **wanted), today=TODAY)


def own(*places: str) -> Plan:
    return search.evaluate(book(), proposal().request, places, today=TODAY)


def file_of(plan: Plan, **changed: Any) -> dict[str, Any]:
    return json.loads(plans.write(plan, name="Naam", note="een\ntwee", saved=TODAY)) | changed


def opened(document: object) -> plans.Opened:
    return plans.read(json.dumps(document).encode(), book())


def problems(document: object) -> tuple[DataProblem, ...]:
    with pytest.raises(ScenarioError) as caught:
        opened(document)
    return caught.value.problems


def with_request(**changed: Any) -> dict[str, Any]:
    document = file_of(proposal())
    return document | {"request": document["request"] | changed}


# --- there and back ----------------------------------------------------------------------------------------------


def test_a_proposal_comes_back_as_it_was_asked_and_has_no_places_of_its_own():
    document = file_of(proposal(sites=2, need_weight=0.5))
    back = opened(document)
    assert back.scenario.request == proposal(sites=2, need_weight=0.5).request
    assert (back.scenario.name, back.scenario.note, back.scenario.saved) == ("Naam", "een\ntwee", TODAY)
    assert back.scenario.data_version == book().dataset.data_version
    assert back.places == ()
    assert back.warnings == ()
    assert file.PLACES not in document


def test_the_readers_own_places_come_back_in_order_with_the_same_outcome():
    first = proposal().places[0].id
    plan = own("point:5.500000_51.000000", first)
    back = opened(file_of(plan))
    assert back.places == ("point:5.500000_51.000000", first)
    assert back.warnings == ()
    again = search.evaluate(book(), proposal().request, back.places, today=TODAY)
    assert again.after == plan.after


def test_the_main_numbers_are_those_of_the_plan():
    plan = proposal()
    said = file_of(plan)["summary"]
    assert said["sites"] == 3
    assert said["reached_after"] == pytest.approx(plan.after.reached)
    assert said["reached_after"] > said["reached_before"]
    assert said["mean_m_after"] == pytest.approx(plan.after.mean_m)
    assert "gap" not in file_of(own(plan.places[0].id))["summary"], "nothing was searched"


def test_networks_come_back_too():
    asked = NetworkRequest(area=LIMBURG, min_children=2_000)
    text = dumps(
        Scenario(
            kind="networks", name="n", request=asked, summary={}, data_version="x", program_version="1", saved=TODAY
        )
    )
    back = plans.read(text.encode(), book())
    assert back.scenario.request == asked
    assert not back.is_plan


def test_what_the_file_has_more_is_told_and_left_out():
    back = opened(file_of(proposal(), strange=1))
    assert [each.field for each in back.warnings] == ["strange"]


def test_the_version_is_that_of_the_program():
    assert f'version = "{plans.program_version()}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


# --- what is wrong -----------------------------------------------------------------------------------------------


def test_every_wrong_choice_is_told_by_its_path():
    found = problems(with_request(reach_m="ver", sites=99, ages="0-2", colour="red"))
    assert {each.field for each in found} == {
        "request.reach_m",
        "request.sites",
        "request.ages",
        "request.colour",
    }


def test_a_sound_choice_is_not_blamed_for_another_one():
    kept = [each.id for each in book().submunicipalities[:5]]
    found = problems(with_request(kept=kept, sites=10, share=7))
    assert [each.field for each in found] == ["request.share"]
    points = problems(with_request(candidates=CandidateKind.POINTS, points=[[5.5, 51.0]], share=7))
    assert [each.field for each in points] == ["request.share"]


def test_choices_that_are_only_wrong_together_are_told_as_such():
    one = book().submunicipalities[0].id
    (found,) = problems(with_request(kept=[one], forbidden=[one]))
    assert found.field == "request"
    assert one in words_problems.sentence(found)


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"area": "99999"}, "request.area"),
        ({"area": "70000+99999"}, "request.area"),
        ({"area": "+".join(["70000"] * 100_000)}, "request.area"),
        ({"kept": ["submunicipality:none"]}, "request.kept"),
        ({"forbidden": ["submunicipality:none"]}, "request.forbidden"),
        ({"closed": ["no-such-service"]}, "request.closed"),
        ({"depot": "nowhere"}, "request.depot"),
        ({"points": [[5.5, 51.0]] * (plans.MOST_PLACES + 1)}, "request.points"),
    ],
)
def test_what_these_data_do_not_have_is_told_by_its_path(changed: dict[str, Any], path: str):
    assert {each.field for each in problems(with_request(**changed))} == {path}


@pytest.mark.parametrize("places", ["x", [1], ["submunicipality:none"], ["point:5.5_51"] * 3_000, {"a": 1}])
def test_places_that_are_none_are_refused(places: object):
    assert {each.field for each in problems(file_of(proposal(), places=places))} == {"places"}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"[]", b"null", b"[" * 50_000, b'{"a": 1, "a": 2}', b"x" * 1_000_001, b"NaN"],
)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_damaged_file_gets_one_sentence_without_the_names_of_programs(content: bytes, language: str):
    i18n.use_language(language)
    with pytest.raises(ScenarioError) as caught:
        plans.read(content, book())
    (said,) = map(words_problems.sentence, caught.value.problems)
    assert said.endswith(".")
    assert "{" not in said.replace('{"', "").replace("{…}", "")
    assert "codec" not in said
    assert "Error" not in said


def test_a_name_that_turns_the_direction_of_reading_is_refused_on_both_ways():
    with pytest.raises(ScenarioError):
        plans.write(proposal(), name="plan\u202egnp.exe", saved=TODAY)
    assert [each.field for each in problems(file_of(proposal(), name="plan\u202egnp.exe"))] == ["name"]


@pytest.mark.parametrize("kind", ["plan", "networks"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_choice_says_what_is_expected(kind: str, language: str):
    i18n.use_language(language)
    made = plans.KINDS[kind]
    found = dict(made.problems_in(dict.fromkeys(kinds_of(made))))
    assert list(found) == list(made().to_json())
    for name, message in found.items():
        assert words_problems.sentence(message).startswith("null "), name
        assert len(words_problems.sentence(message)) > len("null … ."), name


# --- beside each other -------------------------------------------------------------------------------------------


def test_towns_are_what_the_two_plans_reach():
    plan, other = proposal(), own(proposal().places[0].id)
    rows = view.town_changes(plan, other)
    assert sum(row.gain for row in rows) == pytest.approx(other.after.reached - plan.after.reached, abs=1)
    assert [abs(row.gain) for row in rows] == sorted((abs(row.gain) for row in rows), reverse=True)
    assert all(row.gain <= 0 for row in rows), "fewer places of the same plan never reach more"
    assert view.town_changes(plan, plan) == ()


def test_b_is_the_mirror_of_a():
    plan, other = proposal(), own("point:5.500000_51.000000")
    there = {row.nis_code: row.gain for row in view.town_changes(plan, other)}
    back = {row.nis_code: -row.gain for row in view.town_changes(other, plan)}
    assert there == pytest.approx(back)
    assert there


def test_numbers_have_names_and_signs():
    i18n.use_language("en")
    rows = {row[0]: row[1:] for row in view.difference_rows({"sites": 3, "gap": 0.01}, {"sites": 5, "own": 1})}
    assert rows["New places"] == ["3", "5", "+2"]
    assert rows["At most so much better is possible"][1:] == ["–", "–"]
    assert rows["own"] == ["–", "1.00", "–"]


def test_every_number_of_a_plan_has_a_name():
    i18n.use_language("en")
    for name in plans.summary(proposal()):
        assert view.number_label(name) != name


def test_the_file_is_called_after_its_name():
    assert save_scenario.file_name("Drie in Brugge & Co / ../x") == "opvoedkaart-drie-in-brugge-co-x"
    assert save_scenario.file_name("日本") == "opvoedkaart-scenario"


def test_the_command_names_the_readers_own_places():
    place = proposal().places[0].id
    assert files.command_text(own(place)).endswith(f"--site {place}")
    assert files.command_text(proposal()) == proposal().request.command()


def test_an_objective_that_needs_no_number_of_sites_comes_back():
    plan = proposal(objective=Objective.FEWEST_SITES, share=0.6)
    assert opened(file_of(plan)).scenario.request == plan.request
