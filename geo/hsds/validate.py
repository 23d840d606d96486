"""Validate HSDS tables and list every problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from geo.errors import Complaint, DataProblem
from geo.hsds.contracts import CONTRACTS, REQUIRED_TABLES, HsdsColumn
from geo.hsds.row_rules import problems_together
from geo.hsds.tables import Row, Tables, pause_collector, tables_of
from geo.hsds.value_rules import ValueComplaint, wrong_values
from geo.messages import N_

MISSING_TABLE = Complaint(
    "missing_table",
    N_("The table {table} is missing; expected the file {table}.csv with at least the columns {columns}."),
)
MISSING_COLUMN = Complaint("missing_column", N_("The column {column} is missing; HSDS 3.0 requires it."))
MISSING_VALUE = Complaint("missing_value", N_("The value is empty; HSDS 3.0 requires one."))
ASKED_VALUE = Complaint("asked_value", N_("The value is empty; HSDS 3.0 asks for one."), "warning")
DUPLICATE_ID = Complaint(
    "duplicate_id", N_("The id {value} occurs {times} times; every id is expected once in its table.")
)
DANGLING = Complaint("dangling", N_("{value} is not the id of any row of the table {table}."))
NO_SERVICES = Complaint("no_services", N_("The table has no rows; at least one service is expected."), "warning")


def problems_in(tables: Mapping[str, Sequence[Row]]) -> tuple[DataProblem, ...]:
    """Return all problems of all tables.

    Those met while reading, then by table, column and row, then the rules.

    Tables and columns that HSDS does not know, or that we do not use, are nobody's problem.
    """
    known = tables_of(tables)
    problems = [*known.problems, *_missing_tables(known)]
    with pause_collector():
        for table, columns in CONTRACTS.items():
            problems += _table_problems(known, table, columns)
        problems += problems_together(known)
    return tuple(problems)


def _missing_tables(tables: Tables) -> Iterator[DataProblem]:
    for table in REQUIRED_TABLES:
        if tables.get(table):
            continue
        resource = tables.resource(table)
        if table in tables and not tables.problems:
            yield NO_SERVICES.at(resource)
        elif not tables.problems:
            columns = ", ".join(column.name for column in CONTRACTS[table] if column.required)
            yield MISSING_TABLE.at(resource, table=table, columns=columns)


def _table_problems(tables: Tables, table: str, columns: Iterable[HsdsColumn]) -> Iterator[DataProblem]:
    rows = tables.rows(table)
    if not rows:
        return
    is_flat = table not in tables.row_numbers  # rows from JSON each have their own columns
    for column in columns:
        if not is_flat or column.name in rows[0]:
            yield from _column_problems(tables, table, column)
        elif column.required:
            yield MISSING_COLUMN.at(tables.resource(table), field=column.name, column=column.name)
    yield from _duplicate_ids(tables, table)


def _column_problems(tables: Tables, table: str, column: HsdsColumn) -> Iterator[DataProblem]:
    """Yield the problems of one column; each distinct value is judged once."""
    values = [row.get(column.name, "") for row in tables.rows(table)]
    wrong = _wrong_values(tables, column, set(values))
    if not wrong:
        return
    resource = tables.resource(table)
    for index, value in enumerate(values):
        if value in wrong:
            complaint, more = wrong[value]
            yield complaint.at(resource, tables.row_number(table, index), column.name, value=value, **more)


def _wrong_values(tables: Tables, column: HsdsColumn, distinct: set[str]) -> dict[str, ValueComplaint]:
    wrong = wrong_values(distinct, column)
    if column.required and "" in distinct:
        wrong[""] = (ASKED_VALUE if column.may_be_empty else MISSING_VALUE, {})
    return wrong | {value: (DANGLING, {"table": column.table}) for value in _dangling_ids(tables, column, distinct)}


def _dangling_ids(tables: Tables, column: HsdsColumn, distinct: set[str]) -> set[str]:
    """Return the ids that name no row; taxonomy terms may live outside a package that has no such table."""
    if not column.table or (column.table == "taxonomy_term" and column.table not in tables):
        return set()
    return distinct - {row.get("id", "") for row in tables.rows(column.table)} - {""}


def _duplicate_ids(tables: Tables, table: str) -> Iterator[DataProblem]:
    rows = tables.rows(table)
    times = Counter(row.get("id", "") for row in rows)
    if len(times) == len(rows):
        return
    for index, row in enumerate(rows):
        key = row.get("id", "")
        if key and times[key] > 1:
            number = tables.row_number(table, index)
            yield DUPLICATE_ID.at(tables.resource(table), number, "id", value=key, times=times[key])
