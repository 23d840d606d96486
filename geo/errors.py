"""Exceptions of the domain, and the data problems they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.messages import Message
from geo.text import strip_hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class DataProblem:
    """One thing that is wrong with one value of a table or a file.

    `row` counts data rows from 1 as a spreadsheet without its header would; None speaks of the whole table. `field`
    is a column, or the path to a choice inside a file. `severity` is "error" or "warning".
    """

    code: str
    message: Message
    resource: str = ""
    row: int | None = None
    field: str = ""
    severity: str = "error"

    @property
    def place(self) -> str:
        """Where it is: `service.csv, row 12, minimum_age`, as far as known."""
        parts = [self.resource, f"row {self.row}" if self.row is not None else "", self.field]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        """Return the sentence in English, after its place."""
        return f"{self.place}: {self.message}" if self.place else str(self.message)


class GeoError(Exception):
    """Anything the domain refuses; never a bug of its own."""


class DataError(GeoError, ValueError):
    """The data on disk cannot be used.

    `problems` lists all that is wrong.
    """

    def __init__(self, subject: str, problems: Sequence[DataProblem]) -> None:
        self.subject = subject
        self.problems = tuple(problems)
        lines = "\n".join(f"- {p.place}: {p.message}" for p in self.problems)
        super().__init__(f"{subject} cannot be used:\n{lines}")


class SettingsError(GeoError, ValueError):
    """A setting in the environment has a value that cannot be used."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


class RequestError(GeoError, ValueError):
    """Something is asked that cannot be answered: the message names the value and what was expected."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


LONGEST_QUOTE = 80  # characters of a value inside a sentence
NEVER_SHORTENED = frozenset({"choices", "columns"})  # our own words, never shortened


@dataclass(frozen=True, slots=True)
class Complaint:
    """One way in which data can be wrong.

    `template` is marked with `N_` where it is written.
    """

    code: str
    template: str
    severity: str = "error"

    def at(self, resource: str, row: int | None = None, field: str = "", **values: object) -> DataProblem:
        """Return the problem at a file, row and field.

        Texts are made harmless and shortened for the sentence.
        """
        return DataProblem(
            code=self.code,
            message=Message(
                self.template,
                {name: value if name in NEVER_SHORTENED else quoted(value) for name, value in values.items()},
            ),
            resource=resource,
            row=row,
            field=field,
            severity=self.severity,
        )


def quoted(value: object) -> object:
    """Return a value as a sentence can quote it.

    No control characters, at most 80 characters.
    """
    if not isinstance(value, str):
        return value
    text = strip_hidden(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
