"""Parts of a municipality's printed page: numbers, services, gaps."""

from __future__ import annotations

from reportlab.lib.colors import black, white
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from geo.coverage.measures import MEASURES, Unit
from geo.coverage.profile import ComparedNumber, Profile, ServiceHere
from ui.coverage import gaps
from ui.coverage.report.style import (
    INK_COLOUR,
    LINE_COLOUR,
    MUTE_COLOUR,
    labelled_paragraph,
    paragraph_style,
    plain_paragraph,
)
from ui.coverage.report.tables import grid_table
from ui.coverage.strips import OTHERS, Strip, number_here, strip_of
from words import amounts, i18n, labels, phrases, services
from words.i18n import _

_SIZE_PT = 6.3
_COLUMN_WIDTHS_CM = (1.6, 1.5, 1.7, 1.3, 1.2)
"""Centimetres of the columns beside the name: here, strip, peers, province, region."""


class DrawnStrip(Flowable):
    """One number on a line beside others: a disc here, a diamond for peers, ticks for province and region."""

    def __init__(self, strip: Strip, *, width: float) -> None:
        super().__init__()
        self.strip = strip
        self.width = width

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, 9

    def draw(self) -> None:
        """Draw the band of the bounds, then the marks, its own on top."""
        canvas = self.canv
        canvas.setStrokeColor(LINE_COLOUR)
        canvas.setLineWidth(0.5)
        canvas.line(0, 4, self.width, 4)
        if self.strip.band:
            canvas.setFillColor(LINE_COLOUR)
            left, right = (self._x(part) for part in self.strip.band)
            canvas.rect(left, 2.7, right - left, 2.6, stroke=0, fill=1)
        draw = {"region": self._region, "province": self._province, "peers": self._peers, "own": self._own}
        for kind, part in self.strip.marks:
            draw[kind](self._x(part))

    def _x(self, part: float) -> float:
        return 3 + (self.width - 6) * part

    def _own(self, x: float) -> None:
        self.canv.setFillColor(INK_COLOUR)
        self.canv.circle(x, 4, 2.5, stroke=0, fill=1)

    def _region(self, x: float) -> None:
        self.canv.setStrokeColor(MUTE_COLOUR)
        self.canv.setDash(1, 1)
        self.canv.line(x, 0.5, x, 7.5)
        self.canv.setDash()

    def _province(self, x: float) -> None:
        self.canv.setStrokeColor(black)
        self.canv.setLineWidth(0.9)
        self.canv.line(x, 0.5, x, 7.5)

    def _peers(self, x: float) -> None:
        mark = self.canv.beginPath()
        mark.moveTo(x, 7)
        for px, py in ((x + 3, 4), (x, 1), (x - 3, 4)):
            mark.lineTo(px, py)
        mark.close()
        self.canv.setLineWidth(0.8)
        self.canv.setStrokeColor(INK_COLOUR)
        self.canv.setFillColor(white)
        self.canv.drawPath(mark, stroke=1, fill=1)


def comparison_strips(profile: Profile, *, width: float) -> list[Flowable]:
    """Return all measures of a municipality beside peers, province and region, the one asked for in bold."""
    head = (_("Measure"), _("Here"), "", *(_(name) for name in OTHERS.values()))
    rows: list[list[Flowable]] = [
        [
            plain_paragraph(text, paragraph_style(_SIZE_PT - 0.5, bold=True, right=at in (1, 3, 4, 5)))
            for at, text in enumerate(head)
        ]
    ]
    rows += [_comparison_row(each, profile) for each in profile.numbers]
    fixed = [each * cm for each in _COLUMN_WIDTHS_CM]
    key = _("Disc: here. Bar: between which bounds. Diamond: peers. Line: province. Dotted line: region.")
    names = profile.report.dataset.municipalities.names(i18n.current_language())
    alike = phrases.enumerate_names(names[code] for code in profile.numbers[0].row.peers)
    return [
        grid_table(rows, [width - sum(fixed), *fixed]),
        Spacer(0, 2),
        plain_paragraph(key, paragraph_style(_SIZE_PT - 0.5, mute=True, after=2)),
        *([labelled_paragraph(_("Peers:"), alike, paragraph_style(_SIZE_PT - 0.5))] if alike else []),
    ]


