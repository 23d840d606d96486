"""Turns a report into what the browser draws: classes for the map, rows for the table, a legend, a headline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from geo.coverage.measures import Unit
from geo.coverage.report import CoverageReport
from geo.coverage.row import CoverageRow, State
from geo.places.areas import Area, Level, areas_at
from geo.store.dataset import Dataset
from ui import browser_files
from ui.coverage.classes import NOT_REACHED, UNKNOWN, Classes, classes_for
from ui.coverage.controls import ROWS
from words import amounts, i18n, labels
from words.i18n import _

_STATES = {State.REACHED: 0, State.NOT_REACHED: 1, State.UNKNOWN: 2}


def shown(data: Dataset, report: CoverageReport, *, go_to: Sequence[str], in_table: bool) -> dict[str, Any]:
    """Return what choropleth.js draws: a class per municipality (-1: not known), colours, tips, doors, and the view.

    With `in_table` the table has the same rows: their codes and what is said of them are not sent twice.
    """
    classes = classes_for(report)
    rows = report.rows
    mask = np.zeros(len(data.directory), dtype=np.bool_)
    mask[report.supply.rows] = True
    return {
        "points": browser_files.points(data),
        "mask": browser_files.mask(mask),
        "codes": [] if in_table else [row.area.code for row in rows],
        "classes": [classes.of(row) for row in rows],
        "colours": list(classes.colours),
        "tips": [] if in_table else [_tip(report, row) for row in rows],
        "goto": list(go_to),
    }


def _tip(report: CoverageReport, row: CoverageRow) -> str:
    if row.state is State.UNKNOWN:
        return labels.state(State.UNKNOWN)
    return amounts.value(row.value, report.info.unit)


def legend(report: CoverageReport) -> list[dict[str, str]]:
    """Return the classes that occur, each with its colour (empty: the pattern), its range and how many areas."""
    classes = classes_for(report)
    found = [classes.of(row) for row in report.rows]
    entries = []
    for at in sorted(set(found), key=lambda at: (at == UNKNOWN, at)):
        count = i18n.number(found.count(at))
        colour = "" if at == UNKNOWN else classes.colours[at]
        entries.append({"colour": colour, "text": _range(classes, at, report), "count": count})
    return entries


def unit(report: CoverageReport) -> str:
    """Return what the numbers of the legend count, where they do not say it themselves."""
    return _("In services per 1,000 children") if report.info.unit is Unit.PER_THOUSAND else ""


def _range(classes: Classes, at: int, report: CoverageReport) -> str:
    if at == UNKNOWN:
        return labels.state(State.UNKNOWN)
    if at == NOT_REACHED:
        return labels.state(State.NOT_REACHED)
    if len(classes.colours) == 2:
        return labels.state(State.REACHED)
    low, high = (_bound(bound, report.info.unit) for bound in classes.bounds[at - 1 : at + 1])
    if not np.isfinite(classes.bounds[at]):
        return _("more than {low}").format(low=low)
    if at == 1:
        return _("up to {high}").format(high=high)
    return _("more than {low}, up to {high}").format(low=low, high=high)


def _bound(value: float, unit: Unit) -> str:
    return amounts.reach(value) if unit is Unit.METRES and np.isfinite(value) else amounts.number(value, unit)


def areas_file(areas: Mapping[str, Area], report: CoverageReport) -> str:
    """Return the file with what no choice changes: names of all areas, in the language being spoken, and their need."""
    language = i18n.language()
    return browser_files.write(
        f"areas-{language}-{report.data_version}",
        lambda: {
            "names": {code: area.name(language) for code, area in areas.items()},
            "need": report.dataset.need.deprivation_pct,
        },
    )


def table(report: CoverageReport, other: CoverageReport | None, level: Level) -> dict[str, Any]:
    """Return the rows of the table as columns of plain numbers; two areas come one after the other."""
    rows = report.by(level) if level is not Level.MUNICIPALITY else report.rows
    is_two_areas = other is not None and other.request.measure is report.request.measure
    beside = () if other is None else other.by(level)
    if is_two_areas:
        known = {row.area.code for row in rows}
        rows = (*rows, *(row for row in beside if row.area.code not in known))
    second = {} if is_two_areas else {row.area.code: row for row in beside}
    return {
        "codes": [row.area.code for row in rows],
        "children": [round(row.children) for row in rows],
        "values": [_known(row) for row in rows],
        "texts": [_value_text(report, row) for row in rows],
        "bounds": [_bounds(report, row) for row in rows],
        "states": [_STATES[row.state] for row in rows],
        "ranks": [row.rank for row in rows],
        "small": [at for at, row in enumerate(rows) if row.is_small],
        "peers": [_number(row.peers_value) for row in rows],
        "province": _provinces(report, rows),
        "evidence": [
            [row.evidence.records, row.evidence.fresh, row.evidence.located, row.evidence.high_confidence]
            for row in rows
        ],
        "other": [_known(second[row.area.code]) if row.area.code in second else None for row in rows] if second else [],
        "unit": report.info.unit.value,
        "other_unit": other.info.unit.value if other else "",
    }


def _provinces(report: CoverageReport, rows: Sequence[CoverageRow]) -> list[float | None]:
    """Return per row the value of the whole province that it lies in; none for an area in more than one."""
    towns = report.dataset.municipalities
    provinces = [(set(area.nis_codes), report.row_of(area).comparable) for area in areas_at(towns, Level.PROVINCE)]
    return [
        next((_number(value) for members, value in provinces if members > set(row.area.nis_codes)), None)
        for row in rows
    ]


def _known(row: CoverageRow) -> float | None:
    """Return the value of a row as far as it may be told: an unknown one is no 0."""
    return None if row.state is State.UNKNOWN else _number(row.value)


def _number(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def _value_text(report: CoverageReport, row: CoverageRow) -> str:
    return amounts.number(row.value, report.info.unit)


def _bounds(report: CoverageReport, row: CoverageRow) -> str:
    """Return the bounds of a value as short as a cell wants them: `5 % – 95 %`; nothing when both read the same."""
    if row.low is None:
        return ""
    low, high = amounts.number(row.low, report.info.unit), amounts.number(row.high, report.info.unit)
    if row.high is None:
        return _("from {low}").format(low=low) if low != amounts.number(0.0, report.info.unit) else ""
    return "" if low == high else f"{low} – {high}"


def words(report: CoverageReport, other: CoverageReport | None, level: Level) -> dict[str, Any]:
    """Return the words of the table and the legend, in the language being spoken."""
    return {
        "columns": {
            "name": _(ROWS[level]),
            "children": _("Children"),
            "value": _measure_name(report),
            "other": _other_name(other),
            "state": _("Reached?"),
            "rank": _("Rank"),
            "peers": _("Peers"),
            "province": _("Province"),
            "need": _("Need"),
            "records": _("Evidence"),
        },
        "states": [labels.state(each) for each in (State.REACHED, State.NOT_REACHED, State.UNKNOWN)],
        "find": _("Find by name"),
        "profile": _("Open the profile of {name}"),
        "profile_column": _("Profile"),
        "evidence": _("{records} records: {fresh} fresh, {located} with a place, {high} of high confidence"),
        "small": _("Fewer than 50 children: not ranked"),
        "table": _("Table: {rows}").format(rows=_(ROWS[level])),
        "sort": _("Sort by {column}"),
        "nothing": _("Nothing with that name here."),
        "rows": _("{count} rows"),
        "legend": _("Legend"),
        "skip": _("Skip the table"),
        "note": _(
            "Need: births in deprived families. Evidence: records · fresh ones · those with a known place. * Fewer "
            "than 50 children: not ranked."
        ),
    }


def _other_name(other: CoverageReport | None) -> str:
    return _measure_name(other) if other else ""


def _measure_name(report: CoverageReport) -> str:
    """Return the heading of a column with values: the measure, or what its numbers count when they do not say so."""
    if report.info.unit is Unit.PER_THOUSAND:
        return _("Services per 1,000 children")
    return labels.measure_name(report.request.measure)
