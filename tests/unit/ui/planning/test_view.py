"""What the browser draws of a plan, by hand on tiny Flanders (480 children of 0-2 years; see tiny_demand)."""

import base64

import numpy as np
import pytest

from geo.coverage import Measure, State, measure
from geo.coverage.measures import MEASURES, Unit
from geo.planning import search
from tests.support.tiny_demand import TODAY, house
from tests.support.tiny_flanders import NIS, location
from tests.support.tiny_plan import ask, book, planned, site
from ui import browser_files
from ui.coverage.classes import GOOD_COLOURS, NOT_REACHED_COLOUR, SHARE_BOUNDS, UNKNOWN_CLASS
from ui.planning import view
from words import amounts, i18n, labels

BERK = house("berk", location("Berk"))
ASTER = house("aster", location("Aster"))
CODES = [NIS[name] for name in ("Aster", "Berk", "Ceder", "Den", "Els", "Fijnspar")]


class Data:
    """As much of the loaded data as is drawn."""

    def __init__(self, plan):
        self.directory = plan.problem.book.dataset.directory


@pytest.fixture(autouse=True)
def no_files(monkeypatch):
    """The places of services are a file that the browser fetches; here its name is enough."""
    monkeypatch.setattr(browser_files, "points_file", lambda data: "points.json")


def drawn(plan, *, is_after=True):
    request = plan.request.coverage(Measure.REACH)
    report = measure(plan.problem.book.dataset, request, today=TODAY)
    shown = view.map_for_browser(Data(plan), plan, report, is_after=is_after)
    return shown, {row.area.code: row.state for row in report.rows}


def doors(shown, count):
    bits = np.unpackbits(np.frombuffer(base64.b64decode(shown["mask"]), np.uint8), bitorder="little", count=count)
    return bits.tolist()


def test_after_shows_what_the_new_places_bring_and_before_what_is_there():
    plan = planned(BERK, sites=1)  # 1 is Aster: 60 of its 100 children and the 40 within 500 m of it
    assert [each.candidate.name_nl for each in plan.sites] == ["Aster"]
    after, states = drawn(plan)
    before, _ = drawn(plan, is_after=False)
    assert after["codes"] == before["codes"] == CODES
    colour = dict(zip(after["codes"], after["classes"], strict=True))
    was = dict(zip(before["codes"], before["classes"], strict=True))
    assert (was[NIS["Aster"]], colour[NIS["Aster"]]) == (0, 5)
    assert {state for code, state in states.items() if was[code] == UNKNOWN_CLASS} == {State.UNKNOWN}
    assert (was[NIS["Berk"]], colour[NIS["Berk"]]) == (5, 5)
    unchanged = [code for code in CODES if code != NIS["Aster"]]
    assert [colour[code] for code in unchanged] == [was[code] for code in unchanged]
    tips = dict(zip(after["codes"], after["tips"], strict=True))
    assert tips[NIS["Aster"]] == amounts.value_text(1.0, Unit.SHARE)
    for code in CODES:
        assert (tips[code] == labels.state_name(State.UNKNOWN)) is (colour[code] == UNKNOWN_CLASS)


def test_a_part_that_is_reached_has_its_class():
    plan = planned(sites=5, reach_m=250.0)  # the second points of Aster and Ceder lie farther: 60 of 100, 30 of 60
    after, _ = drawn(plan)
    colour = dict(zip(after["codes"], after["classes"], strict=True))
    assert (colour[NIS["Aster"]], colour[NIS["Ceder"]]) == (3, 3)
    assert SHARE_BOUNDS[2] < 0.6 <= SHARE_BOUNDS[3]
    assert after["colours"] == [NOT_REACHED_COLOUR, *GOOD_COLOURS]


