"""Coverage as plain values, the same in every format."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from geo.coverage.files.columns import BOUNDS_TEXT, COLUMNS, LIMIT_TEXTS, UNIT_NAMES, CellKind
from geo.coverage.measures import Unit
from geo.coverage.peers import PEERS_DEFINITION
from geo.coverage.report import CoverageReport
from geo.coverage.row import STATE_MEANINGS, CoverageRow, State
from geo.directory.records import Record
from geo.messages import N_
from geo.places.areas import Area, AreaLevel
from geo.store.dataset import BOUNDARIES, DEMAND_FILE, DIRECTORY_FOLDER, MUNICIPALITIES_FILE, NEED_FILE, Dataset
from geo.store.manifest import Resource
from geo.text import strip_hidden

_OUR_DIRECTORY, _OTHER_DIRECTORY = N_("Directory of services"), N_("Another directory of services")
_DECIMALS = {CellKind.CHILDREN: 3, CellKind.METRES: 1, CellKind.SHARE: 6, CellKind.PERCENT: 2}
_DECIMALS_OF_VALUE = {Unit.SHARE: 6, Unit.PER_THOUSAND: 6, Unit.METRES: 1}


def rows_of(report: CoverageReport, level: AreaLevel) -> list[Record]:
    """Return one record per area of a level, by code.

    The level is one of `areas.SUMMED_LEVELS`; the keys are those of `COLUMNS`.

    Shares are 0 to 1, lengths metres, codes text. None stands where there is nothing to say, never 0. Children are
    rounded to a thousandth, shares and services per 1,000 children to a millionth, metres to a tenth.
    """
    partial = partial_codes(report, level)
    return [row_record(row, report.info.unit, is_partial=row.area.code in partial) for row in report.by(level)]


def partial_codes(report: CoverageReport, level: AreaLevel) -> frozenset[str]:
    """Return the codes of areas that are partly left out.

    Areas of a level of which some municipalities lie outside the area asked for.
    """
    asked = set(report.area.nis_codes)
    areas = report.dataset.areas.at(level)
    return frozenset(area.code for area in areas if not asked.issuperset(area.nis_codes))


def row_record(row: CoverageRow, unit: Unit, *, is_partial: bool = False) -> Record:
    """Return one row as plain values.

    `is_partial` says that municipalities of the area are left out of it.
    """
    value, low, high = known_values(row)
    evidence = row.evidence
    states = {f"municipalities_{state.value}": row.states[state] for state in State}
    children_in = {f"children_in_{state.value}": row.children_in[state] for state in State}
    cells: Record = {
        "code": row.area.code,
        "name_nl": strip_hidden(row.area.name_nl),
        "name_fr": strip_hidden(row.area.name_fr),
        "level": row.area.level.value,
        "is_partial": is_partial,
        "children": row.children,
        "value": value,
        "low": low,
        "high": high,
        "unit": unit.value,
        "p90_m": None if value is None else row.p90_m,
        "children_reached": row.children_reached,
        "state": row.state.value,
        **states,
        **children_in,
        "is_small": row.is_small,
        "rank": row.rank,
        "records": evidence.records,
        "records_fresh": evidence.fresh,
        "records_located": evidence.located,
        "records_high_confidence": evidence.high_confidence,
        "deprivation_pct": row.deprivation_pct,
        "peers": " ".join(row.peers),
        "peers_value": row.peers_value,
        "neighbour": row.neighbour,
        "neighbour_share": row.neighbour_share if row.neighbour else None,
    }
    return {column.name: _round_cell(cells[column.name], column.kind, unit) for column in COLUMNS}


def known_values(row: CoverageRow) -> tuple[float | None, float | None, float | None]:
    """Return value, low and high of a row where they are known.

    Where the state is unknown there is no value: the 0 of missing records would be taken for the 0 of missing offer.
    Bounds stay where they leave something open; bounds that coincide there only repeat what is not known.
    """
    if row.state is not State.UNKNOWN:
        return row.value, row.low, row.high
    is_open = row.low is not None and (row.high is None or row.low < row.high)
    return (None, row.low, row.high) if is_open else (None, None, None)


def _round_cell(cell: object, kind: CellKind, unit: Unit) -> object:
    decimals = _DECIMALS_OF_VALUE[unit] if kind is CellKind.VALUE else _DECIMALS.get(kind)
    return round(cell, decimals) if isinstance(cell, float) and decimals is not None else cell


def dependence_records(report: CoverageReport) -> list[Record]:
    """Return the services that children depend on alone.

    Those with most children first (fragility only).
    """
    return [
        {"service_id": service.id, "name": strip_hidden(service.name), "children": round(children, 3)}
        for service, children in report.dependence()
    ]


def area_record(area: Area) -> Record:
    """Return an area as plain values."""
    names = {"name_nl": strip_hidden(area.name_nl), "name_fr": strip_hidden(area.name_fr)}
    return {"code": strip_hidden(area.code), "level": area.level.value, **names}


def command_line(report: CoverageReport, level: AreaLevel, *, options: Iterable[str] = ()) -> str:
    """Return the command line that gives the same table.

    `options` say where its data stand, if not in our folder.
    """
    parts = ["--by", level.value] if level is not AreaLevel.MUNICIPALITY else []
    parts += ["--on", report.today.isoformat(), *options]
    return strip_hidden(f"{report.request.command()} {shlex.join(parts)}")


def report_header(
    report: CoverageReport, level: AreaLevel, data: Dataset, *, options: Iterable[str] = (), with_shapes: bool = False
) -> Record:
    """Return the header that belongs beside every table.

    The request, how to ask it again, definitions, limits and sources.

    Parameters
    ----------
    report : CoverageReport
        The answer.
    level : Level
        Of the rows beside it.
    data : Dataset
        The data that the report was made from.
    options : iterable of str
        See `command_line`.
    with_shapes : bool
        Whether the boundaries of municipalities are given out as well.
    """
    request = report.request.to_json()
    return {
        "area": area_record(report.area),
        "level": level.value,
        "request": {**request, "area": strip_hidden(report.request.area)},
        "command": command_line(report, level, options=options),
        "as_of": report.today.isoformat(),
        "data_version": report.data_version,
        "measure": report.request.measure.value,
        "definition": report.info.definition,
        "unit": UNIT_NAMES[report.info.unit],
        "states": {state.value: meaning for state, meaning in STATE_MEANINGS.items()},
        "bounds": BOUNDS_TEXT,
        "peers": PEERS_DEFINITION,
        "columns": {column.name: column.meaning for column in COLUMNS},
        "limits": list(LIMIT_TEXTS),
        "sources": source_records(data, with_shapes=with_shapes),
    }


def source_records(data: Dataset, *, with_shapes: bool = False) -> list[Record]:
    """Return the tables that coverage stands on.

    Each with its date, licences, limits and whom it comes from.
    """
    wanted = [MUNICIPALITIES_FILE, DEMAND_FILE, NEED_FILE, *([BOUNDARIES] if with_shapes else [])]
    by_path = {resource.path: resource for resource in data.manifest.resources}
    tables = [_source_record(by_path[path].title, path, [by_path[path]]) for path in wanted if path in by_path]
    if data.directory_path is not None:
        return [*tables, _source_record(_OTHER_DIRECTORY, strip_hidden(data.directory_path.name), [])]
    listed = [resource for resource in data.manifest.resources if resource.path.startswith(f"{DIRECTORY_FOLDER}/")]
    return [*tables, _source_record(_OUR_DIRECTORY, DIRECTORY_FOLDER, listed)]


def _source_record(title: str, path: str, resources: Sequence[Resource]) -> Record:
    """Return one table, which may be several files."""
    licences = [licence.name for resource in resources for licence in resource.licences]
    return {
        "table": path,
        "title": strip_hidden(title),
        "reference_date": next(
            iter(_unique_texts(_entry_text(resource, "reference_date") for resource in resources)), ""
        ),
        "licences": _unique_texts(licences),
        "sources": _unique_texts(source.title for resource in resources for source in resource.sources),
        "limits": _unique_texts(_entry_text(resource, "limits") for resource in resources),
    }


def _entry_text(resource: Resource, key: str) -> str:
    return str(resource.raw.get(key, ""))


def _unique_texts(texts: Iterable[str]) -> list[str]:
    return [strip_hidden(text) for text in dict.fromkeys(texts) if text]
