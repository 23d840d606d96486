"""Judgements about the directory's sources, and their use."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import DataError, DataProblem
from geo.ingest.directory.normal import fold_name
from geo.messages import N_, Message

_ROW = ("source_file", "source_row_name")
_WHY = ("why",)
_SOURCED = ("why", "source_url")

TABLES: dict[str, tuple[str, ...]] = {
    "names": (*_ROW, "service_id", "name", "alternate_name", *_WHY),
    "merges": (*_ROW, "into_service_id", "keep_place", *_WHY),
    "left_out": (*_ROW, *_WHY),
    "corrections": (*_ROW, "field", "value", *_SOURCED),
    "places": (*_ROW, "municipality", "locality", "building", *_WHY),
    "hours": (*_ROW, "description", "freq", "byday", "opens_at", "closes_at", "by_appointment", *_WHY),
    "organizations": ("source_organisation", "organization", *_WHY),
    "words": ("source_words", "words", *_WHY),
    "texts": ("service_id", "description", "alert", "eligibility"),
    "facts": ("service_id", "fact", *_SOURCED),
    "areas": ("service_id", "area", "name", *_SOURCED),
    "locations": (
        "service_id", "municipality", "locality", "street", "house_number", "postcode", "building", *_SOURCED,
    ),
    "closures": ("service_id", "status", *_SOURCED),
    "additions": (
        "service_id", "service_type", "name", "alternate_name", "organization", "description", "alert", "area",
        "confidence", *_SOURCED, "source_date",
    ),
}  # fmt: skip

_NO_WHY = N_("The judgement does not say why; expected a sentence.")
_NO_COLUMNS = N_("The columns are {found}; expected {expected}.")
_UNUSED = N_("The judgement about {subject} was not used: nothing in the sources matches it.")


@dataclass(slots=True)
class Judgement:
    """A row of a table of judgements.

    `values` by column, `number` counts from 1 as a spreadsheet would.
    """

    table: str
    number: int
    values: dict[str, str]
    used: bool = False

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    @property
    def subject(self) -> str:
        """The subject: a source row, service, organization or words."""
        return next(
            self.values[column]
            for column in ("source_row_name", "service_id", "source_organisation", "source_words")
            if column in self.values
        )

    @property
    def source_row(self) -> tuple[str, str]:
        """File and name of the source row that the judgement is about."""
        return self.values["source_file"], self.values["source_row_name"]

    def problem(self, code: str, template: str, column: str = "", **values: object) -> DataProblem:
        """Return a problem with this judgement."""
        return DataProblem(
            code=code,
            message=Message(template, values),
            resource=f"{self.table}.csv",
            row=self.number,
            field=column,
        )


@dataclass(slots=True)
class Judgements:
    """All tables of judgements.

    Taking a judgement counts as using it; `unused` lists the others.
    """

    rows: dict[str, list[Judgement]]
    problems: list[DataProblem] = field(default_factory=list)
    _by_subject: dict[tuple[str, str, str], list[Judgement]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, folder: Path) -> Judgements:
        """Read every table of `folder`.

        Raises `DataError` when a table lacks a column.
        """
        judgements = cls({table: _read_table(folder / f"{table}.csv", columns) for table, columns in TABLES.items()})
        for judgement in judgements.all():
            judgements._by_subject[judgement.table, *judgements._subject_key(judgement)].append(judgement)
            if not judgement.values.get("why", "-"):
                judgements.problems.append(judgement.problem("no_reason", _NO_WHY, "why"))
        return judgements

    @staticmethod
    def _subject_key(judgement: Judgement) -> tuple[str, str]:
        return judgement.source_row if "source_file" in judgement.values else ("", fold_name(judgement.subject))

    def all(self) -> Iterator[Judgement]:
        """Yield every judgement, table by table."""
        for rows in self.rows.values():
            yield from rows

    def on_row(self, table: str, file: str, name: str) -> list[Judgement]:
        """Take the judgements of `table` about one source row."""
        return _mark_used(self._by_subject.get((table, file, name), []))

    def on(self, table: str, subject: str) -> list[Judgement]:
        """Take the judgements of `table` about one service, organization or phrase."""
        return _mark_used(self._by_subject.get((table, "", fold_name(subject)), []))

    def additions(self) -> list[Judgement]:
        """Take the services that no source row states."""
        return _mark_used(self.rows["additions"])

    def unused(self) -> list[DataProblem]:
        """Return a problem for each judgement that nothing took."""
        return [j.problem("unused_judgement", _UNUSED, subject=j.subject) for j in self.all() if not j.used]


def _mark_used(rows: Iterable[Judgement]) -> list[Judgement]:
    found = list(rows)
    for judgement in found:
        judgement.used = True
    return found


def _read_table(path: Path, columns: tuple[str, ...]) -> list[Judgement]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            found = ", ".join(reader.fieldnames or ())
            problem = DataProblem(
                code="wrong_columns",
                message=Message(_NO_COLUMNS, {"found": found, "expected": columns}),
                resource=path.name,
            )
            raise DataError(path.name, [problem])
        return [
            Judgement(path.stem, number, {column: (row[column] or "").strip() for column in columns})
            for number, row in enumerate(reader, start=1)
        ]
