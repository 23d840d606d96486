"""Coverage reports in open formats, with request and data version."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable

from geo.coverage.files.columns import COLUMNS
from geo.coverage.files.records import command_line, dependence_records, report_header, row_record, rows_of
from geo.coverage.measures import Measure
from geo.coverage.report import CoverageReport
from geo.directory.records import Record
from geo.places.areas import AreaLevel
from geo.store.dataset import Dataset
from geo.text import spreadsheet_cell

REPEATED_COLUMNS = ("measure", "command", "as_of", "data_version")
"""Columns that the CSV repeats in every row.

So that a row can be asked again wherever it ends up.
"""


def to_csv(report: CoverageReport, level: AreaLevel, *, options: Iterable[str] = ()) -> bytes:
    """Return a flat CSV, one row per area of a level.

    UTF-8, comma, one header row: the columns of `COLUMNS`, then those of `REPEATED_COLUMNS`.

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
    repeated = (report.request.measure.value, command, report.today.isoformat(), report.data_version)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([*(column.name for column in COLUMNS), *REPEATED_COLUMNS])
    for row in rows_of(report, level):
        writer.writerow([_csv_cell(cell) for cell in (*row.values(), *repeated)])
    return out.getvalue().encode("utf-8", "replace")


def _csv_cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return spreadsheet_cell(value) if isinstance(value, str) else value


def to_json(report: CoverageReport, level: AreaLevel, data: Dataset, *, options: Iterable[str] = ()) -> Record:
    """Return a report as one JSON document.

    The header, the whole area (`total`) and the `rows` of a level.

    For fragility also `dependence`: the services that children depend on alone, those with most children first.
    """
    services = {"dependence": dependence_records(report)} if report.request.measure is Measure.FRAGILITY else {}
    return {
        **report_header(report, level, data, options=options),
        "total": row_record(report.total, report.info.unit),
        "rows": rows_of(report, level),
        **services,
    }


def to_geojson(report: CoverageReport, level: AreaLevel, data: Dataset, *, options: Iterable[str] = ()) -> bytes:
    """Return a GeoJSON FeatureCollection, one feature per area.

    RFC 7946: EPSG:4326, lon before lat, no crs.

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
    header = report_header(report, level, data, options=options, with_shapes=True)
    collection = {"type": "FeatureCollection", **header, "features": features}
    return (json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8", "replace")


def to_geopackage(report: CoverageReport, level: AreaLevel, data: Dataset) -> bytes:
    """Return a GeoPackage of the areas and the request.

    Layer `coverage` (EPSG:3812, boundaries as we hold them) and the table `request`.
    """
    from geo.coverage.files.geopackage import geopackage_bytes as write  # noqa: PLC0415  (wakes up the geographic libraries)

    shapes = data.boundaries.merge_areas(row.area.nis_codes for row in report.by(level))
    header = report_header(report, level, data, with_shapes=True)
    return write(rows_of(report, level), shapes, header, as_of=report.today)


def to_xlsx(
    report: CoverageReport,
    level: AreaLevel,
    data: Dataset,
    *,
    say: Callable[[str], str] = str,
    language: str = "nl",
) -> bytes:
    """Return an Excel workbook: typed table, definitions and request.

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
    from geo.coverage.files.xlsx import xlsx_bytes  # noqa: PLC0415  (nobody who only looks needs it)

    header = report_header(report, level, data)
    return xlsx_bytes(report, rows_of(report, level), header, say=say, language=language)
