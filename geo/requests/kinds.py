"""Kinds of choices: how each stands in a link, in a file and on the command line, and what is refused."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from geo.messages import Message, shortest
from geo.requests.kind import Kind, UnfitError, list_of_texts, number_of, repeat_option


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes(Kind[frozenset[StrEnum]]):
    """Some members of an enumeration, as a frozenset.

    `among` are those that can be asked (all, when empty), `strange` refuses others with `value` and `expected`;
    `none` refuses an empty set. `is_ordered`: in links and commands they stand as enumerated, and not by alphabet.
    """

    codes: type[StrEnum] = field(kw_only=False)
    among: tuple[StrEnum, ...] = ()
    strange: str = ""
    none: Message | None = None
    is_ordered: bool = False

    def normalize(self, value: frozenset[StrEnum]) -> frozenset[StrEnum]:
        """Freeze a set, so that the request can be a key."""
        return frozenset(value)

    def refusal(self, value: frozenset[StrEnum]) -> Message | None:
        """Refuse an empty set, and members that cannot be asked."""
        strangers = sorted(value - set(self.among)) if self.among else []
        if strangers:
            return Message(self.strange, {"value": strangers[0], "expected": self.among})
        return None if value else self.none

    def in_order(self, value: frozenset[StrEnum]) -> list[str]:
        """Return the codes in the order of a link."""
        return [code.value for code in self.codes if code in value] if self.is_ordered else sorted(map(str, value))

    def to_link(self, value: frozenset[StrEnum]) -> str:
        """Join the codes by commas."""
        return ",".join(self.in_order(value))

    def from_link(self, text: str) -> frozenset[StrEnum] | None:
        """Take the codes that exist; None without any."""
        known = {code.value: code for code in self.among or self.codes}
        return frozenset(known[code] for code in text.split(",") if code in known) or None

    def to_json(self, value: frozenset[StrEnum]) -> object:
        """Return the codes by alphabet."""
        return sorted(map(str, value))

    def from_json(self, value: object) -> frozenset[StrEnum]:
        """Take a list of codes."""
        known = {code.value: code for code in self.codes}
        texts = list_of_texts(value)
        if not known.keys() >= set(texts):
            raise UnfitError
        return frozenset(known[code] for code in texts)

    def arguments(self, value: frozenset[StrEnum]) -> list[str]:
        """Repeat the option for every code."""
        return repeat_option(self.option, self.in_order(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Kind[StrEnum]):
    """One member of an enumeration."""

    codes: type[StrEnum] = field(kw_only=False)

    def from_link(self, text: str) -> StrEnum | None:
        """Take the first code that exists."""
        known = {code.value: code for code in self.codes}
        return next((known[code] for code in text.split(",") if code in known), None)

    def to_json(self, value: StrEnum) -> object:
        """Return the code."""
        return value.value

    def from_json(self, value: object) -> StrEnum:
        """Take a code."""
        if not isinstance(value, str) or value not in set(self.codes):
            raise UnfitError
        return self.codes(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Kind[float]):
    """A number between two bounds, both included unless `is_above`.

    `strange` refuses others with `value`, `least` and `most`. With a `unit` of 1,000 it is held in metres, rounded to
    the millimetre, and said in kilometres; so links and commands repeat it exactly.
    """

    low: float
    high: float
    strange: str
    unit: float = 1.0
    is_whole: bool = False
    is_above: bool = False
    has_none: bool = False
    """Whether 0 stands for none, beside the numbers between the bounds."""
    ROUNDED: ClassVar = 3

    def normalize(self, value: float) -> float:
        """Round metres."""
        if self.is_whole:
            return value
        return float(value) if self.unit == 1 else round(float(value), self.ROUNDED)

    def refusal(self, value: float) -> Message | None:
        """Refuse what lies outside the bounds."""
        is_inside = self.low < value <= self.high if self.is_above else self.low <= value <= self.high
        if is_inside or (self.has_none and value == 0):
            return None
        said = {"value": value, "least": self.low, "most": self.high}
        return Message(self.strange, {name: shortest(number / self.unit) for name, number in said.items()})

    def to_link(self, value: float) -> str:
        """Return at most nine digits."""
        return str(value) if self.is_whole else f"{value / self.unit:.9g}"

    def from_link(self, text: str) -> float | None:
        """Take a number; a whole one where it must be."""
        try:
            value = float(text) * self.unit
        except ValueError:
            return None
        if not math.isfinite(value) or (self.has_none and value == 0):
            return None
        if not self.is_whole:
            return value
        return int(value) if value.is_integer() else None

    def from_json(self, value: object) -> float:
        """Take a number that is none in words."""
        number = number_of(value)
        if self.is_whole and not isinstance(number, int):
            raise UnfitError
        return number if self.is_whole else float(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Kind[bool]):
    """Yes or no; in a link 1 or 0, on the command line an option that says the opposite of the default."""

    def to_link(self, value: bool) -> str:
        """Return 1 or 0."""
        return "1" if value else "0"

    def from_link(self, text: str) -> bool | None:
        """Take 1 or 0."""
        return {"1": True, "0": False}.get(text)

    def from_json(self, value: object) -> bool:
        """Take true or false."""
        if not isinstance(value, bool):
            raise UnfitError
        return value

    def arguments(self, value: bool) -> list[str]:
        """Return the option alone."""
        return [self.option]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Kind[str]):
    """A text of a pattern; `strange` refuses others with `value`, where the request itself is to refuse them."""

    pattern: re.Pattern[str]
    strange: str = ""

    def refusal(self, value: str) -> Message | None:
        """Refuse another pattern."""
        if not self.strange or not value or self.pattern.fullmatch(value):
            return None
        return Message(self.strange, {"value": repr(value[:120])})

    def from_link(self, text: str) -> str | None:
        """Take a text of the pattern."""
        return text if self.pattern.fullmatch(text) else None

    def from_json(self, value: object) -> str:
        """Take a text."""
        if not isinstance(value, str):
            raise UnfitError
        return value
