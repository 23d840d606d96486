"""Puts the parts of the printed report on A4 pages: one for a municipality, more where a table asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Spacer

from geo.coverage.measures import Measure
from geo.coverage.profile import Profile
from geo.coverage.report import CoverageReport
from geo.places.areas import Level
from geo.store.dataset import Dataset
from ui.coverage import headline
from ui.coverage.report import municipality, notes, tables
from ui.coverage.report.map import CoverageMap, shows_children
from ui.coverage.report.marks import Legend, least_width, legend
from ui.coverage.report.style import FONT, LINE, MARGIN, MUTE, paragraph, printable, style
from words import amounts, definitions, i18n, labels, phrases
from words.i18n import _

WIDTH = A4[0] - 2 * MARGIN
_FOOT = 1.1 * cm
_HEIGHT = A4[1] - 2 * MARGIN - _FOOT
_TAGS = {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB"}

_LINES, _ENOUGH = (30, 20, 14, 10, 8, 6, 5, 4, 3, 2, 1, 0), 5
"""What is tried for the lists of a municipality: so many lines each; and what is enough to leave the map large."""
_MAPS = (15.0, 13.0, 11.0, 9.0, 7.5, 6.0)
"""What is tried for a larger area: centimetres of map."""
_SHORT = 20
"""Up to so many municipalities, everything may fit on one page."""

Story = list[Flowable]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report about to be printed, and the day that is printed on it."""

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
        parts += [amounts.reach(request.reach_m)] if info.uses_reach else []
        parts += [phrases.types(request.types), _("children of {ages}").format(ages=phrases.ages(request.groups))]
        return " · ".join(parts)


def municipality_pages(sheet: Sheet, profile: Profile) -> bytes:
    """Return one page about one municipality: as large a map and as much of its lists as fits."""
    head, below = _head(sheet), _notes(sheet)
    left, right = 7.6 * cm, WIDTH - 8.0 * cm
    room = _HEIGHT - _high(head, WIDTH) - _high(below, WIDTH) - 8
    wanted = [(most, height) for height in (8.6, 7.0, 5.5) for most in _LINES if most >= _ENOUGH]
    wanted += [(most, 4.5) for most in _LINES]
    place, _fits = _fitting((_place(sheet, profile, left, most, height) for most, height in wanted), left, room)
    found, _fits = _fitting((_found(profile, right, most) for most in _LINES), right, room)
    return _written(sheet, [*head, municipality.side_by_side(place, found, (left, right)), *below])


def _place(sheet: Sheet, profile: Profile, width: float, most: int, map_height: float) -> Story:
    picture = _picture(sheet, width=width, most_height=map_height * cm)
    return [*picture, *municipality.service_list(profile, most=most)]


def _found(profile: Profile, width: float, most: int) -> Story:
    return [
        *municipality.comparison_strips(profile, width=width),
        *municipality.remarks(profile, most=most),
    ]


def area_pages(sheet: Sheet) -> bytes:
    """Return a report that opens with headline and map; what fits goes with them, the rest stands on later pages.

    A short table comes before the notes, a long one after them, unless the first page has no room for the notes.
    """
    *others, towns = _tables(sheet)
    below: Story = [Spacer(0, 6), *_notes(sheet)]
    page, everything = PageBreak(), [*others, towns]
    short = [(everything, below, []), (everything, [], [page, *below])]
    long = [(others, below, [page, towns]), (others, [], [page, towns, *below])]
    story: Story = []
    for first_tables, after, later in [*(short if len(sheet.report.rows) <= _SHORT else []), *long]:
        first, fits = _fitting([*_first(sheet, first_tables, map_height=height * cm), *after] for height in _MAPS)
        story = [*first, *later]
        if fits:
            break
    return _written(sheet, story)


def _fitting(variants: Iterable[Story], width: float = WIDTH, room: float = _HEIGHT) -> tuple[Story, bool]:
    """Return the first story that fits a width and height (points), or the last; and whether it fits."""
    story: Story = []
    for story in variants:
        if _high(story, width) <= room:
            return story, True
    return story, False


