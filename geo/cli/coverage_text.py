"""Text of a coverage report for the command line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from geo.coverage import CoverageReport, Measure, State
from geo.coverage.files.columns import LIMIT_TEXTS
from geo.coverage.files.records import command_line, known_values, partial_codes
from geo.coverage.measures import Unit
from geo.coverage.row import FEW_CHILDREN, CoverageRow
from geo.directory import SERVICE_TYPES
from geo.places import Area, AreaLevel
from geo.places.area_search import AreaMatch, NoAreaMatch, Option
from geo.text import strip_hidden

_MOST_SERVICES = 10
_WIDTH = 110
_HEADS = ("code", "area", "children", "value", "bounds", "state", "rank", "records (fresh/door/high)")
_RIGHT_ALIGNED = {"children", "value", "rank"}


_UNIT_TEXTS = {
    Unit.SHARE: "of the children",
    Unit.METRES: "on average",
    Unit.PER_THOUSAND: "services per 1,000 children",
}


def choices_text(meant: NoAreaMatch) -> str:
    """List the possible areas, or the nearest names, with their codes.

    One to a line; `--area` takes the code too.
    """
    text = strip_hidden(meant.text)
    if meant.is_ambiguous:
        head = f"{text} can be several areas; choose one:"
    else:
        head = f"{text} is no area we know." + (" Did you mean:" if meant.options else "")
    return "\n".join([head, *(f"  {_option_text(option)}" for option in meant.options)]) + "\n"


def _option_text(option: Option) -> str:
    return f"{strip_hidden(option.name)}, {option.kind}  ({strip_hidden(option.code)})"


def report_text(report: CoverageReport, level: AreaLevel, meant: AreaMatch, *, options: Iterable[str] = ()) -> str:
    """Return a coverage report as text.

    What the whole area says, a row per area of a level, and what the numbers must be read with.
    """
    rows, partial = report.by(level), partial_codes(report, level)
    lines = [
        *_heading_lines(report, meant),
        "",
        *_headline_lines(report),
        "",
        *_table_lines([_HEADS, *(_row_cells(row, report.info.unit, partial) for row in _sort_rows(rows))]),
        "",
        *_dependence_lines(report),
        *_note_lines(rows),
        f"as of {report.today.isoformat()}, data version {report.data_version}",
        command_line(report, level, options=options),
    ]
    return "\n".join(lines) + "\n"


def _heading_lines(report: CoverageReport, meant: AreaMatch) -> Iterator[str]:
    request = report.request
    yield _area_text(report.area)
    if meant.place:
        yield f"  {strip_hidden(meant.place.name_nl)} is counted with its municipality"
    yield from (f"  not meant: {_option_text(other)}" for other in meant.others)
    yield " · ".join(
        [
            report.info.name,
            " or ".join(SERVICE_TYPES[kind].name for kind in sorted(request.types)),
            f"children of {', '.join(request.groups)} years",
            *([f"reach {request.reach_m / 1000:g} km"] if report.info.uses_reach else []),
            *([f"per {request.capacity.value}"] if report.info.unit is Unit.PER_THOUSAND else []),
        ]
    )
    yield from textwrap.wrap(report.info.definition, _WIDTH)


def _area_text(area: Area) -> str:
    kind = "" if area.level is AreaLevel.ALL else f", {area.level.value.replace('_', ' ')}  ({area.code})"
    return strip_hidden(f"{area.name_nl}{kind}")


def _headline_lines(report: CoverageReport) -> Iterator[str]:
    """Yield what the whole area says; municipalities by state, with all of their children."""
    total, unit = report.total, report.info.unit
    value, low, high = known_values(total)
    bounds = _bounds_text(low, high, unit)
    value_told = "unknown" if value is None else f"{_value_text(value, unit)} {_UNIT_TEXTS[unit]}"
    yield f"{value_told}{f' (bounds: {bounds})' if bounds else ''}; {_children_text(total)} children"
    if value is not None and total.p90_m is not None:
        yield f"nine children in ten within {_value_text(total.p90_m, Unit.METRES)}"
    for state in State:
        count, children = total.states[state], total.children_in[state]
        counted = _count_text(count, "municipality", "municipalities")
        yield f"{_state_text(state)}: {counted}, {_whole_number(children)} children"
    evidence = total.evidence
    marks = f"{evidence.fresh} fresh, {evidence.located} with a door, {evidence.high_confidence} of high confidence"
    yield f"{_count_text(evidence.records, 'record', 'records')}: {marks}"


def _sort_rows(rows: Iterable[CoverageRow]) -> list[CoverageRow]:
    """Return the rows from best to least covered; what has no rank last."""
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.area.name_nl, row.area.code))


def _row_cells(row: CoverageRow, unit: Unit, partial: Iterable[str]) -> tuple[str, ...]:
    value, low, high = known_values(row)
    evidence = row.evidence
    return (
        row.area.code,
        f"{strip_hidden(row.area.name_nl)}{' (in part)' if row.area.code in partial else ''}",
        _children_text(row),
        "?" if value is None else _value_text(value, unit),
        _bounds_text(low, high, unit),
        _state_text(row.state),
        "" if row.rank is None else str(row.rank),
        f"{evidence.records} ({evidence.fresh}/{evidence.located}/{evidence.high_confidence})",
    )


def _table_lines(lines: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield lines with their cells one below the other."""
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (
            cell.rjust(width) if head in _RIGHT_ALIGNED else cell.ljust(width)
            for head, cell, width in zip(_HEADS, line, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _dependence_lines(report: CoverageReport) -> Iterator[str]:
    """Yield the services that most children depend on alone."""
    if report.request.measure is not Measure.FRAGILITY:
        return
    services = report.dependence()
    shown = f"{_MOST_SERVICES} of {len(services)}" if len(services) > _MOST_SERVICES else str(len(services))
    yield f"Services that children depend on alone ({shown})"
    for service, children in services[:_MOST_SERVICES]:
        yield f"  {_whole_number(children)} children: {strip_hidden(service.name)}  ({strip_hidden(service.id)})"
    yield ""


def _note_lines(rows: Iterable[CoverageRow]) -> Iterator[str]:
    if any(row.is_small for row in rows):
        yield f"* fewer than {FEW_CHILDREN} children: not ranked"
    for limit in LIMIT_TEXTS:
        yield from textwrap.wrap(limit, _WIDTH)
    yield ""


def _state_text(state: State) -> str:
    return state.value.replace("_", " ")


def _children_text(row: CoverageRow) -> str:
    return f"{_whole_number(row.children)}{' *' if row.is_small else ''}"


def _whole_number(children: float) -> str:
    return f"{children:,.0f}"


def _value_text(value: float, unit: Unit) -> str:
    shown = {Unit.SHARE: f"{value:.1%}", Unit.METRES: f"{value / 1000:.1f} km", Unit.PER_THOUSAND: f"{value:.3f}"}
    return shown[unit].replace("%", " %")


def _bounds_text(low: float | None, high: float | None, unit: Unit) -> str:
    """Return `5.3 % to 95.4 %`, the bounds of a value; nothing where they leave nothing open."""
    if low is None or low == high:
        return ""
    return f"{_value_text(low, unit)} {'or more' if high is None else f'to {_value_text(high, unit)}'}"


def _count_text(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
