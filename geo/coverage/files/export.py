"""Gives coverage out in open formats, each carrying the request and the version of the data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable

from geo.coverage.files.columns import COLUMNS
from geo.coverage.files.records import command_line, dependence, header, row_record, rows_of
from geo.coverage.measures import Measure
from geo.coverage.report import CoverageReport
from geo.directory.records import Record
from geo.places.areas import Level
from geo.store.dataset import Dataset
from geo.text import spreadsheet_cell

REPEATED = ("measure", "command", "as_of", "data_version")
"""What the CSV says in every row, so that a row can be asked again wherever it ends up."""


def csv_table(report: CoverageReport, level: Level, *, options: Iterable[str] = ()) -> bytes:
    """Return a flat CSV (UTF-8, comma, one header row): the columns of `COLUMNS`, then those of `REPEATED`.

    Numbers are plain numbers, empty cells unknown. Text that a spreadsheet would run gets a leading apostrophe.

    Parameters
    ----------
    report : CoverageReport
        The answer.
    level : Level
        One row per area of this level of `areas.SUMMED`.
    options : iterable of str
        What the command line must say besides the request, such as `--directory FILE`.
    """
    command = command_line(report, level, options=options)
    said = (report.request.measure.value, command, report.today.isoformat(), report.data_version)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([*(column.name for column in COLUMNS), *REPEATED])
    for row in rows_of(report, level):
        writer.writerow([_cell(cell) for cell in (*row.values(), *said)])
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return spreadsheet_cell(value) if isinstance(value, str) else value


def document(report: CoverageReport, level: Level, data: Dataset, *, options: Iterable[str] = ()) -> Record:
    """Return everything as one JSON document: the header, the whole area (`total`) and the `rows` of a level.

    For fragility also `dependence`: the services that children depend on alone, those with most children first.
    """
    services = {"dependence": dependence(report)} if report.request.measure is Measure.FRAGILITY else {}
    return {
        **header(report, level, data, options=options),
        "total": row_record(report.total, report.info.unit),
        "rows": rows_of(report, level),
        **services,
    }


def geojson(report: CoverageReport, level: Level, data: Dataset, *, options: Iterable[str] = ()) -> bytes:
    """Return a GeoJSON FeatureCollection (RFC 7946: EPSG:4326, lon before lat, no crs), one feature per area.

    Shapes are simplified for drawing; areas that touch share their lines. Where no shape is known the geometry is
    null. The properties are those of `coverage_records.rows_of`; the header stands beside the features.
    """
    shapes = data.boundaries.draw_areas(row.area.nis_codes for row in report.by(level))
    features = [
        {
            "type": "Feature",
            "id": row["code"] or level.value,
            "geometry": shape,
            "properties": row,
        }
        for row, shape in zip(rows_of(report, level), shapes, strict=True)
    ]
    said = header(report, level, data, options=options, with_shapes=True)
    collection = {"type": "FeatureCollection", **said, "features": features}
    return (json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8", "replace")


def geopackage(report: CoverageReport, level: Level, data: Dataset) -> bytes:
    """Return a GeoPackage: layer `coverage` (EPSG:3812, boundaries as we hold them) and the table `request`."""
    from geo.coverage.files.geopackage import geopackage as write  # noqa: PLC0415  (wakes up the geographic libraries)

    shapes = data.boundaries.merge_areas(row.area.nis_codes for row in report.by(level))
    said = header(report, level, data, with_shapes=True)
    return write(rows_of(report, level), shapes, said, as_of=report.today)


def xlsx(
    report: CoverageReport,
    level: Level,
    data: Dataset,
    *,
    say: Callable[[str], str] = str,
    language: str = "nl",
) -> bytes:
    """Return an Excel workbook: the table with typed columns, the definitions, and the request.

    Parameters
    ----------
    report : CoverageReport
        The answer.
    level : Level
        One row per area of this level of `areas.SUMMED`.
    data : Dataset
        The data that the report was made from.
    say : callable
        Translates an English message.
    language : str
        Of the names of areas: fr, or Dutch for every other.
    """
    from geo.coverage.files.xlsx import workbook  # noqa: PLC0415  (nobody who only looks needs it)

    said = header(report, level, data)
    return workbook(report, rows_of(report, level), said, say=say, language=language)
