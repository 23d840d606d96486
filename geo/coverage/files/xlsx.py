"""Coverage as an Excel workbook: table, definitions and request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from geo.ages import AGE_GROUP_NAMES
from geo.coverage.files.columns import BOUNDS_TEXT, COLUMNS, LIMIT_TEXTS, CellKind, TableColumn
from geo.coverage.files.records import dependence_records, row_record
from geo.coverage.files.workbook import Cell, Number, SheetWriter, WorkbookWriter
from geo.coverage.measures import Measure, Unit
from geo.coverage.report import CoverageReport
from geo.coverage.request import Capacity
from geo.coverage.row import STATE_MEANINGS, STATE_NAMES, State
from geo.directory.records import Record
from geo.directory.service import CONFIDENCE_NAMES, STATUS_NAMES, Confidence, Status
from geo.directory.service_types import SERVICE_TYPES
from geo.messages import N_
from geo.places.areas import LEVEL_NAMES, AreaLevel
from geo.text import strip_hidden

Say = Callable[[str], str]

_NAME_COLUMN = TableColumn("name", CellKind.TEXT, N_("Name"), N_("Name of the area."))
_COLUMNS = tuple(
    _NAME_COLUMN if column.name == "name_nl" else column for column in COLUMNS if column.name not in ("name_fr", "unit")
)
_OF_LARGER_AREAS = {
    "is_partial",
    *(f"{what}_{state.value}" for what in ("municipalities", "children_in") for state in State),
}
_OF_MUNICIPALITIES = {"deprivation_pct", "peers", "peers_value"}
_OF_MEASURES = {"p90_m": Measure.NEAREST, "neighbour": Measure.NEIGHBOUR, "neighbour_share": Measure.NEIGHBOUR}
_NOT_OF_THE_WHOLE = {"code", "name", "level", "is_partial", "rank"} | _OF_MUNICIPALITIES
_WIDTHS = {"name": 28.0, "level": 18.0, "state": 14.0, "peers": 60.0, "neighbour": 24.0}
_WIDTH = 13.0
_NUMBER_FORMATS = {
    CellKind.COUNT: "#,##0",
    CellKind.CHILDREN: "#,##0",
    CellKind.METRES: "#,##0",
    CellKind.SHARE: "0.0%",
    CellKind.PERCENT: "0.0",
}
_VALUE_FORMATS = {Unit.SHARE: "0.0%", Unit.METRES: "#,##0", Unit.PER_THOUSAND: "0.000"}

_CAPACITIES = {Capacity.SERVICE: N_("a service"), Capacity.LOCATION: N_("a location of a service")}


def xlsx_bytes(
    report: CoverageReport, rows: Sequence[Record], header: Record, *, say: Say = str, language: str = "nl"
) -> bytes:
    """Return the workbook.

    The same answer in the same language gives the same bytes.

    Parameters
    ----------
    report : CoverageReport
        The answer.
    rows, header : records
        As `coverage_records.rows_of` and `coverage_records.header` make them.
    say : callable
        Translates an English message.
    language : str
        Of the names of areas.
    """
    words = _CellWords(report, say, language)
    title = ": ".join((say(N_("Coverage")), strip_hidden(report.area.name(language))))
    repeated_by = f"{header['command']} ({header['data_version']})"
    book = WorkbookWriter(
        created=report.today, properties={"title": title, "author": "Opvoedkaart", "comments": repeated_by}
    )
    _write_table(book, words, rows, AreaLevel(str(header["level"])))
    _write_definitions(book, words)
    _write_request(book, words, header)
    if report.request.measure is Measure.FRAGILITY:
        _write_services(book, words)
    return book.content()


class _CellWords:
    """Words for the cells of a record, in one language."""

    def __init__(self, report: CoverageReport, say: Say, language: str) -> None:
        self.report, self.say, self.language = report, say, language
        self._names = report.dataset.municipalities.names(language)

    def cell_of(self, column: TableColumn, record: Record) -> Cell:
        """Return a cell with words and names for codes; None for what is not known."""
        if column is _NAME_COLUMN:
            return str(record["name_fr" if self.language == "fr" else "name_nl"])
        value = record[column.name]
        if isinstance(value, str):
            return self._text(column.name, value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            number_format = (
                _VALUE_FORMATS[self.report.info.unit] if column.kind is CellKind.VALUE else _NUMBER_FORMATS[column.kind]
            )
            return Number(value, number_format)
        return bool(value) if value is not None else None

    def _text(self, name: str, value: str) -> str:
        match name:
            case "level":
                return self.say(LEVEL_NAMES[AreaLevel(value)])
            case "state":
                return self.say(STATE_NAMES[State(value)])
            case "peers" | "neighbour":
                return ", ".join(strip_hidden(self._names.get(code, code)) for code in value.split())
            case _:
                return value


def _write_table(book: WorkbookWriter, words: _CellWords, rows: Sequence[Record], level: AreaLevel) -> None:
    """Write one row per area, with the columns that say something at this level."""
    columns = [column for column in _COLUMNS if _has_content(column, level, words.report.request.measure)]
    sheet = book.sheet(words.say(N_("Coverage")), (_WIDTHS.get(column.name, _WIDTH) for column in columns))
    sheet.head(*(words.say(column.title) for column in columns))
    for record in rows:
        sheet.add(*(words.cell_of(column, record) for column in columns))
    sheet.make_table(len(columns), fixed_columns=2, head_height=60)


def _has_content(column: TableColumn, level: AreaLevel, measure: Measure) -> bool:
    of_other_level = _OF_LARGER_AREAS if level is AreaLevel.MUNICIPALITY else _OF_MUNICIPALITIES
    return column.name not in of_other_level and _OF_MEASURES.get(column.name, measure) is measure


def _write_definitions(book: WorkbookWriter, words: _CellWords) -> None:
    """Write what measure, states, bounds and columns mean."""
    say, report = words.say, words.report
    sheet = book.sheet(say(N_("Definitions")), (34, 28, 100))
    sheet.head(say(N_("Word")), say(N_("Name in other files")), say(N_("Meaning")))
    sheet.add(say(report.info.name), report.request.measure.value, say(report.info.definition))
    for state, meaning in STATE_MEANINGS.items():
        sheet.add(say(STATE_NAMES[state]), state.value, say(meaning))
    sheet.add(say(N_("Bounds")), "low, high", say(BOUNDS_TEXT))
    for column in _COLUMNS:
        name = "name_nl, name_fr" if column is _NAME_COLUMN else column.name
        sheet.add(say(column.title), name, say(column.meaning))


def _write_request(book: WorkbookWriter, words: _CellWords, header: Record) -> None:
    """Write what was asked, what the whole area says, and what it all rests on."""
    say, report = words.say, words.report
    sheet = book.sheet(say(N_("Request")), (34, 110))
    for label, said in _request_rows(words, header):
        sheet.add(say(label), said)
    sheet.skip()
    sheet.head(say(N_("The whole area")), strip_hidden(report.area.name(words.language)))
    whole = row_record(report.total, report.info.unit)
    for column in _COLUMNS:
        cell = words.cell_of(column, whole)
        if column.name not in _NOT_OF_THE_WHOLE and cell not in (None, ""):
            sheet.add(say(column.title), cell)
    sheet.skip()
    sheet.head(say(N_("Limits")))
    for limit in LIMIT_TEXTS:
        sheet.add(None, say(limit))
    sheet.skip()
    _write_sources(sheet, words, header)


def _request_rows(words: _CellWords, header: Record) -> Iterator[tuple[str, Cell]]:
    """Yield what was asked, as labels with what they say."""
    say, report, request = words.say, words.report, words.report.request
    yield N_("Area"), f"{strip_hidden(report.area.name(words.language))} {strip_hidden(report.area.code)}".strip()
    yield N_("Rows"), say(LEVEL_NAMES[AreaLevel(str(header["level"]))])
    yield N_("Measure"), say(report.info.name)
    yield N_("Kinds of help"), ", ".join(say(SERVICE_TYPES[kind].name) for kind in sorted(request.types))
    yield N_("Ages"), ", ".join(say(AGE_GROUP_NAMES[group]) for group in request.groups)
    if report.info.uses_reach:
        yield N_("Reach (m)"), Number(request.reach_m, "#,##0")
    if report.info.unit is Unit.PER_THOUSAND:
        yield N_("What counts as one"), say(_CAPACITIES[request.capacity])
    counted = (say(STATUS_NAMES[status]) for status in Status if status in request.statuses)
    yield N_("Records that count"), ", ".join(counted)
    trusted = (say(CONFIDENCE_NAMES[level]) for level in Confidence if level in request.confidences)
    yield N_("Confidence in them"), ", ".join(trusted)
    yield N_("Day of the report"), report.today
    yield N_("Data version"), report.data_version
    yield N_("Command line"), str(header["command"])


def _write_sources(sheet: SheetWriter, words: _CellWords, header: Record) -> None:
    """Write which tables the numbers rest on, with their makers, licences, dates and limits."""
    sheet.head(words.say(N_("Sources")))
    sources = header["sources"]
    for table in sources if isinstance(sources, list) else []:
        terms = "; ".join([*table["licences"], *([table["reference_date"]] if table["reference_date"] else [])])
        lines = [*table["sources"], terms, *table["limits"]]
        sheet.add(words.say(table["title"]), "\n".join(line for line in lines if line))


def _write_services(book: WorkbookWriter, words: _CellWords) -> None:
    """Write the services that children depend on alone."""
    sheet = book.sheet(words.say(N_("Services")), (50, 40, _WIDTH))
    titles = (N_("Service"), N_("Id of the service"), N_("Children who depend on it alone"))
    sheet.head(*(words.say(title) for title in titles))
    for record in dependence_records(words.report):
        children = record["children"]
        number = Number(float(children), "#,##0") if isinstance(children, float) else None
        sheet.add(str(record["name"]), str(record["service_id"]), number)
    sheet.make_table(len(titles), fixed_columns=1, head_height=30)
