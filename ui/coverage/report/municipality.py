"""The parts of the printed page of one municipality: its numbers beside others, its services, what is not known."""

from __future__ import annotations

from reportlab.lib.colors import black, white
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from geo.coverage.measures import MEASURES, Unit
from geo.coverage.profile import Beside, Profile, ServiceHere
from ui.coverage import gaps
from ui.coverage.report.style import INK, LINE, MUTE, labelled_paragraph, paragraph, style
from ui.coverage.report.tables import grid
from ui.coverage.strips import OTHERS, Strip, number_here, strip_of
from words import amounts, i18n, labels, phrases, services
from words.i18n import _

_SIZE = 6.3
_NUMBERS = (1.6, 1.5, 1.7, 1.3, 1.2)
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
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(0, 4, self.width, 4)
        if self.strip.band:
            canvas.setFillColor(LINE)
            left, right = (self._x(part) for part in self.strip.band)
            canvas.rect(left, 2.7, right - left, 2.6, stroke=0, fill=1)
        draw = {"region": self._region, "province": self._province, "peers": self._peers, "own": self._own}
        for kind, part in self.strip.marks:
            draw[kind](self._x(part))

    def _x(self, part: float) -> float:
        return 3 + (self.width - 6) * part

    def _own(self, x: float) -> None:
        self.canv.setFillColor(INK)
        self.canv.circle(x, 4, 2.5, stroke=0, fill=1)

    def _region(self, x: float) -> None:
        self.canv.setStrokeColor(MUTE)
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
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(white)
        self.canv.drawPath(mark, stroke=1, fill=1)


def comparison_strips(profile: Profile, *, width: float) -> list[Flowable]:
    """Return all measures of a municipality beside peers, province and region, the one asked for in bold."""
    head = (_("Measure"), _("Here"), "", *(_(name) for name in OTHERS.values()))
    rows: list[list[Flowable]] = [
        [paragraph(text, style(_SIZE - 0.5, bold=True, right=at in (1, 3, 4, 5))) for at, text in enumerate(head)]
    ]
    rows += [_numbers(each, profile) for each in profile.numbers]
    fixed = [each * cm for each in _NUMBERS]
    key = _("Disc: here. Bar: between which bounds. Diamond: peers. Line: province. Dotted line: region.")
    names = profile.report.dataset.municipalities.names(i18n.language())
    alike = phrases.names(names[code] for code in profile.numbers[0].row.peers)
    return [
        grid(rows, [width - sum(fixed), *fixed]),
        Spacer(0, 2),
        paragraph(key, style(_SIZE - 0.5, mute=True, after=2)),
        *([labelled_paragraph(_("Peers:"), alike, style(_SIZE - 0.5))] if alike else []),
    ]


def _numbers(each: Beside, profile: Profile) -> list[Flowable]:
    unit = MEASURES[each.measure].unit
    is_asked = each.measure is profile.report.request.measure
    look, right = style(_SIZE, bold=is_asked), style(_SIZE, right=True)
    return [
        paragraph(labels.measure_name(each.measure), look),
        paragraph(number_here(each), style(_SIZE, bold=True, right=True)),
        DrawnStrip(strip_of(each), width=(_NUMBERS[1] - 0.15) * cm),
        *(paragraph(amounts.number(getattr(each, kind), unit), right) for kind in OTHERS),
    ]


def service_list(profile: Profile, *, most: int) -> list[Flowable]:
    """Return the services for the municipality or within reach of it, at most so many."""
    title = [Spacer(0, 4), _section(_("Services for this municipality, or within reach"))]
    if not profile.services:
        return [*title, paragraph(gaps.no_service_known(), style(_SIZE))]
    shown = [_service(here, profile) for here in profile.services[:most]]
    return [*title, *shown, *_rest(len(profile.services) - most)]


def _service(here: ServiceHere, profile: Profile) -> Paragraph:
    service = here.service
    facts = [labels.type_name(service.service_type), services.address_text(service)]
    facts.append(_("for this municipality") if here.is_for_it else _("from outside"))
    if here.share > 0:
        reach = amounts.reach(profile.report.request.reach_m)
        share = amounts.value(here.share, Unit.SHARE)
        facts.append(_("{share} of the children within {reach}").format(share=share, reach=reach))
    facts.append(services.checked_text(service))
    return labelled_paragraph(f"{service.name}.", " · ".join(facts), style(_SIZE, after=1.5))


def remarks(profile: Profile, *, most: int) -> list[Flowable]:
    """Return gaps, the neighbours that reach the municipality, and what is to be checked; at most so many each."""
    report = profile.report
    row = profile.report.rows[0]
    found: list[Flowable] = []
    for title, lines in (
        (_("Gaps"), gaps.gaps(report, row)),
        (_("Neighbours that reach it"), gaps.known_outside(profile)),
        (_("Not known, to be checked"), gaps.records_to_check(report, row)),
    ):
        if lines:
            found += [Spacer(0, 4), _section(title), *_lines(lines, most)]
    return found


def _section(text: str) -> Paragraph:
    return paragraph(text, style(7.6, bold=True, after=1.5))


def _lines(lines: list[str], most: int) -> list[Flowable]:
    return [*(paragraph(line, style(_SIZE, after=1.2)) for line in lines[:most]), *_rest(len(lines) - most)]


def _rest(count: int) -> list[Flowable]:
    return (
        [paragraph(_("and {count} more").format(count=amounts.count(count)), style(_SIZE, mute=True))]
        if count > 0
        else []
    )


def side_by_side(left: list[Flowable], right: list[Flowable], widths: tuple[float, float]) -> Table:
    """Return two columns (widths in points) that begin at the same height."""
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]
    return Table([[left, "", right]], colWidths=[widths[0], 0.4 * cm, widths[1]], style=look, hAlign="LEFT")
