"""Kinds of problems that data can have, each with the sentence people read."""

from __future__ import annotations

from dataclasses import dataclass

from geo.errors import DataProblem
from geo.plain_text import defused

LONGEST_SHOWN = 80  # characters of a value inside a sentence
WHOLE = frozenset({"choices", "columns"})  # our own words, never shortened


@dataclass(frozen=True, slots=True)
class Complaint:
    """One way in which data can be wrong; `template` is marked with `N_` where it is written."""

    code: str
    template: str
    severity: str = "error"

    def at(self, resource: str, row: int | None = None, field: str = "", **values: object) -> DataProblem:
        """Return the problem at a file, row and field; texts are made harmless and shortened for the sentence."""
        return DataProblem(
            code=self.code,
            template=self.template,
            values={name: value if name in WHOLE else shown(value) for name, value in values.items()},
            resource=resource,
            row=row,
            field=field,
            severity=self.severity,
        )


def shown(value: object) -> object:
    """Return a value as a sentence can quote it: no control characters, at most 80 characters."""
    if not isinstance(value, str):
        return value
    text = defused(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
