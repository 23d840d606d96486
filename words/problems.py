"""What is wrong with a file or a request, in the reader's words."""

from __future__ import annotations

import re

from geo.messages import N_
from geo.scenarios import file
from geo.scenarios.file import Problem
from words.i18n import _

_NO_JSON_AT = N_("This is no readable JSON: look at line {line}, character {column}.")
_NO_TEXT = N_("This is no readable text; expected a file in UTF-8.")
_NOTHING = N_("(nothing)")

EXPECTED = {
    "types": N_("a list of kinds of help, such as {example}"),
    "ages": N_("a list of age groups, such as {example}"),
    "statuses": N_("a list of states of services, such as {example}"),
    "confidences": N_("a list of degrees of certainty, such as {example}"),
    "area": N_("the code of an area, such as {example}"),
    "objective": N_("one of the objectives: {example}"),
    "candidates": N_("a kind of place: {example}"),
    "sites": N_("a whole number from {example}"),
    "share": N_("a part of the children, {example}"),
    "need_weight": N_("a weight, {example}"),
    "reach_m": N_("metres, {example}"),
    "tour_m": N_("metres, {example}"),
    "points": N_("a list of longitudes and latitudes, such as {example}"),
    "kept": N_("a list of places, such as {example}"),
    "forbidden": N_("a list of places, such as {example}"),
    "closed": N_("a list of services, such as {example}"),
    "depot": N_("a place, such as {example}"),
    "demand_outside": N_("yes or no: {example}"),
    "min_children": N_("a whole number of children, {example}"),
    "max_across_km": N_("kilometres, {example}"),
    "cross_provinces": N_("yes or no: {example}"),
    "keep_partnerships": N_("yes or no: {example}"),
}
_EXAMPLES = {
    "types": '["parenting_shop"]',
    "ages": '["0-2", "3-5"]',
    "statuses": '["active"]',
    "confidences": '["high", "medium"]',
    "area": '"30000"',
    "objective": "mclp, lscp, p_median, p_center",
    "candidates": "submunicipality, station, service, points",
    "sites": "1–30",
    "share": "0–1",
    "need_weight": "0–1",
    "reach_m": "200–30000",
    "tour_m": "0, 1000–500000",
    "points": "[[4.35, 50.85]]",
    "kept": '["point:4.35_50.85"]',
    "forbidden": '["point:4.35_50.85"]',
    "closed": '["awel"]',
    "depot": '"point:4.35_50.85"',
    "demand_outside": "true / false",
    "min_children": "0–100000",
    "max_across_km": "1–300",
    "cross_provinces": "true / false",
    "keep_partnerships": "true / false",
}


# --- in the reader's words ---------------------------------------------------------------------------------------

_EXPECTED_OF_A_FILE = {
    **{
        f"a text of at most {longest} plain characters": (N_("a text of at most {most} plain characters"), longest)
        for longest in file.LONGEST.values()
    },
    f"an object of at most {file.MOST_NUMBERS} numbers by name": (
        N_("at most {most} numbers, each with its name"),
        file.MOST_NUMBERS,
    ),
    "a number": (N_("a number"), 0),
    "a date such as 2025-06-03": (N_("a date such as 2025-06-03"), 0),
}


def sentence(problem: Problem) -> str:
    """Return one problem as a sentence in the language being spoken, with its place in the file."""
    values = dict(problem.values)
    template = problem.template
    if "expected" in values:
        values["expected"] = _expected(str(values["expected"]))
    if values.get("value") == "":
        values["value"] = _(_NOTHING)
    if template == file.NO_JSON and "codec" in str(values["reason"]):
        template = _NO_TEXT
    elif template == file.NO_JSON:
        at = re.search(r"line (\d+) column (\d+)", str(values["reason"]))
        if at:
            template, values = _NO_JSON_AT, {"line": at[1], "column": at[2]}
    said = _(template).format(**values)
    return f"{problem.path}: {said}" if problem.path else said


def _expected(text: str) -> str:
    if text in EXPECTED:
        return _(EXPECTED[text]).format(example=_EXAMPLES[text])
    if text in _EXPECTED_OF_A_FILE:
        template, most = _EXPECTED_OF_A_FILE[text]
        return _(template).format(most=most)
    return text
