"""Collected rows about services, with their corrections applied."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from geo.directory.service_types import ServiceType
from geo.errors import DataProblem
from geo.ingest.directory.judgements import Judgement, Judgements
from geo.ingest.directory.normal import make_slug
from geo.ingest.geodata.sources import SourceFolder
from geo.messages import N_, Message

HOUSES = "huizen_van_het_kind.csv"
OTHERS = "services_other.csv"
FILES = (HOUSES, OTHERS)

_RAW_TYPES = {
    "boosting_education": "educational_opportunities",
    "clb": "pupil_guidance_centre",
    "ckg": "family_care_centre",
}

_NO_FIELD = N_("{value} is not a column of {file}.")
_SAME = N_("The correction of {field} changes nothing: the source says {value} already.")
_TWICE = N_("The row {name} is both left out and used.")
_NAMED_TWICE = N_("The source row {name} has a namesake in the same file, so no judgement can tell them apart.")
_NO_TARGET = N_("{value} is the id of no source row, so {name} cannot be merged into it.")
_SAME_ID = N_("The source rows {first} and {second} have the same id {value}; merge them or give one another id.")


@dataclass(slots=True)
class SourceRow:
    """A collected row with corrected columns.

    It holds its file, its place in it (from 1) and its columns.
    """

    file: str
    number: int
    name: str
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")

    @property
    def service_type(self) -> ServiceType:
        """The type of the service.

        Rows of the first file are all Huizen van het Kind.
        """
        raw = self.values.get("service_type", ServiceType.HOUSE_OF_THE_CHILD.value)
        return ServiceType(_RAW_TYPES.get(raw, raw))

    def problem(self, code: str, template: str, column: str = "", **values: object) -> DataProblem:
        """Return a problem with this row."""
        return DataProblem(
            code=code, message=Message(template, values), resource=self.file, row=self.number, field=column
        )


@dataclass(slots=True)
class RowGroup:
    """The source rows that speak of one service.

    The row that gives the id comes first, then those merged into it.
    """

    service_id: str
    first: SourceRow
    merged: list[tuple[SourceRow, bool]]
    name: str
    alternate_name: str

    @property
    def rows(self) -> list[SourceRow]:
        """All rows, the deciding one first."""
        return [self.first, *(row for row, _ in self.merged)]

    @property
    def placed_rows(self) -> list[SourceRow]:
        """The rows whose place and hours are the service's."""
        return [self.first, *(row for row, keeps_place in self.merged if keeps_place)]


@dataclass(frozen=True, slots=True)
class RowCollection:
    """All source rows: grouped by service, or left out."""

    groups: tuple[RowGroup, ...]
    left_out: tuple[SourceRow, ...]

    @property
    def row_count(self) -> int:
        """How many source rows are accounted for."""
        return sum(len(group.rows) for group in self.groups) + len(self.left_out)


def collect_rows(sources: Path, judgements: Judgements) -> RowCollection:
    """Read both source files and sort every row.

    A row of `sources`/services is kept, merged or left out.
    """
    rows = [row for file in FILES for row in _read_rows(SourceFolder(sources).path(f"services/{file}"))]
    _check_names(rows, judgements)
    for row in rows:
        for correction in judgements.on_row("corrections", row.file, row.name):
            _apply_correction(row, correction, judgements)
    left_out = [row for row in rows if judgements.on_row("left_out", row.file, row.name)]
    merges = {id(row): found[0] for row in rows if (found := judgements.on_row("merges", row.file, row.name))}
    judgements.problems += [
        merges[id(row)].problem("left_out_and_merged", _TWICE, name=row.name) for row in left_out if id(row) in merges
    ]
    groups = _group_rows([row for row in rows if row not in left_out], merges, judgements)
    return RowCollection(tuple(groups), tuple(left_out))


def _read_rows(path: Path) -> list[SourceRow]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            SourceRow(path.name, number, row["name"], {key: (value or "").strip() for key, value in row.items()})
            for number, row in enumerate(csv.DictReader(file), start=1)
        ]


def _check_names(rows: list[SourceRow], judgements: Judgements) -> None:
    seen: dict[tuple[str, str], SourceRow] = {}
    for row in rows:
        if seen.setdefault((row.file, row.name), row) is not row:
            judgements.problems.append(row.problem("same_name", _NAMED_TWICE, "name", name=row.name))


def _apply_correction(row: SourceRow, correction: Judgement, judgements: Judgements) -> None:
    column, value = correction["field"], correction["value"]
    if column not in row.values:
        judgements.problems.append(correction.problem("unknown_field", _NO_FIELD, "field", value=column, file=row.file))
    elif row[column] == value:
        judgements.problems.append(
            correction.problem("correction_changes_nothing", _SAME, "value", field=column, value=value or '""')
        )
    else:
        row.values[column] = value


def _group_rows(rows: list[SourceRow], merges: dict[int, Judgement], judgements: Judgements) -> list[RowGroup]:
    groups: dict[str, RowGroup] = {}
    for row in rows:
        if id(row) not in merges:
            group = _named_group(row, judgements)
            other = groups.setdefault(group.service_id, group)
            if other is not group:
                found = {"first": other.first.name, "second": row.name, "value": group.service_id}
                judgements.problems.append(row.problem("same_id", _SAME_ID, "name", **found))
    for row in rows:
        if id(row) in merges:
            _merge_row(row, merges[id(row)], groups, judgements)
    return [groups[key] for key in sorted(groups)]


def _named_group(row: SourceRow, judgements: Judgements) -> RowGroup:
    for name in judgements.on_row("names", row.file, row.name):
        return RowGroup(name["service_id"], row, [], name["name"], name["alternate_name"])
    return RowGroup(make_slug(row.name), row, [], row.name, "")


def _merge_row(row: SourceRow, merge: Judgement, groups: dict[str, RowGroup], judgements: Judgements) -> None:
    group = groups.get(merge["into_service_id"])
    if group is None:
        values = {"value": merge["into_service_id"], "name": row.name}
        judgements.problems.append(merge.problem("unknown_service", _NO_TARGET, "into_service_id", **values))
    else:
        group.merged.append((row, merge["keep_place"] == "yes"))
