"""Scenario files: what is saved comes back, what is damaged is told with its place."""

import datetime as dt
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ages import CHILD_AGES
from geo.directory import ServiceType
from geo.errors import RequestError
from geo.networks import NetworkRequest
from geo.scenarios.file import Scenario, ScenarioError, compare, dumps, is_other_data, loads

KINDS = {"networks": NetworkRequest}
SAVED = dt.date(2025, 6, 3)


def made(**other):
    known = {
        "kind": "networks",
        "name": "Netwerken in de Westhoek",
        "request": NetworkRequest(area="30000", min_children=1500),
        "summary": {"networks": 12.0, "mean_km": 2.5},
        "data_version": "7c38479b35",
        "program_version": "0.1.0",
        "saved": SAVED,
    }
    return Scenario(**(known | other))


def changed(**other):
    return json.dumps(json.loads(dumps(made())) | other)


def asked(**other):
    """A file in which the request has other values."""
    return changed(request=made().request.to_json() | other)


def paths(text):
    with pytest.raises(ScenarioError) as caught:
        loads(text, kinds=KINDS)
    assert str(caught.value)
    return [problem.field for problem in caught.value.problems]


plain = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cc", "Cs", "Cf"]), max_size=80
)
requests = st.builds(
    NetworkRequest,
    area=st.sampled_from(["", "30000", "elz38", "partnership:huis-1"]),
    ages=st.frozensets(st.sampled_from(CHILD_AGES), min_size=1),
    min_children=st.integers(0, 100_000),
    max_across_km=st.floats(1, 300),
    cross_provinces=st.booleans(),
    keep_partnerships=st.booleans(),
    types=st.frozensets(st.sampled_from(list(ServiceType)), min_size=1),
)
scenarios = st.builds(
    Scenario,
    kind=st.just("networks"),
    name=plain.filter(str.strip),
    note=plain,
    request=requests,
    summary=st.dictionaries(plain, st.floats(-1e12, 1e12), max_size=5),
    data_version=plain,
    program_version=plain,
    saved=st.dates(),
)


@given(scenarios)
def test_what_is_saved_comes_back(one):
    loaded = loads(dumps(one), kinds=KINDS)
    assert loaded.scenario == one
    assert loaded.warnings == ()
    assert loads(dumps(one).encode(), kinds=KINDS).scenario == one


def test_the_file_can_be_read_by_people():
    lines = dumps(made(note="Voor het overleg van juni")).splitlines()
    assert ' "opvoedkaart_scenario": 1,' in lines
    assert ' "name": "Netwerken in de Westhoek",' in lines
    assert '  "min_children": 1500,' in lines
    assert ' "saved": "2025-06-03"' in lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("{", [""]),
        ("[]", [""]),
        ('{"name": "x"}', [""]),
        ("[" * 100_000, [""]),
        (b"\xff\xfe\x00", [""]),
        (dumps(made()).replace("2.5", "NaN"), [""]),
        (dumps(made()).replace("2.5", "1" + "0" * 5_000), [""]),
        (dumps(made()).replace("2.5", "1e999"), ["summary.mean_km"]),
        (dumps(made()).replace('"note"', '"name"'), [""]),
        (changed(opvoedkaart_scenario=2), ["opvoedkaart_scenario"]),
        (changed(opvoedkaart_scenario=True), ["opvoedkaart_scenario"]),
        (changed(kind="plan"), ["kind"]),
        (changed(kind=["networks"]), ["kind"]),
        (changed(name=""), ["name"]),
        (changed(name="x" * 121), ["name"]),
        (changed(name="links \u202e rechts"), ["name"]),
        (changed(request=[]), ["request"]),
        (asked(min_children="veel"), ["request.min_children"]),
        (asked(ages=[["0-2"]]), ["request.ages"]),
        (asked(max_across_km=10**400), ["request.max_across_km"]),
        (asked(colour="red", ages=[]), ["request.colour", "request.ages"]),
        (changed(saved="gisteren", request=made().request.to_json() | {"ages": 1}), ["saved", "request.ages"]),
        (changed(summary={"mean_km": "2"}), ["summary.mean_km"]),
        (changed(summary={"mean_km": True}), ["summary.mean_km"]),
        (changed(saved="gisteren", name=7), ["name", "saved"]),
        (changed(saved="20250603"), ["saved"]),
    ],
)
def test_a_damaged_file_is_told_with_its_place(text, expected):
    assert paths(text) == expected


def test_a_missing_part_says_what_was_expected():
    document = json.loads(dumps(made()))
    del document["saved"], document["request"]
    with pytest.raises(ScenarioError, match="saved: This is missing; expected a date such as 2025-06-03"):
        loads(json.dumps(document), kinds=KINDS)
    assert paths(json.dumps(document)) == ["saved", "request"]


def test_a_request_that_cannot_be_says_why():
    said = "request.max_across_km: 500 cannot be used; expected kilometres, 1–300."
    with pytest.raises(ScenarioError, match=said):
        loads(asked(max_across_km=500), kinds=KINDS)


def test_a_choice_that_is_missing_is_not_guessed():
    kept = made().request.to_json()
    del kept["types"], kept["keep_partnerships"]
    assert paths(changed(request=kept)) == ["request.keep_partnerships", "request.types"]
    with pytest.raises(ScenarioError, match=r"request\.keep_partnerships: This is missing; expected yes or no"):
        loads(changed(request=kept), kinds=KINDS)


def test_a_file_that_is_too_large_is_not_read():
    assert paths(" " * 1_000_001 + "{}") == [""]
    assert loads(" " * (999_000 - len(dumps(made()))) + dumps(made()), kinds=KINDS).scenario == made()


def test_deep_values_are_refused():
    deep = {}
    for _ in range(13):
        deep = {"x": deep}
    assert paths(changed(more=deep)) == [""]


def test_what_is_not_known_is_left_out_with_a_warning():
    loaded = loads(changed(author="iemand"), kinds=KINDS)
    assert loaded.scenario == made()
    assert [(warning.field, warning.severity) for warning in loaded.warnings] == [("author", "warning")]


def test_what_could_not_be_read_back_is_not_saved():
    with pytest.raises(ScenarioError):
        dumps(made(summary={"mean_km": float("nan")}))
    with pytest.raises(ScenarioError):
        dumps(made(name="x" * 121))


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)),
    max_leaves=6,
)


@given(st.data())
def test_a_file_edited_by_hand_raises_nothing_else(data):
    document = json.loads(dumps(made()))
    part = data.draw(st.sampled_from([document, document["request"], document["summary"]]))
    part[data.draw(st.sampled_from([*part, "other"]))] = data.draw(json_values)
    with suppress(ScenarioError, RequestError):
        assert loads(json.dumps(document), kinds=KINDS).scenario.kind == "networks"


@given(st.data())
def test_a_damaged_file_raises_nothing_else(data):
    text = dumps(made())
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 30))
    mutated = text[:at] + data.draw(st.text(max_size=10)) + text[at + cut :]
    with suppress(ScenarioError, RequestError):
        assert loads(mutated, kinds=KINDS).scenario.kind == "networks"


def test_other_data_is_noticed():
    assert not is_other_data(made(), "7c38479b35")
    assert is_other_data(made(), "0000000000")


def test_two_summaries_side_by_side():
    found = compare({"networks": 12.0, "gap": 0.1}, {"networks": 10.0, "mean_km": 3.0})
    assert [(each.name, each.before, each.after, each.change) for each in found] == [
        ("networks", 12.0, 10.0, -2.0),
        ("gap", 0.1, None, None),
        ("mean_km", None, 3.0, None),
    ]
