"""Kinds of choices that hold any number of ids or points."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.messages import Message
from geo.requests.kind import Kind, UnfitError, list_of_texts, number_of, repeat_option
from geo.requests.points import Point, is_on_globe, point, point_text, rounded

MOST_IN_LINK = 40
"""Longer lists are left out of a link: they belong in a file."""
ID = re.compile(r"[0-9a-z:._@-]{1,120}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids(Kind[frozenset[str]]):
    """Some texts of a pattern, as a frozenset; a link holds at most `most`."""

    pattern: re.Pattern[str] = ID
    most: int = MOST_IN_LINK

    def normalize(self, value: frozenset[str]) -> frozenset[str]:
        """Freeze a set, so that the request can be a key."""
        return frozenset(value)

    def to_link(self, value: frozenset[str]) -> str:
        """Join them by commas, nothing when there are too many."""
        return ",".join(sorted(value)) if len(value) <= self.most else ""

    def from_link(self, text: str) -> frozenset[str]:
        """Take the texts of the pattern."""
        return frozenset([each for each in text.split(",") if self.pattern.fullmatch(each)][: self.most])

    def to_json(self, value: frozenset[str]) -> object:
        """Return them by alphabet."""
        return sorted(value)

    def from_json(self, value: object) -> frozenset[str]:
        """Take a list of texts."""
        return frozenset(list_of_texts(value))

    def arguments(self, value: frozenset[str]) -> list[str]:
        """Repeat the option for every text."""
        return repeat_option(self.option, sorted(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Points(Kind[tuple[Point, ...]]):
    """Points in degrees, as a tuple of (lon, lat); `strange` refuses what is not on the globe, with `value`."""

    strange: str

    def normalize(self, value: tuple[Point, ...]) -> tuple[Point, ...]:
        """Round them to six decimals."""
        return tuple(map(rounded, value))

    def refusal(self, value: tuple[Point, ...]) -> Message | None:
        """Refuse the first that is not on the globe."""
        off = next((each for each in value if not is_on_globe(*each)), None)
        return None if off is None else Message(self.strange, {"value": f"{off[0]:g},{off[1]:g}"})

    def to_link(self, value: tuple[Point, ...]) -> str:
        """Join them by semicolons, nothing when there are too many."""
        return ";".join(map(point_text, value)) if len(value) <= MOST_IN_LINK else ""

    def from_link(self, text: str) -> tuple[Point, ...]:
        """Take the points that are on the globe."""
        found = [point(each) for each in text.split(";")]
        return tuple(each for each in found if each is not None)[:MOST_IN_LINK]

    def to_json(self, value: tuple[Point, ...]) -> object:
        """Return a list of pairs."""
        return [list(each) for each in value]

    def from_json(self, value: object) -> tuple[Point, ...]:
        """Take a list of pairs of numbers."""
        if not isinstance(value, list):
            raise UnfitError
        return tuple(_pair(each) for each in value)

    def arguments(self, value: tuple[Point, ...]) -> list[str]:
        """Repeat the option; with "=", since a point may begin with a minus."""
        return [f"{self.option}={point_text(each)}" for each in value]


def _pair(value: object) -> Point:
    if not isinstance(value, list) or len(value) != 2:
        raise UnfitError
    return float(number_of(value[0])), float(number_of(value[1]))
