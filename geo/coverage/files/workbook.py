"""Excel sheets of typed cells; nothing in them runs."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from geo.text import spreadsheet_cell

_A4 = 9
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
_TEXT = {"text_wrap": True, "valign": "top"}
_NUMBER = {"align": "right", "valign": "top"}
_DATE = {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how it is shown, such as `0.0%`."""

    value: float
    shown: str


Cell = str | bool | Number | dt.date | None


class WorkbookWriter:
    """A workbook in the making.

    The same cells and the same day give the same bytes.

    Parameters
    ----------
    created : date
        Written as the day on which it was made.
    properties : mapping of str to str
        `title`, `author`, `comments`.
    """

    def __init__(self, *, created: dt.date, properties: Mapping[str, str]) -> None:
        self._out = io.BytesIO()
        self._book = Workbook(self._out, {"in_memory": True})
        self._book.set_properties({**properties, "created": dt.datetime.combine(created, dt.time())})
        self._styles: dict[tuple[tuple[str, object], ...], Format] = {}

    def sheet(self, name: str, widths: Iterable[float]) -> SheetWriter:
        """Add a sheet and return it.

        A name is cut to what Excel allows, widths are in characters.
        """
        sheet = self._book.add_worksheet(_NOT_IN_A_NAME.sub(" ", name)[:_LONGEST_NAME])
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        return SheetWriter(self, sheet)

    def style(self, style: Mapping[str, object]) -> Format:
        """Return a format of the workbook; each is made once."""
        key = tuple(style.items())
        if key not in self._styles:
            self._styles[key] = self._book.add_format(dict(style))
        return self._styles[key]

    def content(self) -> bytes:
        """Return the finished file; nothing can be added after it."""
        self._book.close()
        return self._out.getvalue()


class SheetWriter:
    """A sheet that is filled from top to bottom.

    `row` counts from 0 and is the next to be written.
    """

    def __init__(self, book: WorkbookWriter, sheet: Worksheet) -> None:
        self._book, self._sheet = book, sheet
        self.row = 0

    def head(self, *titles: str) -> None:
        """Add a row of heads.

        Those of the first row stay in sight.
        """
        if self.row == 0:
            self._sheet.freeze_panes(1, 0)
        for at, title in enumerate(titles):
            self._write_text(at, title, _HEAD)
        self.row += 1

    def add(self, *cells: Cell) -> None:
        """Add a row; None leaves a cell empty."""
        for at, cell in enumerate(cells):
            self._write_cell(at, cell)
        self.row += 1

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def make_table(self, columns: int, *, fixed_columns: int, head_height: float) -> None:
        """Make the written rows a table to sort and filter.

        Its heads and first columns stay in sight.
        """
        self._sheet.freeze_panes(1, fixed_columns)
        self._sheet.autofilter(0, 0, max(self.row - 1, 1), columns - 1)
        self._sheet.repeat_rows(0)
        self._sheet.set_row(0, head_height)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:A{self.row + 1}"})

    def _write_cell(self, at: int, cell: Cell) -> None:
        place = (self.row, at)
        match cell:
            case None | "":
                return
            case bool():
                self._sheet.write_boolean(*place, cell, self._book.style(_NUMBER))
            case str():
                self._write_text(at, cell, _TEXT)
            case Number():
                self._sheet.write_number(*place, cell.value, self._book.style({"num_format": cell.shown, **_NUMBER}))
            case dt.date():
                self._sheet.write_datetime(*place, dt.datetime.combine(cell, dt.time()), self._book.style(_DATE))

    def _write_text(self, at: int, text: str, style: Mapping[str, object]) -> None:
        """Write a text; what would run as a formula once somebody edits it is marked as quoted."""
        is_risky = spreadsheet_cell(text) != text
        self._sheet.write_string(self.row, at, text, self._book.style({**style, "quote_prefix": is_risky}))
