"""Makes the printable report of coverage: A4, vector, offline, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from geo.coverage.report import CoverageReport
from geo.coverage.request import CoverageRequest
from geo.places.areas import Level
from geo.store.dataset import Dataset

Measured = Callable[[CoverageRequest, dt.date], CoverageReport]


def pdf(report: CoverageReport, dataset: Dataset, *, today: dt.date, measured: Measured | None = None) -> bytes:
    """Return a report as a PDF: one page for a municipality, else map and headline first and then the table.

    Parameters
    ----------
    report : CoverageReport
        What to print; its request decides area, measure and what counts.
    dataset : Dataset
        The data it was measured on: boundaries for the map, the manifest for the sources.
    today : date
        The day that is printed, and that decides which records were fresh: the one the report was measured with.
    measured : callable, optional
        Answers further requests from a cache; a municipality is told in all measures.

    Notes
    -----
    The same report in the same language gives the same bytes.
    """
    from ui.coverage.report import pages  # noqa: PLC0415  (the PDF library is loaded by who prints, not by every visitor)

    sheet = pages.Sheet(report, dataset, today)
    if report.area.level is not Level.MUNICIPALITY:
        return pages.area_pages(sheet)
    from geo.coverage.profile import profile_of  # noqa: PLC0415

    profile = profile_of(report.area, report.request, measured or _measured_on(report), today)
    return pages.municipality_pages(sheet, profile)


def _measured_on(report: CoverageReport) -> Measured:
    from geo.coverage.measure import measure  # noqa: PLC0415

    return lambda request, today: measure(report.dataset, request, today=today)
