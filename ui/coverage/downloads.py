"""The buttons that give a report out as a file, and the command that gives the same numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import streamlit as st

from geo.coverage.report import CoverageReport
from geo.places.areas import Level
from geo.places.spelling import fold
from ui import cache
from words import i18n, phrases
from words.i18n import _

Make = Callable[[], bytes]


def draw(report: CoverageReport, today: dt.date, *, level: Level = Level.MUNICIPALITY) -> None:
    """Draw the downloads of a report; each file is made when it is asked for, in the language being spoken."""
    kinds: dict[str, tuple[str, str, Make]] = {
        "pdf": (_("Report (PDF)"), "application/pdf", lambda: _pdf(report, today)),
        "xlsx": ("Excel", _EXCEL, lambda: _xlsx(report, level)),
        "csv": ("CSV", "text/csv", lambda: _csv(report, level)),
        "geojson": ("GeoJSON", "application/geo+json", lambda: _geojson(report, level)),
        "gpkg": ("GeoPackage", "application/geopackage+sqlite3", lambda: _geopackage(report, level)),
    }
    with st.container(key="downloads", horizontal=True):
        for extension, (label, mime, make) in kinds.items():
            st.download_button(
                label,
                data=_in_language(i18n.language(), make),
                file_name=f"{file_name(report)}.{extension}",
                mime=mime,
                key=f"download-{extension}",
                on_click="ignore",
            )
    with st.expander(_("The command that gives the same numbers")):
        st.code(command(report, level), language=None, wrap_lines=True)


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def command(report: CoverageReport, level: Level) -> str:
    """Return the command line that gives the numbers of a report."""
    from geo.coverage.files.records import command_line  # noqa: PLC0415  (the finder does not need it)

    return command_line(report, level, options=_options())


def file_name(report: CoverageReport) -> str:
    """Return what a file about a report is called, without its ending: area, measure, data version."""
    area = fold(phrases.area_name(report.area))
    parts = ("opvoedkaart", area, report.request.measure.value, report.data_version)
    return "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts)


def _in_language(language: str, make: Make) -> Make:
    """Return the same maker, speaking a language: files are made outside the run that draws the page."""

    def spoken() -> bytes:
        i18n.use(language)
        return make()

    return spoken


def _options() -> tuple[str, ...]:
    directory = cache.settings().directory
    return ("--directory", directory.name) if directory else ()  # where it lies on the server is nobody's business


def _csv(report: CoverageReport, level: Level) -> bytes:
    from geo.coverage.files.export import csv_table  # noqa: PLC0415  (only who downloads needs it)

    return csv_table(report, level, options=_options())


def _xlsx(report: CoverageReport, level: Level) -> bytes:
    from geo.coverage.files.export import xlsx  # noqa: PLC0415  (only who downloads needs it)

    return xlsx(report, level, cache.dataset(), say=_, language=i18n.language())


def _geojson(report: CoverageReport, level: Level) -> bytes:
    from geo.coverage.files.export import geojson  # noqa: PLC0415  (only who downloads needs it)

    return geojson(report, level, cache.dataset(), options=_options())


def _geopackage(report: CoverageReport, level: Level) -> bytes:
    from geo.coverage.files.export import geopackage  # noqa: PLC0415  (only who downloads needs it)

    return geopackage(report, level, cache.dataset())


def _pdf(report: CoverageReport, today: dt.date) -> bytes:
    from ui.coverage.report.pdf import pdf  # noqa: PLC0415  (only who downloads needs it)

    return pdf(report, cache.dataset(), today=today, measured=cache.coverage)
