"""HSDS tables as text, with the file and number of every row."""

from __future__ import annotations

import csv
import gc
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from geo.errors import Complaint, DataProblem
from geo.messages import N_

Row = dict[str, str]

LONGEST_CELL = 1_000_000  # characters; a cell beyond it is a quote that was never closed

EMPTY_FILE = Complaint("empty_file", N_("The file is empty; a first row with column names is expected."))
WRONG_ENCODING = Complaint(
    "encoding",
    N_("The file is not UTF-8: byte {byte} in line {line} cannot be read. Save the file as UTF-8 and try again."),
)
NUL_BYTES = Complaint("nul_bytes", N_("Line {line} holds a NUL byte; a text file is expected."))
BROKEN_CSV = Complaint("broken_csv", N_("Line {line} cannot be read as CSV: {reason}."))
DUPLICATE_COLUMN = Complaint(
    "duplicate_column", N_("The column {column} occurs {times} times; every name is expected once.")
)
RAGGED_ROW = Complaint("ragged_row", N_("The row has {found} cells; the header has {expected}."))


class Tables(dict[str, list[Row]]):
    """Tables by HSDS name, each a list of rows of text.

    A missing value is an empty text.

    `files` names the file of each table as people know it; `row_numbers` counts where rows were skipped or lie
    nested in JSON (there the number of the object in the list); `problems` holds what was wrong while reading.
    """

    def __init__(self, tables: Mapping[str, Sequence[Row]] | None = None) -> None:
        super().__init__({name: list(rows) for name, rows in (tables or {}).items()})
        self.files: dict[str, str] = {}
        self.row_numbers: dict[str, list[int]] = {}
        self.problems: list[DataProblem] = []

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table; none when it is missing."""
        return self.get(table, [])

    def resource(self, table: str) -> str:
        """Return the file a table was read from."""
        return self.files.get(table, f"{table}.csv")

    def row_number(self, table: str, index: int) -> int:
        """Return the number of a row as people count it.

        `index` is the position in the table, from 0.
        """
        numbers = self.row_numbers.get(table)
        return numbers[index] if numbers else index + 1


def tables_of(tables: Mapping[str, Sequence[Row]]) -> Tables:
    """Return tables that know their files.

    `tables` itself when it does, otherwise a copy that names them after the tables.
    """
    return tables if isinstance(tables, Tables) else Tables(tables)


def decode_text(content: bytes, *, resource: str) -> tuple[str, list[DataProblem]]:
    """Decode a file as UTF-8; report a problem when it is not.

    It is then read as well as possible.
    """
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = WRONG_ENCODING.at(resource, byte=error.start + 1, line=line)
    utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return content.decode("utf-16" if utf16 else "cp1252", errors="replace"), [problem]


def add_csv(tables: Tables, table: str, content: bytes, *, resource: str, delimiter: str = "") -> None:
    """Add a CSV file to `tables`, its problems included.

    Values lose the spaces around them.
    """
    text, problems = decode_text(content, resource=resource)
    tables.files[table] = resource
    tables.problems += problems
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        tables.problems.append(NUL_BYTES.at(resource, line=line))
        text = text.replace("\0", "")
    lines = _parse_lines(text, tables, resource=resource, delimiter=delimiter)
    header = next(lines, None)
    if not header or not any(header):
        if not tables.problems or tables.problems[-1].resource != resource:
            tables.problems.append(EMPTY_FILE.at(resource))
        tables[table] = []
        return
    _add_rows(tables, table, [name.strip() for name in header], lines)


def _parse_lines(text: str, tables: Tables, *, resource: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    first = text.split("\n", 1)[0]
    found = delimiter or next((sign for sign in (",", ";", "\t") if sign in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=found, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        tables.problems.append(BROKEN_CSV.at(resource, line=reader.line_num, reason=str(error)))


def _add_rows(tables: Tables, table: str, header: list[str], lines: Iterator[list[str]]) -> None:
    resource = tables.files[table]
    tables.problems += _header_problems(header, resource)
    rows: list[Row] = []
    numbers: list[int] = []
    width = len(header)
    is_plain = len(set(header)) == width
    for number, cells in enumerate(lines, start=1):
        if len(cells) == width and is_plain:
            rows.append(dict(zip(header, map(str.strip, cells), strict=True)))
        elif not any(cells):
            continue
        else:
            if len(cells) != width:
                tables.problems.append(RAGGED_ROW.at(resource, number, found=len(cells), expected=width))
            rows.append(_uneven_row(header, cells))
        numbers.append(number)
    tables[table] = rows
    if numbers and numbers[-1] != len(numbers):
        tables.row_numbers[table] = numbers


def _uneven_row(header: list[str], cells: list[str]) -> Row:
    """Return the cells by column, short rows filled up; of two columns with one name the first counts."""
    values = [cell.strip() for cell in cells] + [""] * len(header)
    return dict(zip(reversed(header), reversed(values[: len(header)]), strict=True))


def _header_problems(header: list[str], resource: str) -> list[DataProblem]:
    times = Counter(header)
    return [
        DUPLICATE_COLUMN.at(resource, field=name, column=name, times=times[name])
        for name in sorted(times)
        if name and times[name] > 1
    ]


@contextmanager
def pause_collector() -> Iterator[None]:
    """Pause the cyclic garbage collector inside the block.

    A hundred thousand services load a third faster.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
