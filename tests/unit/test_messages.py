"""A message prints in English by itself, and in any language through `words.problems`."""

import pytest

from geo.ages import CHILD_AGES, AgeGroup
from geo.errors import DataProblem, RequestError
from geo.messages import Message, Name, Rounded, shortest
from words import i18n, problems

VALUES = {
    "count": 1_234,
    "km": 3.75,
    "whole": 5.0,
    "share": Rounded(100.0),
    "age": AgeGroup.FROM_0_TO_2,
    "ages": CHILD_AGES[:2],
    "name": Name("Brussel", "Bruxelles"),
    "inner": Message("{value} km", {"value": 1.5}),
    "text": "x",
}
EVERYTHING = Message(" | ".join(f"{{{name}}}" for name in VALUES), VALUES)


def test_a_message_is_english_by_itself():
    assert str(EVERYTHING) == "1234 | 3.75 | 5.0 | 100.0 | 0-2 | 0-2, 3-5 | Brussel | 1.5 km | x"
    assert str(RequestError(EVERYTHING)) == str(EVERYTHING)
    assert f"{EVERYTHING}" == str(EVERYTHING)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "1.234 | 3,75 | 5 | 100,0 | 0–2 jaar | 0–2 jaar, 3–5 jaar | Brussel | 1,5 km | x"),
        ("fr", "1 234 | 3,75 | 5 | 100,0 | 0–2 ans | 0–2 ans, 3–5 ans | Bruxelles | 1,5 km | x"),
        ("en", "1,234 | 3.75 | 5 | 100.0 | 0–2 years | 0–2 years, 3–5 years | Brussel | 1.5 km | x"),
    ],
)
def test_values_are_written_as_the_language_does(language, said):
    i18n.use_language(language)
    assert problems.sentence(EVERYTHING).replace("\u202f", " ").replace("\xa0", " ") == said


def test_a_problem_begins_with_its_place():
    found = DataProblem(code="x", message=Message("wrong"), resource="a.csv", row=3, field="name")
    assert str(found) == "a.csv, row 3, name: wrong"
    i18n.use_language("nl")
    assert problems.sentence(found) == "a.csv, rij 3, name: wrong"
    assert problems.sentence(DataProblem(code="x", message=Message("wrong"))) == "wrong"


def test_a_number_has_no_more_digits_than_it_needs():
    assert [str(shortest(value)) for value in (5.0, 0.199999, 30.000001, 1e-7, 123_456_789.123, float("nan"))] == [
        *("5", "0.199999", "30.000001", "1e-07", "123456789", "nan")
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_said_as_it_is(value):
    assert problems.sentence(Message("{value} km", {"value": value})) == f"{value} km"
