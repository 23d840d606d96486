"""Says which services a reader wants."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import NamedTuple, Self, TypeVar

import numpy as np

from geo.ages import AgeGroup
from geo.directory.directory import UNKNOWN, Directory
from geo.directory.index import TYPES, Flags, for_age, index_of
from geo.directory.service_types import SERVICE_TYPES, ServiceFunction, ServiceType
from geo.opening.many import open_now_mask

QUERY_NAMES = {
    "types": "type",
    "ages": "age",
    "languages": "spoken",
    "functions": "function",
    "free": "free",
    "no_appointment": "walkin",
    "open_now": "open",
    "with_address": "address",
}
"""Each criterion and its name in a link."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")
_LONGEST_VALUE = 500
_YES = frozenset({"1", "true", "yes"})
_Choice = TypeVar("_Choice", bound=StrEnum)


class Judgement(NamedTuple):
    """Per service whether it meets one criterion, and whether the record is silent on it."""

    matches: Flags
    unknown: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """What is wanted; everything left empty or False restricts nothing.

    Inside one criterion any choice is enough (two ages: for either child); a service must meet all criteria.
    Only what is known counts: a record that does not say whether it is free, needs an appointment, is open now
    or speaks a language does not match that criterion, and is counted as hidden (`hidden_unknown`).
    """

    types: frozenset[ServiceType] = frozenset()
    ages: frozenset[AgeGroup] = frozenset()
    languages: frozenset[str] = frozenset()
    functions: frozenset[ServiceFunction] = frozenset()
    free: bool = False
    no_appointment: bool = False
    open_now: bool = False
    with_address: bool = False

    def criteria(self) -> tuple[str, ...]:
        """Return the names of the criteria that restrict."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))

    def without(self, name: str) -> Self:
        """Return the same filter with one criterion left open."""
        kept = {field.name: getattr(self, field.name) for field in fields(self) if field.name != name}
        return type(self)(**kept)

    def mask(self, directory: Directory, *, now: dt.datetime) -> Flags:
        """Return per service of the directory whether it is wanted and still offered.

        `now` (with a time zone) is used by `open_now` alone.
        """
        return all_of(index_of(directory).findable, self.judgements(directory, now=now).values())

    def judgements(self, directory: Directory, *, now: dt.datetime) -> dict[str, Judgement]:
        """Return per criterion that restricts how each service of the directory meets it."""
        return {name: _JUDGES[name](self, directory, now) for name in self.criteria()}

    def to_query(self) -> dict[str, str]:
        """Return the parameters of a link; the same filter always gives the same ones, in the same order."""
        return {QUERY_NAMES[name]: ",".join(_codes(getattr(self, name))) for name in self.criteria()}

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> Self:
        """Return the filter of a link; what cannot be understood restricts nothing."""
        codes = {name: list(_values(query.get(parameter))) for name, parameter in QUERY_NAMES.items()}
        flags = {name: not _YES.isdisjoint(values) for name, values in codes.items()}
        return cls(
            types=_known(ServiceType, codes["types"]),
            ages=_known(AgeGroup, codes["ages"]),
            languages=frozenset(code for code in codes["languages"] if _LANGUAGE.fullmatch(code)),
            functions=_known(ServiceFunction, codes["functions"]),
            free=flags["free"],
            no_appointment=flags["no_appointment"],
            open_now=flags["open_now"],
            with_address=flags["with_address"],
        )

    def to_json(self) -> dict[str, object]:
        """Return all criteria as plain values, those that do not restrict as well."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value if isinstance(value, bool) else _codes(value) for name, value in values.items()}


def all_of(start: Flags, judgements: Iterable[Judgement]) -> Flags:
    """Return where `start` and every judgement hold."""
    kept = start.copy()
    for judgement in judgements:
        kept &= judgement.matches
    return kept


def _judge_types(wanted: ServiceFilter, directory: Directory, _: dt.datetime) -> Judgement:
    return _of_types(directory, [kind in wanted.types for kind in TYPES])


def _judge_functions(wanted: ServiceFilter, directory: Directory, _: dt.datetime) -> Judgement:
    return _of_types(directory, [not wanted.functions.isdisjoint(SERVICE_TYPES[kind].functions) for kind in TYPES])


def _judge_ages(wanted: ServiceFilter, directory: Directory, _: dt.datetime) -> Judgement:
    matches = np.zeros(len(directory), dtype=np.bool_)
    for group in wanted.ages:
        matches |= for_age(directory, group)
    return _certain(matches)


def meeting_others(directory: Directory, judged: Mapping[str, Judgement], name: str) -> Flags:
    """Return per service whether it is still offered and meets every criterion but one."""
    return all_of(index_of(directory).findable, (each for other, each in judged.items() if other != name))


def _judge_languages(wanted: ServiceFilter, directory: Directory, _: dt.datetime) -> Judgement:
    matches = np.zeros(len(directory), dtype=np.bool_)
    for code in wanted.languages & directory.languages.keys():
        matches[directory.languages[code]] = True
    return Judgement(matches, ~index_of(directory).states_language)


def _judge_free(_: ServiceFilter, directory: Directory, __: dt.datetime) -> Judgement:
    return Judgement(directory.free == 1, directory.free == UNKNOWN)


def _judge_no_appointment(_: ServiceFilter, directory: Directory, __: dt.datetime) -> Judgement:
    return Judgement(directory.appointment == 0, directory.appointment == UNKNOWN)


def _judge_open_now(_: ServiceFilter, directory: Directory, now: dt.datetime) -> Judgement:
    is_open = open_now_mask(directory.schedules, now=now)
    return Judgement(is_open == 1, is_open == UNKNOWN)


def _judge_with_address(_: ServiceFilter, directory: Directory, __: dt.datetime) -> Judgement:
    return _certain(index_of(directory).has_address)


_JUDGES: dict[str, Callable[[ServiceFilter, Directory, dt.datetime], Judgement]] = {
    "types": _judge_types,
    "ages": _judge_ages,
    "languages": _judge_languages,
    "functions": _judge_functions,
    "free": _judge_free,
    "no_appointment": _judge_no_appointment,
    "open_now": _judge_open_now,
    "with_address": _judge_with_address,
}


def _of_types(directory: Directory, wanted: list[bool]) -> Judgement:
    return _certain(np.array(wanted)[directory.type_code])


def _certain(matches: Flags) -> Judgement:
    return Judgement(matches, np.zeros_like(matches))


def _codes(value: bool | frozenset[str]) -> list[str]:
    """Return the codes of a criterion in their own order: that of the list of codes, or the alphabet."""
    if isinstance(value, bool):
        return ["1"]
    orders = {code: position for position, code in enumerate((*ServiceType, *AgeGroup, *ServiceFunction))}
    return [str(code) for code in sorted(value, key=lambda code: (orders.get(code, 0), code))]


def _values(raw: object) -> Iterator[str]:
    """Yield the comma-joined values of a parameter that may be missing, one text or several."""
    several = raw if isinstance(raw, list | tuple) else [raw]
    for text in several[:_LONGEST_VALUE]:
        if isinstance(text, str):
            yield from (part.strip().lower() for part in text[:_LONGEST_VALUE].split(","))


def _known(kind: type[_Choice], codes: Iterable[str]) -> frozenset[_Choice]:
    by_code = {choice.value: choice for choice in kind}
    return frozenset(by_code[code] for code in codes if code in by_code)
