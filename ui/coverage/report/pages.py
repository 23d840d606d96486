"""Pages of the printed report.

A municipality takes one A4 page; a larger area takes more where its table asks for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Spacer

from geo.coverage import CoverageReport, Measure
from geo.coverage.profile import Profile
from geo.places import AreaLevel
from geo.store import Dataset
from ui.coverage import headline
from ui.coverage.report import municipality, notes, tables
from ui.coverage.report.map import CoverageMap, shows_children
from ui.coverage.report.marks import Legend, least_width, legend_entries
from ui.coverage.report.style import (
    FONT_NAME,
    LINE_COLOUR,
    MARGIN_PT,
    MUTE_COLOUR,
    paragraph_style,
    plain_paragraph,
    printable_text,
)
from words import amounts, definitions, i18n, labels, phrases
from words.i18n import _

WIDTH_PT = A4[0] - 2 * MARGIN_PT
_FOOT_PT = 1.1 * cm
_HEIGHT_PT = A4[1] - 2 * MARGIN_PT - _FOOT_PT
_LANGUAGE_TAGS = {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB"}

_LINE_COUNTS, _ENOUGH_LINES = (30, 20, 14, 10, 8, 6, 5, 4, 3, 2, 1, 0), 5
"""What is tried for the lists of a municipality: so many lines each; and what is enough to leave the map large."""
_MAP_HEIGHTS_CM = (15.0, 13.0, 11.0, 9.0, 7.5, 6.0)
"""What is tried for a larger area: centimetres of map."""
_SHORT_TABLE_ROWS = 20
"""Up to so many municipalities, everything may fit on one page."""

Story = list[Flowable]


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A report to print, with the day of printing."""

    report: CoverageReport
    dataset: Dataset
    today: dt.date

    @property
    def name(self) -> str:
        """The name of the area, as a title."""
        name = phrases.area_name(self.report.area)
        return name[:1].upper() + name[1:]

    @property
    def subject(self) -> str:
        """What is measured of whom."""
        request, info = self.report.request, self.report.info
        parts = [labels.measure_name(request.measure)]
        parts += [amounts.reach_text(request.reach_m)] if info.uses_reach else []
        parts += [
            phrases.types_text(request.types),
            _("children of {ages}").format(ages=phrases.ages_text(request.groups)),
        ]
        return " · ".join(parts)


def municipality_pages(sheet: ReportSheet, profile: Profile) -> bytes:
    """Return one page about one municipality: as large a map and as much of its lists as fits."""
    head, below = _head_parts(sheet), _note_parts(sheet)
    left, right = 7.6 * cm, WIDTH_PT - 8.0 * cm
    room = _HEIGHT_PT - _story_height(head, WIDTH_PT) - _story_height(below, WIDTH_PT) - 8
    wanted = [(most, height) for height in (8.6, 7.0, 5.5) for most in _LINE_COUNTS if most >= _ENOUGH_LINES]
    wanted += [(most, 4.5) for most in _LINE_COUNTS]
    place, _fits = _first_fitting(
        (_place_column(sheet, profile, left, most, height) for most, height in wanted), left, room
    )
    found, _fits = _first_fitting((_numbers_column(profile, right, most) for most in _LINE_COUNTS), right, room)
    return _write_pdf(sheet, [*head, municipality.side_by_side(place, found, (left, right)), *below])


def _place_column(sheet: ReportSheet, profile: Profile, width: float, most: int, map_height: float) -> Story:
    picture = _map_with_legend(sheet, width=width, most_height=map_height * cm)
    return [*picture, *municipality.service_list(profile, most=most)]


def _numbers_column(profile: Profile, width: float, most: int) -> Story:
    return [
        *municipality.comparison_strips(profile, width=width),
        *municipality.remark_lists(profile, most=most),
    ]


def area_pages(sheet: ReportSheet) -> bytes:
    """Return a report that opens with headline and map; what fits goes with them, the rest stands on later pages.

    A short table comes before the notes, a long one after them, unless the first page has no room for the notes.
    """
    *others, towns = _table_parts(sheet)
    below: Story = [Spacer(0, 6), *_note_parts(sheet)]
    page, everything = PageBreak(), [*others, towns]
    short = [(everything, below, []), (everything, [], [page, *below])]
    long = [(others, below, [page, towns]), (others, [], [page, towns, *below])]
    story: Story = []
    for first_tables, after, later in [*(short if len(sheet.report.rows) <= _SHORT_TABLE_ROWS else []), *long]:
        first, fits = _first_fitting(
            [*_opening_parts(sheet, first_tables, map_height=height * cm), *after] for height in _MAP_HEIGHTS_CM
        )
        story = [*first, *later]
        if fits:
            break
    return _write_pdf(sheet, story)


def _first_fitting(variants: Iterable[Story], width: float = WIDTH_PT, room: float = _HEIGHT_PT) -> tuple[Story, bool]:
    """Return the first story that fits, or the last one.

    Width and height are in points; the flag tells whether it fits.
    """
    story: Story = []
    for story in variants:
        if _story_height(story, width) <= room:
            return story, True
    return story, False


