"""`opvoedkaart plan` as its callers see it, on the shipped data."""

import json
import os
import shlex

import pytest

from geo.cli.main import main
from tests.support.tiny_flanders import TUESDAY_TEN


@pytest.fixture
def run(capsys, monkeypatch):
    for name in [name for name in os.environ if name.startswith("OPVOEDKAART_")]:
        monkeypatch.delenv(name)

    def call(*arguments):
        status = main(["plan", *arguments], now=TUESDAY_TEN)
        return status, *capsys.readouterr()

    return call


BRUSSELS = ("--area", "04000", "--sites", "2", "--reach-km", "1.2")


def test_a_plan_in_json_and_the_command_that_gives_it_again(run):
    status, out, err = run(*BRUSSELS, "--format", "json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert document["proof"]["status"] == "optimal"
    assert len(document["sites"]) == 2
    assert document["before"]["reached"] < document["after"]["reached"]
    again = json.loads(run(*shlex.split(document["command"])[2:], "--format", "geojson")[1])
    assert [each["properties"] for each in again["features"]] == document["sites"]


def test_a_plan_in_words(run):
    status, out, _ = run(*BRUSSELS)
    assert status == 0
    assert out.startswith("Most children reached in Brussels Hoofdstedelijk Gewest.")
    assert "Proven: no plan is better." in out
    assert "Who gains" in out
    assert "opvoedkaart plan --area 04000" in out


def test_a_round_in_geojson(run):
    status, out, _ = run(*BRUSSELS, "--tour-km", "5", "--format", "geojson")
    assert status == 0
    round_ = json.loads(out)["features"][-1]
    assert round_["geometry"]["type"] == "LineString"
    assert 0 < round_["properties"]["length_m"] <= 5_000


@pytest.fixture
def kept_file(run, tmp_path):
    """A scenario of two sites in Brussels, as the screen saves it, with more keys on top."""
    document = json.loads(run(*BRUSSELS, "--format", "json")[1])

    def write(**more):
        saved = {
            "opvoedkaart_scenario": 1,
            "kind": "plan",
            "name": "Twee in Brussel",
            "note": "",
            "request": document["request"],
            "summary": {},
            "data_version": document["data_version"],
            "program_version": "0.1.0",
            "saved": "2025-06-03",
        }
        path = tmp_path / "scenario.json"
        path.write_text(json.dumps(saved | more), encoding="utf-8")
        return str(path), document

    return write


def test_a_scenario_is_worked_out_again(run, kept_file):
    path, document = kept_file()
    status, out, err = run("--scenario", path, "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out)["sites"] == document["sites"]


def test_a_scenario_keeps_the_places_of_its_maker_and_says_when_the_data_are_others(run, kept_file):
    path, _ = kept_file(places=["station:008814001"], data_version="0000000000")
    status, out, err = run("--scenario", path, "--format", "geojson")
    assert status == 0
    assert "made on data 0000000000" in err
    assert [each["properties"]["name_nl"] for each in json.loads(out)["features"]] == ["Brussel-Zuid (station)"]


def test_a_damaged_scenario_is_refused_with_its_place(run, kept_file):
    path, _ = kept_file(saved="yesterday")
    status, out, err = run("--scenario", path)
    assert (status, out) == (1, "")
    assert "saved" in err


def test_a_scenario_is_checked_as_on_the_screen(run, kept_file):
    """Every choice by itself, what the data do not have, and what was left out."""
    request = kept_file()[1]["request"]
    path, _ = kept_file(request=request | {"sites": 99, "objective": "joy", "extra": 1}, saved="yesterday")
    status, out, err = run("--scenario", path)
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "opvoedkaart: saved: yesterday cannot be used; expected a date such as 2025-06-03.",
        "request.extra: This is no choice that can be made here.",
        "request.objective: joy cannot be used; expected one of the objectives: mclp, lscp, p_median, p_center.",
        "request.sites: 99 cannot be used; expected a whole number from 1–30.",
    ]
    path, _ = kept_file(request=request | {"kept": ["moon"]}, places=["sun"])
    assert run("--scenario", path)[2].splitlines() == [
        "opvoedkaart: request.kept: moon is not known in these data.",
        "places: sun is not known in these data.",
    ]
    path, _ = kept_file(request=request | {"kept": ["moon"], "forbidden": ["moon"]})
    assert "request: These choices do not go together: 'moon' is both kept and forbidden." in run("--scenario", path)[2]
    path, _ = kept_file(kind="networks")
    assert "kind: networks cannot be used; expected plan." in run("--scenario", path)[2]
    path, _ = kept_file(author="iemand")
    status, out, err = run("--scenario", path)
    assert (status, err) == (0, "opvoedkaart plan: author: This is not known here and was left out.\n")


def test_sites_of_ones_own(run):
    status, out, _ = run(*BRUSSELS, "--site", "station:008814001", "--format", "geojson")
    document = json.loads(out)
    assert status == 0
    assert [each["properties"]["name_nl"] for each in document["features"]] == ["Brussel-Zuid (station)"]
    assert (document["proof"]["status"], document["proof"]["gap"]) == ("given", None)


def test_areas_by_name_joined(run):
    status, out, _ = run("--area", "Essen+Kalmthout", "--sites", "1", "--format", "geojson")
    assert status == 0
    assert json.loads(out)["request"]["area"] == "11016+11022"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("--area", "Mozambique"), 1, "Mozambique is no area"),
        (("--sites", "99"), 1, "99 is no number of new sites; expected 1 to 30"),
        (("--area", "04000", "--keep", "moon"), 1, "'moon' is no candidate"),
        (("--area", "04000", "--close", "moon"), 1, "'moon' is no service of the directory"),
        (("--point", "moon"), 2, "'moon' is no point"),
        (("--age", "pregnant"), 2, "no counts exist"),
        (("--objective", "best"), 2, "invalid choice"),
        (("--candidates", "points"), 1, "No points were given"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(run, arguments, status, message):
    found, out, err = run(*arguments)
    assert (found, out) == (status, "")
    assert message in err
    assert "Traceback" not in err
