"""Keeps a request with its result as a readable file, and reads such files with suspicion."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.errors import DataProblem, GeoError, RequestError
from geo.messages import N_, Message
from geo.requests import Request
from geo.requests.request import UNUSABLE, kinds_of, quote
from geo.text import has_hidden, shorten

FORMAT, VERSION = "opvoedkaart_scenario", 1
LARGEST_BYTES = 1_000_000
DEEPEST = 12
LONGEST = {"name": 120, "note": 4_000, "data_version": 100, "program_version": 100}
MOST_NUMBERS = 200
KEYS = (FORMAT, "kind", "name", "note", "request", "summary", "data_version", "program_version", "saved")
PLACES = "places"
"""Beside the request of a plan: the ids of the reader's own places, only when they are not what was proposed."""

TOO_LARGE = N_("The file is {size} bytes large; expected at most {most}.")
NO_TEXT = N_("This is no readable text; expected a file in UTF-8.")
NO_JSON = N_("This is no readable JSON: {reason}.")
LOOK_AT = N_("look at line {line}, character {column}")
TWICE = N_("{value} is there twice")
NO_NUMBER = N_("{value} is no number")
LONG_NUMBER = N_("a number has too many digits")
NO_SCENARIO = N_("This is no scenario of Opvoedkaart; expected an object that begins with {expected}.")
OTHER_VERSION = N_("This scenario has version {value}; expected {expected}.")
TOO_DEEP = N_("Values are nested too deeply; expected at most {most} levels.")
MISSING = N_("This is missing; expected {expected}.")
TOGETHER = N_("These choices do not go together: {reason}.")
UNKNOWN = N_("This is not known here and was left out.")
A_TEXT = N_("a text of at most {most} plain characters")
NUMBERS = N_("at most {most} numbers, each with its name")
A_NUMBER = N_("a number")
A_DATE = N_("a date such as 2025-06-03")


