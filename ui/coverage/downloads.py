"""Downloads of a report, and the command that repeats it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import streamlit as st

from geo.coverage import CoverageReport
from geo.places import AreaLevel
from geo.places.spelling import fold_name
from ui import cache
from words import i18n, phrases
from words.i18n import _

FileMaker = Callable[[], bytes]


def draw_buttons(report: CoverageReport, today: dt.date, *, level: AreaLevel = AreaLevel.MUNICIPALITY) -> None:
    """Draw the download buttons of a report.

    Each file is made when it is asked for, in the language of the visit.
    """
    kinds: dict[str, tuple[str, str, FileMaker]] = {
        "pdf": (_("Report (PDF)"), "application/pdf", lambda: _make_pdf(report, today)),
        "xlsx": ("Excel", _EXCEL_MIME, lambda: _make_xlsx(report, level)),
        "csv": ("CSV", "text/csv", lambda: _make_csv(report, level)),
        "geojson": ("GeoJSON", "application/geo+json", lambda: _make_geojson(report, level)),
        "gpkg": ("GeoPackage", "application/geopackage+sqlite3", lambda: _make_geopackage(report, level)),
    }
    with st.container(key="downloads", horizontal=True):
        for extension, (label, mime, make) in kinds.items():
            st.download_button(
                label,
                data=_make_in_language(i18n.current_language(), make),
                file_name=f"{file_name(report)}.{extension}",
                mime=mime,
                key=f"download-{extension}",
                on_click="ignore",
            )
    with st.expander(_("The command that gives the same numbers")):
        st.code(command_text(report, level), language=None, wrap_lines=True)


_EXCEL_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def command_text(report: CoverageReport, level: AreaLevel) -> str:
    """Return the command line that repeats a report."""
    from geo.coverage.files.records import command_line  # noqa: PLC0415  (the finder does not need it)

    return command_line(report, level, options=_directory_option())


def file_name(report: CoverageReport) -> str:
    """Return the file name of a report, without extension.

    It holds area, measure and data version.
    """
    area = fold_name(phrases.area_name(report.area))
    parts = ("opvoedkaart", area, report.request.measure.value, report.data_version)
    return "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts)


def _make_in_language(language: str, make: FileMaker) -> FileMaker:
    """Return a file maker that speaks one language.

    Files are made outside the run that draws the page.
    """

    def spoken() -> bytes:
        i18n.use_language(language)
        return make()

    return spoken


def _directory_option() -> tuple[str, ...]:
    directory = cache.load_settings().directory
    return ("--directory", directory.name) if directory else ()  # where it lies on the server is nobody's business


def _make_csv(report: CoverageReport, level: AreaLevel) -> bytes:
    from geo.coverage.files.export import to_csv  # noqa: PLC0415  (only who downloads needs it)

    return to_csv(report, level, options=_directory_option())


def _make_xlsx(report: CoverageReport, level: AreaLevel) -> bytes:
    from geo.coverage.files.export import to_xlsx  # noqa: PLC0415  (only who downloads needs it)

    return to_xlsx(report, level, cache.load_dataset(), say=_, language=i18n.current_language())


def _make_geojson(report: CoverageReport, level: AreaLevel) -> bytes:
    from geo.coverage.files.export import to_geojson  # noqa: PLC0415  (only who downloads needs it)

    return to_geojson(report, level, cache.load_dataset(), options=_directory_option())


def _make_geopackage(report: CoverageReport, level: AreaLevel) -> bytes:
    from geo.coverage.files.export import to_geopackage  # noqa: PLC0415  (only who downloads needs it)

    return to_geopackage(report, level, cache.load_dataset())


def _make_pdf(report: CoverageReport, today: dt.date) -> bytes:
    from ui.coverage.report.pdf import report_pdf  # noqa: PLC0415  (only who downloads needs it)

    return report_pdf(report, cache.load_dataset(), today=today, measured=cache.measure_coverage)
