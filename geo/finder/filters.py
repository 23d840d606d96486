"""Filters on services: the criteria of a reader."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

import numpy as np

from geo.ages import AgeGroup
from geo.arrays import Flags
from geo.directory.directory import UNKNOWN_CODE, Directory
from geo.directory.index import TYPES, for_age, index_of
from geo.directory.service_types import SERVICE_TYPES, ServiceFunction, ServiceType
from geo.messages import N_, Message
from geo.opening.many import open_now_mask
from geo.requests import Codes, Flag, Ids, Request, choice, expected
from geo.requests.request import defaults_of, kinds_of

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")
_LONGEST_VALUE = 500
_YES_VALUES = frozenset({"1", "true", "yes"})


class CriterionMatch(NamedTuple):
    """Which services meet one criterion, and which are silent on it."""

    matches: Flags
    unknown: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ordered(Codes):
    """Codes that stand as enumerated everywhere, in files too."""

    is_ordered: bool = True

    def to_json(self, value: frozenset[StrEnum]) -> object:
        """Return the codes as enumerated."""
        return self.in_order(value)


_TYPES = _Ordered(ServiceType, link="type", option="--type", expected=expected.TYPES)
_AGES = _Ordered(AgeGroup, link="age", option="--age", expected=expected.AGES)
_LANGUAGES = Ids(
    link="spoken",
    option="--language",
    expected=Message(N_("a list of languages, such as {example}"), {"example": '["fr", "tr"]'}),
    pattern=_LANGUAGE,
    most=_LONGEST_VALUE,
)
_FUNCTIONS = _Ordered(
    ServiceFunction,
    link="function",
    option="--function",
    expected=Message(N_("a list of what is looked for, such as {example}"), {"example": '["meeting"]'}),
)
_FREE = Flag(link="free", option="--free", expected=expected.YES_OR_NO)
_NO_APPOINTMENT = Flag(link="walkin", option="--no-appointment", expected=expected.YES_OR_NO)
_OPEN_NOW = Flag(link="open", option="--open-now", expected=expected.YES_OR_NO)
_WITH_ADDRESS = Flag(link="address", option="--with-address", expected=expected.YES_OR_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter(Request):
    """What is wanted; everything left empty or False restricts nothing.

    Inside one criterion any choice is enough (two ages: for either child); a service must meet all criteria.
    Only what is known counts: a record that does not say whether it is free, needs an appointment, is open now
    or speaks a language does not match that criterion, and is counted as hidden (`hidden_unknown`).
    """

    COMMAND: ClassVar = "find"

    types: frozenset[ServiceType] = choice(_TYPES, frozenset())
    ages: frozenset[AgeGroup] = choice(_AGES, frozenset())
    languages: frozenset[str] = choice(_LANGUAGES, frozenset())
    functions: frozenset[ServiceFunction] = choice(_FUNCTIONS, frozenset())
    free: bool = choice(_FREE, default=False)
    no_appointment: bool = choice(_NO_APPOINTMENT, default=False)
    open_now: bool = choice(_OPEN_NOW, default=False)
    with_address: bool = choice(_WITH_ADDRESS, default=False)

    def active_criteria(self) -> tuple[str, ...]:
        """Return the names of the criteria that restrict."""
        return tuple(name for name in kinds_of(type(self)) if getattr(self, name))

    def without(self, name: str) -> Self:
        """Return the same filter with one criterion left open."""
        return replace(self, **{name: defaults_of(type(self))[name]})

    def mask(self, directory: Directory, *, now: dt.datetime) -> Flags:
        """Return which services are wanted and still offered.

        Per service of the directory.

        `now` (with a time zone) is used by `open_now` alone.
        """
        return match_all(index_of(directory).findable, self.judgements(directory, now=now).values())

    def judgements(self, directory: Directory, *, now: dt.datetime) -> dict[str, CriterionMatch]:
        """Return how each service meets each criterion that restricts."""
        return {name: _MATCHERS[name](self, directory, now) for name in self.active_criteria()}

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> Self:
        """Return the filter of a link, whose parameters may stand there several times."""
        plain = {}
        for kind in kinds_of(cls).values():
            values = list(_split_values(query.get(kind.link)))
            is_chosen = not _YES_VALUES.isdisjoint(values)
            plain[kind.link] = str(int(is_chosen)) if isinstance(kind, Flag) else ",".join(values)
        return super(ServiceFilter, cls).from_query(plain)


QUERY_NAMES = {name: kind.link for name, kind in kinds_of(ServiceFilter).items()}
"""Each criterion and its name in a link."""


def match_all(start: Flags, judgements: Iterable[CriterionMatch]) -> Flags:
    """Return where `start` and every judgement hold."""
    kept = start.copy()
    for judgement in judgements:
        kept &= judgement.matches
    return kept


def _match_types(wanted: ServiceFilter, directory: Directory, _: dt.datetime) -> CriterionMatch:
    return _match_type_flags(directory, [kind in wanted.types for kind in TYPES])


def _match_functions(wanted: ServiceFilter, directory: Directory, _: dt.datetime) -> CriterionMatch:
    return _match_type_flags(
        directory, [not wanted.functions.isdisjoint(SERVICE_TYPES[kind].functions) for kind in TYPES]
    )


def _match_ages(wanted: ServiceFilter, directory: Directory, _: dt.datetime) -> CriterionMatch:
    matches = np.zeros(len(directory), dtype=np.bool_)
    for group in wanted.ages:
        matches |= for_age(directory, group)
    return _match_certain(matches)


def meets_other_criteria(directory: Directory, judged: Mapping[str, CriterionMatch], name: str) -> Flags:
    """Return which services are offered and meet every other criterion.

    Every criterion but the named one.
    """
    return match_all(index_of(directory).findable, (each for other, each in judged.items() if other != name))


def _match_languages(wanted: ServiceFilter, directory: Directory, _: dt.datetime) -> CriterionMatch:
    matches = np.zeros(len(directory), dtype=np.bool_)
    for code in wanted.languages & directory.languages.keys():
        matches[directory.languages[code]] = True
    return CriterionMatch(matches, ~index_of(directory).states_language)


def _match_free(_: ServiceFilter, directory: Directory, __: dt.datetime) -> CriterionMatch:
    return CriterionMatch(directory.free == 1, directory.free == UNKNOWN_CODE)


def _match_no_appointment(_: ServiceFilter, directory: Directory, __: dt.datetime) -> CriterionMatch:
    return CriterionMatch(directory.appointment == 0, directory.appointment == UNKNOWN_CODE)


def _match_open_now(_: ServiceFilter, directory: Directory, now: dt.datetime) -> CriterionMatch:
    is_open = open_now_mask(directory.schedules, now=now)
    return CriterionMatch(is_open == 1, is_open == UNKNOWN_CODE)


def _match_with_address(_: ServiceFilter, directory: Directory, __: dt.datetime) -> CriterionMatch:
    return _match_certain(index_of(directory).has_address)


_MATCHERS: dict[str, Callable[[ServiceFilter, Directory, dt.datetime], CriterionMatch]] = {
    "types": _match_types,
    "ages": _match_ages,
    "languages": _match_languages,
    "functions": _match_functions,
    "free": _match_free,
    "no_appointment": _match_no_appointment,
    "open_now": _match_open_now,
    "with_address": _match_with_address,
}


def _match_type_flags(directory: Directory, wanted: list[bool]) -> CriterionMatch:
    return _match_certain(np.array(wanted)[directory.type_code])


def _match_certain(matches: Flags) -> CriterionMatch:
    return CriterionMatch(matches, np.zeros_like(matches))


def _split_values(raw: object) -> Iterator[str]:
    """Yield the comma-joined values of a parameter that may be missing, one text or several."""
    several = raw if isinstance(raw, list | tuple) else [raw]
    for text in several[:_LONGEST_VALUE]:
        if isinstance(text, str):
            yield from (part.strip().lower() for part in text[:_LONGEST_VALUE].split(","))