def _high(story: Story, width: float) -> float:
    """Return how much height a story takes at most, in points."""
    return sum(part.wrap(width, _HEIGHT)[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in story)


def _written(sheet: Sheet, story: Story) -> bytes:
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=printable(f"{sheet.name}: {sheet.subject}"),
        author="Opvoedkaart",
        subject=printable(headline.headline(sheet.report)[0]),
        creator="Opvoedkaart",
        lang=_TAGS[i18n.language()],
        displayDocTitle=True,
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(MARGIN, MARGIN + _FOOT, WIDTH, _HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build(story, canvasmaker=_numbered(sheet))
    return buffer.getvalue()


def _numbered(sheet: Sheet) -> type[Canvas]:
    """Return a canvas that keeps every page until the last is drawn, so that each can tell how many there are."""

    class Numbered(Canvas):
        def showPage(self) -> None:  # noqa: N802  (reportlab's name)
            """Keep the page that ends."""
            kept.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            """Write all pages, each with its edge."""
            for number, page in enumerate(kept, start=1):
                self.__dict__.update(page)
                _edge(self, sheet, number, len(kept))
                super().showPage()
            super().save()

    kept: list[dict[str, object]] = []
    return Numbered


def _edge(canvas: Canvas, sheet: Sheet, page: int, pages: int) -> None:
    """Draw what stands on every page: whose data of when, and which page this is."""
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, MARGIN + _FOOT - 6, A4[0] - MARGIN, MARGIN + _FOOT - 6)
    canvas.setFillColor(MUTE)
    canvas.setFont(FONT, 6.3)
    made = _("Opvoedkaart, data version {version}, {date}").format(
        version=sheet.report.data_version, date=i18n.date(sheet.today)
    )
    canvas.drawString(MARGIN, MARGIN + _FOOT - 16, printable(made))
    canvas.drawString(MARGIN, MARGIN + _FOOT - 25, printable(f"{sheet.name}: {sheet.subject}"))
    number = _("page {page} of {pages}").format(page=page, pages=pages)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN + _FOOT - 16, printable(number))
    canvas.restoreState()


def _head(sheet: Sheet) -> Story:
    lines, request = headline.headline(sheet.report), sheet.report.request
    found: Story = [
        paragraph(sheet.name, style(17, bold=True, after=1)),
        *(paragraph(line, style(8, after=3, mute=True)) for line in (sheet.subject, *notes.counted(request))),
        paragraph(lines[0], style(9.4, bold=True, after=3)),
    ]
    found += [paragraph(line, style(8, after=2)) for line in lines[1:]]
    found.append(paragraph(definitions.honesty(request), style(6.8, after=5, mute=True)))
    return found


def _picture(sheet: Sheet, *, width: float, most_height: float) -> Story:
    """Return the map with its legend: beside it where the map leaves room, else below."""
    report = sheet.report
    entries = legend(report, with_children=shows_children(report))
    drawn = CoverageMap(report, sheet.dataset.boundaries, most_width=width, most_height=most_height)
    left = width - drawn.width - 0.4 * cm
    if left >= least_width(entries):
        return [municipality.side_by_side([drawn], [Legend(entries, width=left)], (drawn.width, left))]
    return [drawn, Spacer(0, 3), Legend(entries, width=width)]


def _notes(sheet: Sheet) -> Story:
    return notes.notes(sheet.report, sheet.dataset, today=sheet.today, width=WIDTH)


def _first(sheet: Sheet, shown: Story, *, map_height: float) -> Story:
    """Return what opens a report of a larger area."""
    below = [part for table in shown for part in (Spacer(0, 6), table)]
    return [*_head(sheet), *_picture(sheet, width=WIDTH, most_height=map_height), *below]


def _tables(sheet: Sheet) -> Story:
    """Return the larger parts of the area, the services that could be missed least, and the municipalities, last."""
    report = sheet.report
    found: Story = []
    if report.area.level in (Level.ALL, Level.REGION) and len(report.rows) > _SHORT:
        found.append(tables.areas(report, report.by(Level.PROVINCE), title=_("Province"), width=WIDTH))
    if report.request.measure is Measure.FRAGILITY:
        found += tables.dependence(report, width=WIDTH)
    return [*found, tables.areas(report, report.rows, title=_("Municipality"), width=WIDTH)]
