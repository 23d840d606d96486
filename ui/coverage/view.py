"""A report as what the browser draws: classes of the map, its legend, rows of the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from geo.coverage import CoverageReport, State
from geo.coverage.measures import Unit
from geo.coverage.row import FEW_CHILDREN, CoverageRow
from geo.places import Area, AreaLevel
from geo.places.areas import areas_at
from geo.store import Dataset
from ui import browser_files
from ui.coverage.classes import UNKNOWN_CLASS, class_text, classes_for, classes_present
from words import amounts, i18n, labels
from words.i18n import _

Value = TypeVar("Value")
_STATES = {State.REACHED: 0, State.NOT_REACHED: 1, State.UNKNOWN: 2}


def map_for_browser(data: Dataset, report: CoverageReport, *, go_to: Sequence[str], in_table: bool) -> dict[str, Any]:
    """Return what classes.js draws: a class per municipality (-1: not known), colours, tips, doors, and the view.

    With `in_table` the table has the same rows: their codes and what is said of them are not sent twice.
    """
    classes = classes_for(report)
    rows = report.rows
    mask = np.zeros(len(data.directory), dtype=np.bool_)
    mask[report.supply.rows] = True
    return {
        "points": browser_files.points_file(data),
        "mask": browser_files.pack_mask(mask),
        "codes": [] if in_table else [row.area.code for row in rows],
        "classes": [classes.of(row) for row in rows],
        "colours": list(classes.colours),
        "tips": [] if in_table else [_tip_text(report, row) for row in rows],
        "goto": list(go_to),
    }


def _tip_text(report: CoverageReport, row: CoverageRow) -> str:
    if row.state is State.UNKNOWN:
        return labels.state_name(State.UNKNOWN)
    return amounts.value_text(row.value, report.info.unit)


def legend_entries(report: CoverageReport) -> list[dict[str, str]]:
    """Return the legend of the classes that occur.

    Each has its colour (empty: the pattern), its range, and how many areas it holds.
    """
    classes = classes_for(report)
    return [
        {
            "colour": "" if at == UNKNOWN_CLASS else classes.colours[at],
            "text": class_text(classes, at, report.info.unit),
            "count": amounts.count_text(count),
        }
        for at, count in classes_present(report)
    ]


def legend_unit(report: CoverageReport) -> str:
    """Return the unit of the legend, where its numbers lack one."""
    return _("In services per 1,000 children") if report.info.unit is Unit.PER_THOUSAND else ""


def areas_file(areas: Mapping[str, Area], report: CoverageReport) -> str:
    """Return the file with what no choice changes: names of all areas, and their need as numbers and in words."""
    language, need = i18n.current_language(), report.dataset.need.deprivation_pct
    return browser_files.write_once(
        f"areas-{language}-{report.data_version}",
        lambda: {
            "names": {code: area.name(language) for code, area in areas.items()},
            "need": need,
            "need_texts": {code: amounts.percent(each) for code, each in need.items()},
        },
    )


def rows_for_browser(report: CoverageReport, other: CoverageReport | None, level: AreaLevel) -> dict[str, Any]:
    """Return the rows of the table as columns; two areas come one after the other.

    Plain numbers are for sorting. What a cell shows is a position in `texts`, which holds each text once: many rows
    of a table read the same.
    """
    rows = report.by(level) if level is not AreaLevel.MUNICIPALITY else report.rows
    is_two_areas = other is not None and other.request.measure is report.request.measure
    beside = () if other is None else other.by(level)
    if is_two_areas:
        known = {row.area.code for row in rows}
        rows = (*rows, *(row for row in beside if row.area.code not in known))
    second = {} if is_two_areas else {row.area.code: row for row in beside}
    others = [_known_value(second.get(row.area.code)) for row in rows] if second else []
    provinces = _province_values(report, rows)
    of_provinces: dict[float | None, int] = {}
    texts: dict[str, int] = {}
    return {
        "codes": [row.area.code for row in rows],
        "children": [round(row.children) for row in rows],
        "values": [_rounded(_known_value(row)) for row in rows],
        "states": [_STATES[row.state] for row in rows],
        "ranks": [row.rank for row in rows],
        "small": [at for at, row in enumerate(rows) if row.is_small],
        "peers": [_rounded(row.peers_value) for row in rows],
        "province": {"at": _positions(map(_rounded, provinces), of_provinces), "values": list(of_provinces)},
        "evidence": [
            [row.evidence.records, row.evidence.fresh, row.evidence.located, row.evidence.high_confidence]
            for row in rows
        ],
        "other": [_rounded(value) for value in others],
        "cells": {
            "value": _positions((_row_value_text(report, row) for row in rows), texts),
            "bounds": _positions((amounts.bounds_in_a_cell(row, report.info.unit) for row in rows), texts),
            "peers": _positions((amounts.number_text(row.peers_value, report.info.unit) for row in rows), texts),
            "province": _positions((amounts.number_text(value, report.info.unit) for value in provinces), texts),
            "other": _positions((amounts.number_text(value, other.info.unit) for value in others), texts)
            if other
            else [],
        },
        "texts": list(texts),
    }


def _positions(shown: Iterable[Value], found: dict[Value, int]) -> list[int]:
    """Return the position of each value in `found`, which gets those that it lacks."""
    return [found.setdefault(value, len(found)) for value in shown]


def _row_value_text(report: CoverageReport, row: CoverageRow) -> str:
    if row.state is State.UNKNOWN:
        return labels.state_name(State.UNKNOWN)
    return amounts.number_text(row.value, report.info.unit)


def _province_values(report: CoverageReport, rows: Sequence[CoverageRow]) -> list[float | None]:
    """Return per row the value of the whole province that it lies in; none for an area in more than one."""
    towns = report.dataset.municipalities
    provinces = [(set(area.nis_codes), report.row_of(area).comparable) for area in areas_at(towns, AreaLevel.PROVINCE)]
    return [next((value for members, value in provinces if members > set(row.area.nis_codes)), None) for row in rows]


def _known_value(row: CoverageRow | None) -> float | None:
    """Return the value of a row as far as it may be told: an unknown one is no 0."""
    return None if row is None or row.state is State.UNKNOWN else row.value


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def table_words(report: CoverageReport, other: CoverageReport | None, level: AreaLevel) -> dict[str, Any]:
    """Return the words of the table and the legend, in the language being spoken."""
    return {
        "columns": {
            "name": labels.level_name(level),
            "children": _("Children"),
            "value": _value_heading(report),
            "other": _other_name(other),
            "state": _("Reached?"),
            "rank": _("Rank"),
            "peers": _("Peers"),
            "province": _("Province"),
            "need": _("Need"),
            "records": _("Evidence"),
        },
        "states": [labels.state_name(each) for each in (State.REACHED, State.NOT_REACHED, State.UNKNOWN)],
        "find": _("Find by name"),
        "profile": _("Open the profile of {name}"),
        "profile_column": _("Profile"),
        "evidence": _("{records} records: {fresh} fresh, {located} with a place, {high} of high confidence"),
        "small": _("Fewer than {number} children: not ranked").format(number=FEW_CHILDREN),
        "table": _("Table: {rows}").format(rows=labels.level_name(level)),
        "sort": _("Sort by {column}"),
        "nothing": _("Nothing with that name here."),
        "rows": _("{count} rows"),
        "legend": _("Legend"),
        "skip": _("Skip the table"),
        "note": _(
            "Need: births in deprived families. Evidence: records · fresh ones · those with a known place. * Fewer "
            "than {number} children: not ranked."
        ).format(number=FEW_CHILDREN),
    }


def _other_name(other: CoverageReport | None) -> str:
    return _value_heading(other) if other else ""


def _value_heading(report: CoverageReport) -> str:
    """Return the heading of a column with values: the measure, or what its numbers count when they do not say so."""
    if report.info.unit is Unit.PER_THOUSAND:
        return _("Services per 1,000 children")
    return labels.measure_name(report.request.measure)