def _comparison_row(each: ComparedNumber, profile: Profile) -> list[Flowable]:
    unit = MEASURES[each.measure].unit
    is_asked = each.measure is profile.report.request.measure
    look, right = paragraph_style(_SIZE_PT, bold=is_asked), paragraph_style(_SIZE_PT, right=True)
    return [
        plain_paragraph(labels.measure_name(each.measure), look),
        plain_paragraph(number_here(each), paragraph_style(_SIZE_PT, bold=True, right=True)),
        DrawnStrip(strip_of(each), width=(_COLUMN_WIDTHS_CM[1] - 0.15) * cm),
        *(plain_paragraph(amounts.number_text(getattr(each, kind), unit), right) for kind in OTHERS),
    ]


def service_list(profile: Profile, *, most: int) -> list[Flowable]:
    """Return the services for the municipality or within reach of it, at most so many."""
    title = [Spacer(0, 4), _section_title(_("Services for this municipality, or within reach"))]
    if not profile.services:
        return [*title, plain_paragraph(gaps.no_service_known(), paragraph_style(_SIZE_PT))]
    shown = [_service_line(here, profile) for here in profile.services[:most]]
    return [*title, *shown, *_rest_line(len(profile.services) - most)]


def _service_line(here: ServiceHere, profile: Profile) -> Paragraph:
    service = here.service
    facts = [labels.type_name(service.service_type), services.address_text(service)]
    facts.append(_("for this municipality") if here.is_for_it else _("from outside"))
    if here.share > 0:
        reach = amounts.reach_text(profile.report.request.reach_m)
        share = amounts.value_text(here.share, Unit.SHARE)
        facts.append(_("{share} of the children within {reach}").format(share=share, reach=reach))
    facts.append(services.checked_text(service))
    return labelled_paragraph(f"{service.name}.", " · ".join(facts), paragraph_style(_SIZE_PT, after=1.5))


def remark_lists(profile: Profile, *, most: int) -> list[Flowable]:
    """Return gaps, reaching neighbours, and records to check.

    At most `most` lines each.
    """
    report = profile.report
    row = profile.report.rows[0]
    found: list[Flowable] = []
    for title, lines in (
        (_("Gaps"), gaps.gap_sentences(report, row)),
        (_("Neighbours that reach it"), gaps.known_outside(profile)),
        (_("Not known, to be checked"), gaps.records_to_check(report, row)),
    ):
        if lines:
            found += [Spacer(0, 4), _section_title(title), *_line_paragraphs(lines, most)]
    return found


def _section_title(text: str) -> Paragraph:
    return plain_paragraph(text, paragraph_style(7.6, bold=True, after=1.5))


def _line_paragraphs(lines: list[str], most: int) -> list[Flowable]:
    return [
        *(plain_paragraph(line, paragraph_style(_SIZE_PT, after=1.2)) for line in lines[:most]),
        *_rest_line(len(lines) - most),
    ]


def _rest_line(count: int) -> list[Flowable]:
    return (
        [
            plain_paragraph(
                _("and {count} more").format(count=amounts.count_text(count)), paragraph_style(_SIZE_PT, mute=True)
            )
        ]
        if count > 0
        else []
    )


def side_by_side(left: list[Flowable], right: list[Flowable], widths: tuple[float, float]) -> Table:
    """Return two columns that begin at the same height.

    Widths are in points.
    """
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]
    return Table([[left, "", right]], colWidths=[widths[0], 0.4 * cm, widths[1]], style=look, hAlign="LEFT")