class ScenarioError(GeoError, ValueError):
    """A file is no scenario that can be used; `problems` lists all that is wrong."""

    def __init__(self, problems: Sequence[DataProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named request with the numbers that sum its result up.

    `summary` holds finite numbers by name; `data_version` and `program_version` say what gave them; `saved` is when.
    """

    kind: str
    name: str
    note: str = ""
    request: Request
    summary: Mapping[str, float]
    data_version: str
    program_version: str
    saved: dt.date


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario from a file, what stands there as the reader's own places, and what was left out."""

    scenario: Scenario
    places: object = None
    warnings: tuple[DataProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One number in two scenarios; None where one does not have it."""

    name: str
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """What was added; None where one is not known."""
        return None if self.before is None or self.after is None else self.after - self.before


def dumps(scenario: Scenario) -> str:
    """Return a scenario as JSON to read; raises ScenarioError for what `loads` would not take back."""
    document = {
        FORMAT: VERSION,
        "kind": scenario.kind,
        "name": scenario.name,
        "note": scenario.note,
        "request": scenario.request.to_json(),
        "summary": dict(scenario.summary),
        "data_version": scenario.data_version,
        "program_version": scenario.program_version,
        "saved": scenario.saved.isoformat(),
    }
    problems = [*_texts(document), *_summary(document)]
    text = "" if problems else json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    problems += _size(text)
    if problems:
        raise ScenarioError(problems)
    return text


def loads(text: str | bytes, *, kinds: Mapping[str, type[Request]]) -> Loaded:
    """Return the scenario of a file; raises ScenarioError with everything that is wrong, and where.

    Parameters
    ----------
    text : str or bytes
        The file, as UTF-8 when bytes.
    kinds : mapping of kind to request
        Which kinds are taken, and what they ask.
    """
    document = _document(text)
    problems = [*_texts(document), *_summary(document), *_date(document), *_asked(document, kinds)]
    if problems:
        raise ScenarioError(problems)
    scenario = Scenario(
        kind=document["kind"],
        name=document["name"],
        note=document.get("note", ""),
        request=_request(document["request"], kinds[document["kind"]]),
        summary={name: float(value) for name, value in document["summary"].items()},
        data_version=document["data_version"],
        program_version=document["program_version"],
        saved=dt.date.fromisoformat(document["saved"]),
    )
    warnings = [problem_at(shorten(name), UNKNOWN, severity="warning") for name in document if name not in KEYS]
    return Loaded(scenario, document.get(PLACES), tuple(warnings))


def problem_at(path: str, template: str, *, severity: str = "error", **values: object) -> DataProblem:
    """Return what is wrong at one `path` of a file (`request.ages`; empty for the whole file)."""
    return DataProblem(code="scenario", message=Message(template, values), field=path, severity=severity)


def is_other_data(scenario: Scenario, data_version: str) -> bool:
    """Whether a scenario was made on other data than a version, so that its numbers may differ now."""
    return scenario.data_version != data_version


def compare(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Difference, ...]:
    """Return every number of two summaries side by side, in the order of the first, then what only the second has."""
    names = dict.fromkeys([*before, *after])
    return tuple(Difference(name, before.get(name), after.get(name)) for name in names)


def _document(text: str | bytes) -> dict[str, Any]:
    problem = next(_size(text), None)
    if problem is None:
        document = _parsed(text)
        if not isinstance(document, dict) or FORMAT not in document:
            problem = problem_at("", NO_SCENARIO, expected=f'"{FORMAT}": {VERSION}')
        elif isinstance(document[FORMAT], bool) or document[FORMAT] != VERSION:
            problem = problem_at(FORMAT, OTHER_VERSION, value=quote(document[FORMAT]), expected=VERSION)
        elif _is_deep(document):
            problem = problem_at("", TOO_DEEP, most=DEEPEST)
        else:
            return document
    raise ScenarioError([problem])


def _parsed(text: str | bytes) -> object:
    """Return what a JSON text holds; raises ScenarioError when it cannot be read."""
    try:
        plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        return json.loads(plain, parse_constant=_refuse_constant, object_pairs_hook=_once)
    except RecursionError as error:
        raise ScenarioError([problem_at("", TOO_DEEP, most=DEEPEST)]) from error
    except UnicodeDecodeError as error:
        raise ScenarioError([problem_at("", NO_TEXT)]) from error
    except json.JSONDecodeError as error:
        reason = Message(LOOK_AT, {"line": error.lineno, "column": error.colno})
        raise ScenarioError([problem_at("", NO_JSON, reason=reason)]) from error
    except ValueError as error:
        raise ScenarioError([problem_at("", NO_JSON, reason=Message(LONG_NUMBER))]) from error


def _size(text: str | bytes) -> Iterator[DataProblem]:
    size = len(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    if size > LARGEST_BYTES:
        yield problem_at("", TOO_LARGE, size=size, most=LARGEST_BYTES)


def _refuse_constant(name: str) -> float:
    raise ScenarioError([problem_at("", NO_JSON, reason=Message(NO_NUMBER, {"value": name}))])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ScenarioError([problem_at("", NO_JSON, reason=Message(TWICE, {"value": repr(shorten(name))}))])
        found[name] = value
    return found


def _is_deep(document: object) -> bool:
    level: list[object] = [document]
    for _ in range(DEEPEST):
        inner: list[object] = []
        for value in level:
            inner += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        level = inner
    return any(isinstance(value, dict | list) for value in level)


def _texts(document: Mapping[str, Any]) -> Iterator[DataProblem]:
    for name, longest in LONGEST.items():
        value = document.get(name, "" if name == "note" else None)
        is_text = isinstance(value, str) and len(value) <= longest and not has_hidden(value)
        if not is_text or (name == "name" and not value.strip()):
            yield _wrong(document, name, Message(A_TEXT, {"most": longest}))


def _summary(document: Mapping[str, Any]) -> Iterator[DataProblem]:
    summary = document.get("summary")
    if not isinstance(summary, dict) or len(summary) > MOST_NUMBERS:
        yield _wrong(document, "summary", Message(NUMBERS, {"most": MOST_NUMBERS}))
        return
    for name, value in summary.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
        if not is_number or len(name) > LONGEST["name"] or has_hidden(name) or not math.isfinite(value):
            yield problem_at(f"summary.{shorten(name)}", UNUSABLE, value=quote(value), expected=Message(A_NUMBER))


def _date(document: Mapping[str, Any]) -> Iterator[DataProblem]:
    value = document.get("saved")
    try:
        is_date = isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_date = False
    if not is_date:
        yield _wrong(document, "saved", Message(A_DATE))


def _asked(document: Mapping[str, Any], kinds: Mapping[str, type[Request]]) -> Iterator[DataProblem]:
    """Yield what is wrong with the kind, and with each choice of the request by itself; a file holds them all."""
    kind, values = document.get("kind"), document.get("request")
    if not (isinstance(kind, str) and kind in kinds):
        yield _wrong(document, "kind", " / ".join(sorted(kinds)))
    if not isinstance(values, dict):
        yield _wrong(document, "request", "{…}")
    elif isinstance(kind, str) and kind in kinds:
        for name, message in kinds[kind].problems_in(values):
            yield DataProblem(code="scenario", message=message, field=f"request.{shorten(name)}")
        for name, choice in kinds_of(kinds[kind]).items():
            if name not in values:
                yield problem_at(f"request.{name}", MISSING, expected=choice.expected)


def _request(values: Mapping[str, object], kind: type[Request]) -> Request:
    try:
        return kind.from_json(values)
    except RequestError as error:
        raise ScenarioError([problem_at("request", TOGETHER, reason=error.message)]) from error


def _wrong(document: Mapping[str, Any], name: str, expected: Message | str) -> DataProblem:
    if name not in document:
        return problem_at(name, MISSING, expected=expected)
    return problem_at(name, UNUSABLE, value=quote(document[name]), expected=expected)