def test_numbered_places_stand_where_they_are_only_after():
    plan = planned(BERK, sites=2, kept=frozenset({site("Den")}))
    after, _ = drawn(plan)
    before, _ = drawn(plan, is_after=False)
    assert before["sites"] == []
    assert [each["n"] for each in after["sites"]] == [1, 2]
    assert [each["id"] for each in after["sites"]] == [place.id for place in plan.places]
    assert [each["lat"] for each in after["sites"]] == [place.lat for place in plan.places]
    assert [each["lon"] for each in after["sites"]] == [place.lon for place in plan.places]
    assert {each["id"]: each["kept"] for each in after["sites"]} == {site("Den"): True, site("Aster"): False}


def test_what_closes_has_a_mark_before_and_none_after():
    plan = planned(BERK, ASTER, sites=1, closed=frozenset({"berk"}))
    ids = [service.id for service in Data(plan).directory.services]
    after, before = (drawn(plan, is_after=is_after)[0] for is_after in (True, False))
    assert doors(before, len(ids)) == [1, 1]
    assert [each for each, is_there in zip(ids, doors(after, len(ids)), strict=True) if is_there] == ["aster"]


def test_the_round_of_a_bus_is_drawn_after_only():
    plan = planned(sites=2, tour_m=5_000.0)
    after, before = (drawn(plan, is_after=is_after)[0] for is_after in (True, False))
    assert after["tour"] == [[stop.lat, stop.lon] for stop in plan.tour]
    assert len(after["tour"]) == 2
    assert before["tour"] == []


def test_the_list_tells_each_place_and_each_municipality_that_changes():
    plan = planned(BERK, sites=1)
    told = view.rows_for_browser(plan)
    (only,) = told["sites"]
    assert (only["n"], only["id"], only["name"], only["kept"]) == (1, site("Aster"), "Aster", False)
    assert amounts.children_text(100) in only["said"]
    assert [(row["code"], row["name"], row["gain"]) for row in told["gains"] if row["gain"].startswith("+")] == [
        (NIS["Aster"], "Aster", "+100")
    ]
    assert [row["loses"] for row in told["gains"]] == [False] * len(told["gains"])
    (aster,) = (row for row in told["gains"] if row["code"] == NIS["Aster"])
    assert (aster["children"], aster["before"], aster["after"]) == (
        "100", amounts.value_text(0.0, Unit.SHARE), amounts.value_text(1.0, Unit.SHARE)
    )  # fmt: skip


def test_who_loses_is_marked():
    plan = search.evaluate(book(BERK), ask(sites=1, closed=frozenset({"berk"})), [site("Aster")], today=TODAY)
    rows = {row["code"]: row for row in view.rows_for_browser(plan)["gains"]}
    assert (rows[NIS["Berk"]]["gain"], rows[NIS["Berk"]]["loses"]) == ("−200", True)
    assert (rows[NIS["Aster"]]["gain"], rows[NIS["Aster"]]["loses"]) == ("+100", False)


def test_every_measure_is_compared_in_words():
    plan = planned(BERK, sites=1)
    rows = view.measure_rows(plan)
    assert [name for name, _, _ in rows] == [labels.measure_name(measure) for measure in plan.measures]
    for (_, before, after), (name, (was, now)) in zip(rows, plan.measures.items(), strict=True):
        unit = MEASURES[name].unit
        assert (before, after) == (amounts.value_text(was.comparable, unit), amounts.value_text(now.comparable, unit))
    at = list(plan.measures).index(Measure.REACH)
    assert rows[at][1:] == [amounts.value_text(200 / 480, Unit.SHARE), amounts.value_text(300 / 480, Unit.SHARE)]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_legend_tells_every_class_and_the_unknown(language):
    i18n.use_language(language)
    entries = view.legend_entries()
    assert [entry["colour"] for entry in entries] == [NOT_REACHED_COLOUR, *GOOD_COLOURS, ""]
    assert len({entry["text"] for entry in entries}) == len(entries)
    for entry, low, high in zip(entries[1:-1], SHARE_BOUNDS, SHARE_BOUNDS[1:], strict=False):
        assert i18n.number_text(100 * low) in entry["text"]
        assert i18n.number_text(100 * high) in entry["text"]
