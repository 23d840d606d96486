"""Sentences for readers, kept as a template and its values so that they can be said in any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802  (the name gettext tools look for)
    """Return `message` unchanged; marks it for extraction."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """An English template marked with `N_`, and the values of its named placeholders.

    `str` gives the English sentence. Another language translates the template and writes each value its own way:
    numbers, codes (members of an enumeration), `Name`, `Rounded`, a tuple of these, or a message inside the message.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.template.format(**{name: _in_english(value) for name, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Name:
    """What a place is called in Dutch and in French; English uses the Dutch name."""

    nl: str
    fr: str = ""

    def __str__(self) -> str:
        """Return the Dutch name."""
        return self.nl


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number with a fixed number of decimals, also where they are 0: 100.0."""

    value: float
    decimals: int = 1

    def __str__(self) -> str:
        """Return the number with a decimal point."""
        return f"{self.value:.{self.decimals}f}"


def shortest(value: float) -> float:
    """Return a number of at most nine digits, whole where it can be: 5 and not 5.0."""
    rounded = float(f"{value:.9g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def _in_english(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
