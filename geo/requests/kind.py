"""What every kind of choice declares and does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from geo.messages import Message

V = TypeVar("V")
LARGEST = 1e15
"""Numbers in files are smaller."""


class UnfitError(ValueError):
    """A value of a file has another form than its choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[V]):
    """What all kinds declare.

    `link` is the name in a link, `option` the one on the command line, `expected` what a file must hold. A choice
    that is the default is left out of a link or command, unless it always stands there.
    """

    link: str
    expected: Message
    option: str = ""
    always_in_link: bool = False
    always_in_command: bool = False

    def normalize(self, value: V) -> V:
        """Return a value as the request holds it."""
        return value

    def refusal(self, value: V) -> Message | None:
        """Return why a value cannot be asked, by itself; None when it can."""
        return None

    def to_link(self, value: V) -> str:
        """Return a value as text for a link; empty: it is left out."""
        return str(value)

    def from_link(self, text: str) -> V | None:
        """Return the value of a text in a link; None when it cannot be understood."""
        raise NotImplementedError

    def to_json(self, value: V) -> object:
        """Return a value as JSON holds it."""
        return value

    def from_json(self, value: object) -> V:
        """Return the value of a file; raises UnfitError for another form."""
        raise NotImplementedError

    def arguments(self, value: V) -> list[str]:
        """Return a value as arguments of the command line."""
        return [self.option, self.to_link(value)]


def list_of_texts(value: object) -> list[str]:
    """Return the texts of a file's list; raises UnfitError for anything else."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UnfitError
    return value


def number_of(value: object) -> float:
    """Return a number of a file; raises UnfitError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST:
        raise UnfitError
    return value


def repeat_option(option: str, values: Iterable[str]) -> list[str]:
    """Return the option before each value."""
    return [part for value in values for part in (option, value)]
