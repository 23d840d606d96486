"""What is wrong with a request, a file or the data, in the language being spoken."""

from __future__ import annotations

import math
from enum import StrEnum

from geo.errors import DataError, DataProblem, GeoError, RequestError, SettingsError
from geo.messages import Message, Name, Rounded
from words import i18n, labels
from words.i18n import _

_IN_A_FILE = frozenset({"line", "column"})
"""Numbers that an editor shows without separators."""


def sentence(problem: Message | DataProblem) -> str:
    """Return a message in the language being spoken; of a problem in a file after its place there."""
    if isinstance(problem, DataProblem):
        said = sentence(problem.message)
        return f"{where(problem)}: {said}" if where(problem) else said
    return _(problem.template).format(**{name: _value(name, value) for name, value in problem.values.items()})


def where(problem: DataProblem) -> str:
    """Return the place of a problem: file, row and field, as far as known."""
    row = _("row {row}").format(row=problem.row) if problem.row is not None else ""
    return ", ".join(part for part in (problem.resource, row, problem.field) if part)


def refusal(error: GeoError) -> str:
    """Return what an error of the domain says."""
    if isinstance(error, RequestError | SettingsError):
        return sentence(error.message)
    if isinstance(error, DataError):
        return "\n\n".join(map(sentence, error.problems))
    return _("The program could not work this out: {reason}").format(reason=error)


def _value(name: str, value: object) -> str:
    """Return a value as the language writes it."""
    if isinstance(value, Message):
        return sentence(value)
    if isinstance(value, tuple):
        return ", ".join(_value(name, each) for each in value)
    if isinstance(value, StrEnum):
        return labels.code_name(value)
    if isinstance(value, Name):
        return value.fr if value.fr and i18n.current_language() == "fr" else value.nl
    return str(value) if name in _IN_A_FILE else _number(value)


def _number(value: object) -> str:
    """Return a number with the decimals it has, none where it is whole; anything else as it is."""
    if isinstance(value, Rounded):
        return i18n.number_text(value.value, decimals=value.decimals)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return str(value)
    decimals = 0 if value == round(value) else len(f"{value:.9f}".rstrip("0").partition(".")[2])
    return i18n.number_text(value, decimals=decimals)
