"""The printable report of coverage as PDF.

A4, vector, offline, in the reader's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from geo.coverage import CoverageReport, CoverageRequest
from geo.places import AreaLevel
from geo.store import Dataset

CoverageMeasurer = Callable[[CoverageRequest, dt.date], CoverageReport]


def report_pdf(
    report: CoverageReport, dataset: Dataset, *, today: dt.date, measured: CoverageMeasurer | None = None
) -> bytes:
    """Return a report as a PDF.

    A municipality takes one page; a larger area has map and headline first and then the table.

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

    sheet = pages.ReportSheet(report, dataset, today)
    if report.area.level is not AreaLevel.MUNICIPALITY:
        return pages.area_pages(sheet)
    from geo.coverage.profile import profile_of  # noqa: PLC0415

    profile = profile_of(report.area, report.request, measured or _measurer_of(report), today)
    return pages.municipality_pages(sheet, profile)


def _measurer_of(report: CoverageReport) -> CoverageMeasurer:
    from geo.coverage import measure  # noqa: PLC0415

    return lambda request, today: measure(report.dataset, request, today=today)
