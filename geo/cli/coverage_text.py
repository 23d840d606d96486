"""Writes what was measured as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from geo.coverage.files.columns import LIMITS
from geo.coverage.files.records import command_line, known, partial_codes
from geo.coverage.measures import Measure, Unit
from geo.coverage.report import CoverageReport
from geo.coverage.row import FEW_CHILDREN, CoverageRow, State
from geo.directory.service_types import SERVICE_TYPES
from geo.places.area_search import Meant, Option, Unclear
from geo.places.areas import Area, Level
from geo.text import defused

_MOST_SERVICES = 10
_WIDTH = 110
_HEADS = ("code", "area", "children", "value", "bounds", "state", "rank", "records (fresh/door/high)")
_RIGHT = {"children", "value", "rank"}


_UNITS = {Unit.SHARE: "of the children", Unit.METRES: "on average", Unit.PER_THOUSAND: "services per 1,000 children"}


def unclear(meant: Unclear) -> str:
    """Return the choices, or the nearest names, one to a line with the code that `--area` also takes."""
    text = defused(meant.text)
    if meant.is_ambiguous:
        head = f"{text} can be several areas; choose one:"
    else:
        head = f"{text} is no area we know." + (" Did you mean:" if meant.options else "")
    return "\n".join([head, *(f"  {_option(option)}" for option in meant.options)]) + "\n"


def _option(option: Option) -> str:
    return f"{defused(option.name)}, {option.kind}  ({defused(option.code)})"


def told(report: CoverageReport, level: Level, meant: Meant, *, options: Iterable[str] = ()) -> str:
    """Return what the whole area says, a row per area of a level, and what the numbers must be read with."""
    rows, partial = report.by(level), partial_codes(report, level)
    lines = [
        *_heading(report, meant),
        "",
        *_headline(report),
        "",
        *_table([_HEADS, *(_cells(row, report.info.unit, partial) for row in _in_order(rows))]),
        "",
        *_fragile(report),
        *_notes(rows),
        f"as of {report.today.isoformat()}, data version {report.data_version}",
        command_line(report, level, options=options),
    ]
    return "\n".join(lines) + "\n"


def _heading(report: CoverageReport, meant: Meant) -> Iterator[str]:
    request = report.request
    yield _area(report.area)
    if meant.place:
        yield f"  {defused(meant.place.name_nl)} is counted with its municipality"
    yield from (f"  not meant: {_option(other)}" for other in meant.others)
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


def _area(area: Area) -> str:
    kind = "" if area.level is Level.ALL else f", {area.level.value.replace('_', ' ')}  ({area.code})"
    return defused(f"{area.name_nl}{kind}")


def _headline(report: CoverageReport) -> Iterator[str]:
    """Yield what the whole area says; municipalities by state, with all of their children."""
    total, unit = report.total, report.info.unit
    value, low, high = known(total)
    bounds = _bounds(low, high, unit)
    value_told = "unknown" if value is None else f"{_number(value, unit)} {_UNITS[unit]}"
    yield f"{value_told}{f' (bounds: {bounds})' if bounds else ''}; {_children(total)} children"
    if value is not None and total.p90_m is not None:
        yield f"nine children in ten within {_number(total.p90_m, Unit.METRES)}"
    for state in State:
        count, children = total.states[state], total.children_in[state]
        yield f"{_word(state)}: {_counted(count, 'municipality', 'municipalities')}, {_whole(children)} children"
    evidence = total.evidence
    marks = f"{evidence.fresh} fresh, {evidence.located} with a door, {evidence.high_confidence} of high confidence"
    yield f"{_counted(evidence.records, 'record', 'records')}: {marks}"


def _in_order(rows: Iterable[CoverageRow]) -> list[CoverageRow]:
    """Return the rows from best to least covered; what has no rank last."""
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.area.name_nl, row.area.code))


def _cells(row: CoverageRow, unit: Unit, partial: Iterable[str]) -> tuple[str, ...]:
    value, low, high = known(row)
    evidence = row.evidence
    return (
        row.area.code,
        f"{defused(row.area.name_nl)}{' (in part)' if row.area.code in partial else ''}",
        _children(row),
        "?" if value is None else _number(value, unit),
        _bounds(low, high, unit),
        _word(row.state),
        "" if row.rank is None else str(row.rank),
        f"{evidence.records} ({evidence.fresh}/{evidence.located}/{evidence.high_confidence})",
    )


def _table(lines: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield lines with their cells one below the other."""
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (
            cell.rjust(width) if head in _RIGHT else cell.ljust(width)
            for head, cell, width in zip(_HEADS, line, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _fragile(report: CoverageReport) -> Iterator[str]:
    """Yield the services that most children depend on alone."""
    if report.request.measure is not Measure.FRAGILITY:
        return
    services = report.dependence()
    shown = f"{_MOST_SERVICES} of {len(services)}" if len(services) > _MOST_SERVICES else str(len(services))
    yield f"Services that children depend on alone ({shown})"
    for service, children in services[:_MOST_SERVICES]:
        yield f"  {_whole(children)} children: {defused(service.name)}  ({defused(service.id)})"
    yield ""


def _notes(rows: Iterable[CoverageRow]) -> Iterator[str]:
    if any(row.is_small for row in rows):
        yield f"* fewer than {FEW_CHILDREN} children: not ranked"
    for limit in LIMITS:
        yield from textwrap.wrap(limit, _WIDTH)
    yield ""


def _word(state: State) -> str:
    return state.value.replace("_", " ")


def _children(row: CoverageRow) -> str:
    return f"{_whole(row.children)}{' *' if row.is_small else ''}"


def _whole(children: float) -> str:
    return f"{children:,.0f}"


def _number(value: float, unit: Unit) -> str:
    shown = {Unit.SHARE: f"{value:.1%}", Unit.METRES: f"{value / 1000:.1f} km", Unit.PER_THOUSAND: f"{value:.3f}"}
    return shown[unit].replace("%", " %")


def _bounds(low: float | None, high: float | None, unit: Unit) -> str:
    """Return `5.3 % to 95.4 %`, the bounds of a value; nothing where they leave nothing open."""
    if low is None or low == high:
        return ""
    return f"{_number(low, unit)} {'or more' if high is None else f'to {_number(high, unit)}'}"


def _counted(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
