"""Keeps a request with its result as a readable file, and reads such files with suspicion."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from geo.errors import GeoError, RequestError
from geo.messages import N_
from geo.text import has_hidden

FORMAT, VERSION = "opvoedkaart_scenario", 1
LARGEST_BYTES = 1_000_000
DEEPEST = 12
LONGEST = {"name": 120, "note": 4_000, "data_version": 100, "program_version": 100}
MOST_NUMBERS = 200
KEYS = (FORMAT, "kind", "name", "note", "request", "summary", "data_version", "program_version", "saved")
PLACES = "places"
"""Beside the request of a plan: the ids of the reader's own places, only when they are not what was proposed."""

TOO_LARGE = N_("The file is {size} bytes large; expected at most {most}.")
NO_JSON = N_("This is no readable JSON: {reason}.")
NO_SCENARIO = N_("This is no scenario of Opvoedkaart; expected an object that begins with {expected}.")
OTHER_VERSION = N_("This scenario has version {value}; expected {expected}.")
TOO_DEEP = N_("Values are nested too deeply; expected at most {most} levels.")
MISSING = N_("This is missing; expected {expected}.")
WRONG = N_("{value} cannot be used; expected {expected}.")
BAD_REQUEST = "{reason}"
UNKNOWN = N_("This is not known here and was left out.")


class Request(Protocol):
    """What a scenario asks; the same plain values give the same request."""

    def to_json(self) -> dict[str, object]:
        """Return all choices as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong at one `path` (`request.ages`; empty for the whole file): an English sentence and its values."""

    path: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English, filled in."""
        return self.template.format(**self.values)


class ScenarioError(GeoError, ValueError):
    """A file is no scenario that can be used; `problems` lists all that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{each.path}: {each.message}" if each.path else each.message for each in problems))


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
    """A scenario from a file, and what in the file was left out."""

    scenario: Scenario
    warnings: tuple[Problem, ...] = ()


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


def loads(text: str | bytes, *, kinds: Mapping[str, Callable[[Mapping[str, Any]], Request]]) -> Loaded:
    """Return the scenario of a file; raises ScenarioError with everything that is wrong, and where.

    Parameters
    ----------
    text : str or bytes
        The file, as UTF-8 when bytes.
    kinds : mapping of kind to reader
        Which kinds are taken, and what makes a request of plain values (raising RequestError).
    """
    document = _document(text)
    problems = [*_texts(document), *_summary(document), *_date(document)]
    kind = document.get("kind")
    if not (isinstance(kind, str) and kind in kinds):
        problems.append(_wrong(document, "kind", " / ".join(sorted(kinds))))
    values = document.get("request")
    if not isinstance(values, dict):
        problems.append(_wrong(document, "request", "{…}"))
    if problems or not isinstance(kind, str) or not isinstance(values, dict):
        raise ScenarioError(problems)
    request = _request(values, kinds[kind])
    known = request.to_json().keys()
    warnings = [Problem(path=_shown(name), template=UNKNOWN) for name in document if name not in KEYS]
    warnings += [Problem(path=f"request.{_shown(name)}", template=UNKNOWN) for name in values if name not in known]
    scenario = Scenario(
        kind=kind,
        name=document["name"],
        note=document.get("note", ""),
        request=request,
        summary={name: float(value) for name, value in document["summary"].items()},
        data_version=document["data_version"],
        program_version=document["program_version"],
        saved=dt.date.fromisoformat(document["saved"]),
    )
    return Loaded(scenario, tuple(warnings))


def is_other_data(scenario: Scenario, data_version: str) -> bool:
    """Whether a scenario was made on other data than a version, so that its numbers may differ now."""
    return scenario.data_version != data_version


def compare(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Difference, ...]:
    """Return every number of two summaries side by side, in the order of the first, then what only the second has."""
    names = dict.fromkeys([*before, *after])
    return tuple(Difference(name, before.get(name), after.get(name)) for name in names)


def _document(text: str | bytes) -> dict[str, Any]:
    problems = _size(text)
    if problems:
        raise ScenarioError(problems)
    try:
        plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        document = json.loads(plain, parse_constant=_no_constant, object_pairs_hook=_once)
    except RecursionError as error:
        raise ScenarioError([Problem(path="", template=TOO_DEEP, values={"most": DEEPEST})]) from error
    except ValueError as error:
        reason = _shown(str(error).split("\n")[0])
        raise ScenarioError([Problem(path="", template=NO_JSON, values={"reason": reason})]) from error
    if not isinstance(document, dict) or FORMAT not in document:
        raise ScenarioError([Problem(path="", template=NO_SCENARIO, values={"expected": f'"{FORMAT}": {VERSION}'})])
    version = document[FORMAT]
    if isinstance(version, bool) or version != VERSION:
        values = {"value": _shown(version), "expected": VERSION}
        raise ScenarioError([Problem(path=FORMAT, template=OTHER_VERSION, values=values)])
    if _is_deep(document):
        raise ScenarioError([Problem(path="", template=TOO_DEEP, values={"most": DEEPEST})])
    return document


def _size(text: str | bytes) -> list[Problem]:
    size = len(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    values = {"size": size, "most": LARGEST_BYTES}
    return [Problem(path="", template=TOO_LARGE, values=values)] if size > LARGEST_BYTES else []


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{name[:60]!r} is there twice")
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


def _texts(document: Mapping[str, Any]) -> Iterator[Problem]:
    for name, longest in LONGEST.items():
        value = document.get(name, "" if name == "note" else None)
        is_text = isinstance(value, str) and len(value) <= longest and not has_hidden(value)
        if not is_text or (name == "name" and not value.strip()):
            yield _wrong(document, name, f"a text of at most {longest} plain characters")


def _summary(document: Mapping[str, Any]) -> Iterator[Problem]:
    summary = document.get("summary")
    if not isinstance(summary, dict) or len(summary) > MOST_NUMBERS:
        yield _wrong(document, "summary", f"an object of at most {MOST_NUMBERS} numbers by name")
        return
    for name, value in summary.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
        if not is_number or len(name) > LONGEST["name"] or has_hidden(name) or not math.isfinite(value):
            values = {"value": _shown(value), "expected": "a number"}
            yield Problem(path=f"summary.{_shown(name)}", template=WRONG, values=values)


def _date(document: Mapping[str, Any]) -> Iterator[Problem]:
    value = document.get("saved")
    try:
        is_date = isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_date = False
    if not is_date:
        yield _wrong(document, "saved", "a date such as 2025-06-03")


def _wrong(document: Mapping[str, Any], name: str, expected: str) -> Problem:
    if name not in document:
        return Problem(path=name, template=MISSING, values={"expected": expected})
    return Problem(path=name, template=WRONG, values={"value": _shown(document[name]), "expected": expected})


def _request(values: Mapping[str, Any], read: Callable[[Mapping[str, Any]], Request]) -> Request:
    try:
        return read(values)
    except RequestError as error:
        reason = str(error)
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
    raise ScenarioError([Problem(path="request", template=BAD_REQUEST, values={"reason": _shown(reason, 300)})])


def _shown(value: object, longest: int = 80) -> str:
    """Return a value as harmless short text."""
    text = value if isinstance(value, str) else repr(value)
    return "".join(each if each.isprintable() else "�" for each in text[:longest]) + (
        "…" if len(text) > longest else ""
    )