def _story_height(story: Story, width: float) -> float:
    """Return how much height a story takes at most, in points."""
    return sum(part.wrap(width, _HEIGHT_PT)[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in story)


def _write_pdf(sheet: ReportSheet, story: Story) -> bytes:
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=printable_text(f"{sheet.name}: {sheet.subject}"),
        author="Opvoedkaart",
        subject=printable_text(headline.headline_sentences(sheet.report)[0]),
        creator="Opvoedkaart",
        lang=_LANGUAGE_TAGS[i18n.current_language()],
        displayDocTitle=True,
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(MARGIN_PT, MARGIN_PT + _FOOT_PT, WIDTH_PT, _HEIGHT_PT, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(story, canvasmaker=_numbered_canvas(sheet))
    return buffer.getvalue()


def _numbered_canvas(sheet: ReportSheet) -> type[Canvas]:
    """Return a canvas class that prints page numbers.

    It keeps every page until the last is drawn, so that each can tell how many there are.
    """

    class Numbered(Canvas):
        def showPage(self) -> None:  # noqa: N802  (reportlab's name)
            """Keep the page that ends."""
            kept.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            """Write all pages, each with its edge."""
            for number, page in enumerate(kept, start=1):
                self.__dict__.update(page)
                _draw_edge(self, sheet, number, len(kept))
                super().showPage()
            super().save()

    kept: list[dict[str, object]] = []
    return Numbered


def _draw_edge(canvas: Canvas, sheet: ReportSheet, page: int, pages: int) -> None:
    """Draw the edge of a page: source, date, page number."""
    canvas.saveState()
    canvas.setStrokeColor(LINE_COLOUR)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN_PT, MARGIN_PT + _FOOT_PT - 6, A4[0] - MARGIN_PT, MARGIN_PT + _FOOT_PT - 6)
    canvas.setFillColor(MUTE_COLOUR)
    canvas.setFont(FONT_NAME, 6.3)
    made = _("Opvoedkaart, data version {version}, {date}").format(
        version=sheet.report.data_version, date=i18n.date_text(sheet.today)
    )
    canvas.drawString(MARGIN_PT, MARGIN_PT + _FOOT_PT - 16, printable_text(made))
    canvas.drawString(MARGIN_PT, MARGIN_PT + _FOOT_PT - 25, printable_text(f"{sheet.name}: {sheet.subject}"))
    number = _("page {page} of {pages}").format(page=page, pages=pages)
    canvas.drawRightString(A4[0] - MARGIN_PT, MARGIN_PT + _FOOT_PT - 16, printable_text(number))
    canvas.restoreState()


def _head_parts(sheet: ReportSheet) -> Story:
    lines, request = headline.headline_sentences(sheet.report), sheet.report.request
    found: Story = [
        plain_paragraph(sheet.name, paragraph_style(17, bold=True, after=1)),
        *(
            plain_paragraph(line, paragraph_style(8, after=3, mute=True))
            for line in (sheet.subject, *notes.counted_lines(request))
        ),
        plain_paragraph(lines[0], paragraph_style(9.4, bold=True, after=3)),
    ]
    found += [plain_paragraph(line, paragraph_style(8, after=2)) for line in lines[1:]]
    found.append(plain_paragraph(definitions.caveat_sentence(request), paragraph_style(6.8, after=5, mute=True)))
    return found


def _map_with_legend(sheet: ReportSheet, *, width: float, most_height: float) -> Story:
    """Return the map with its legend: beside it where the map leaves room, else below."""
    report = sheet.report
    entries = legend_entries(report, with_children=shows_children(report))
    drawn = CoverageMap(report, sheet.dataset.boundaries, most_width=width, most_height=most_height)
    left = width - drawn.width - 0.4 * cm
    if left >= least_width(entries):
        return [municipality.side_by_side([drawn], [Legend(entries, width=left)], (drawn.width, left))]
    return [drawn, Spacer(0, 3), Legend(entries, width=width)]


def _note_parts(sheet: ReportSheet) -> Story:
    return notes.note_parts(sheet.report, sheet.dataset, today=sheet.today, width=WIDTH_PT)


def _opening_parts(sheet: ReportSheet, shown: Story, *, map_height: float) -> Story:
    """Return what opens a report of a larger area."""
    below = [part for table in shown for part in (Spacer(0, 6), table)]
    return [*_head_parts(sheet), *_map_with_legend(sheet, width=WIDTH_PT, most_height=map_height), *below]


def _table_parts(sheet: ReportSheet) -> Story:
    """Return the larger parts of the area, the services that could be missed least, and the municipalities, last."""
    report = sheet.report
    found: Story = []
    if report.area.level in (AreaLevel.ALL, AreaLevel.REGION) and len(report.rows) > _SHORT_TABLE_ROWS:
        found.append(tables.areas_table(report, report.by(AreaLevel.PROVINCE), title=_("Province"), width=WIDTH_PT))
    if report.request.measure is Measure.FRAGILITY:
        found += tables.dependence_table(report, width=WIDTH_PT)
    return [*found, tables.areas_table(report, report.rows, title=_("Municipality"), width=WIDTH_PT)]
