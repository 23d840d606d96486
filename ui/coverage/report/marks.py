"""Marks, patterns and legend of the printed map."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import HexColor, black, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from geo.coverage import CoverageReport
from geo.coverage.measures import Unit
from ui.coverage.classes import (
    GOOD_COLOURS,
    NOT_REACHED_CLASS,
    NOT_REACHED_COLOUR,
    UNKNOWN_CLASS,
    MapClasses,
    class_text,
    classes_for,
    classes_present,
)
from ui.coverage.report.style import FONT_NAME, INK_COLOUR, LINE_COLOUR, printable_text
from words import amounts
from words.i18n import _

CONTEXT_COLOUR = HexColor("#e6e8e8")
"""Land around the area that is told."""
FEW_MARKS = 12
"""Up to so many municipalities, circles of the reach are drawn around the places."""
_HATCH_COLOUR = HexColor("#6b7675")
_TEXT_PT, _SWATCH_PT, _ROW_PT = 6.3, (15.0, 8.0), 11.5


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend: its mark and what it means.

    The mark is a colour, or the name of a mark.
    """

    mark: str
    text: str


def draw_door(canvas: Canvas, x: float, y: float, *, is_rough: bool) -> None:
    """Draw the mark of a place of a service."""
    size = 2.6
    mark = canvas.beginPath()
    mark.moveTo(x, y + size)
    for px, py in ((x + size, y), (x, y - size), (x - size, y)):
        mark.lineTo(px, py)
    mark.close()
    canvas.setLineWidth(0.9 if is_rough else 0.5)
    canvas.setStrokeColor(black if is_rough else white)
    canvas.setFillColor(white if is_rough else black)
    canvas.drawPath(mark, stroke=1, fill=1)


def draw_reach(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Draw the circle of a service's reach."""
    canvas.saveState()
    canvas.setDash(2, 2)
    canvas.setLineWidth(0.5)
    canvas.setStrokeColor(INK_COLOUR)
    canvas.circle(x, y, radius, stroke=1, fill=0)
    canvas.restoreState()


def draw_children(canvas: Canvas, x: float, y: float, radius: float, *, is_reached: bool) -> None:
    """Draw the mark of a place where children live.

    It is dark within reach, hollow and orange beyond.
    """
    canvas.setLineWidth(0.4 if is_reached else 0.9)
    canvas.setStrokeColor(white if is_reached else HexColor(NOT_REACHED_COLOUR))
    canvas.setFillColor(HexColor(GOOD_COLOURS[-1]) if is_reached else white)
    canvas.circle(x, y, radius, stroke=1, fill=1)


def draw_hatch(canvas: Canvas, width: float, height: float) -> None:
    """Draw the pattern for unknown: grey hatching on white."""
    canvas.setStrokeColor(_HATCH_COLOUR)
    canvas.setLineWidth(0.6)
    step = 3.4
    canvas.lines([(at * step - height, 0, at * step, height) for at in range(int((width + height) / step) + 1)])


def draw_dots(canvas: Canvas, width: float, height: float) -> None:
    """Draw the pattern for not reached: white dots.

    So it differs from every class in grey too.
    """
    canvas.setStrokeColor(white)
    canvas.setLineWidth(1.1)
    canvas.setLineCap(1)
    canvas.setDash([0, 3.6])
    canvas.lines([(1.8 * (at % 2), at * 3, width, at * 3) for at in range(int(height / 3) + 1)])


def legend_entries(report: CoverageReport, *, with_children: bool) -> list[LegendEntry]:
    """Return the legend of a map: its classes, then its marks.

    Classes that occur come with their ranges and numbers.
    """
    classes = classes_for(report)
    entries = [
        LegendEntry(
            _swatch_name(classes, at), _count_text(class_text(classes, at, report.info.unit), count, len(report.rows))
        )
        for at, count in classes_present(report)
    ]
    if report.info.unit is Unit.PER_THOUSAND:
        entries.insert(0, LegendEntry("", _("Per 1,000 children:")))
    entries = [] if with_children else entries
    entries.append(LegendEntry("door", _("Place of a service")))
    entries.append(LegendEntry("rough", _("Only its village or district is known")))
    if with_children:
        entries.append(LegendEntry("near", _("Children (estimate): within known reach")))
        entries.append(LegendEntry("far", _("Children (estimate): outside known reach")))
    if report.info.uses_reach and len(report.rows) <= FEW_MARKS:
        entries.append(
            LegendEntry("reach", _("{reach} around it").format(reach=amounts.reach_text(report.request.reach_m)))
        )
    return entries


def _swatch_name(classes: MapClasses, at: int) -> str:
    return {UNKNOWN_CLASS: "hatch", NOT_REACHED_CLASS: f"dots {classes.colours[0]}"}.get(at) or classes.colours[at]


def _count_text(text: str, count: int, total: int) -> str:
    return f"{text} ({amounts.count_text(count)})" if total > 1 else text


def least_width(entries: list[LegendEntry]) -> float:
    """Return the least width of a legend column, in points."""
    return max(stringWidth(printable_text(entry.text), FONT_NAME, _TEXT_PT) for entry in entries) + _SWATCH_PT[0] + 14


class Legend(Flowable):
    """A legend in as many columns as its width allows.

    The width is in points.
    """

    def __init__(self, entries: list[LegendEntry], *, width: float) -> None:
        super().__init__()
        self.entries = entries
        self.width = width
        columns = max(1, int(width / least_width(entries)))
        self.deep = -(-len(entries) // columns)
        self.step = width / -(-len(entries) // self.deep)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.deep * _ROW_PT

    def draw(self) -> None:
        """Draw swatch and words, column by column."""
        for at, entry in enumerate(self.entries):
            x, y = (at // self.deep) * self.step, (self.deep - 1 - at % self.deep) * _ROW_PT
            self.canv.saveState()
            self.canv.translate(x, y + 1.5)
            _draw_sample(self.canv, entry.mark)
            self.canv.restoreState()
            self.canv.setFillColor(INK_COLOUR)
            self.canv.setFont(FONT_NAME, _TEXT_PT)
            self.canv.drawString(x + _SWATCH_PT[0] + 4, y + 3.2, printable_text(entry.text))


def _draw_sample(canvas: Canvas, mark: str) -> None:
    width, height = _SWATCH_PT
    middle = (width / 2, height / 2)
    if mark in ("door", "rough"):
        draw_door(canvas, *middle, is_rough=mark == "rough")
    elif mark in ("near", "far"):
        draw_children(canvas, *middle, 2.4, is_reached=mark == "near")
    elif mark == "reach":
        draw_reach(canvas, *middle, 4.0)
    elif mark:
        _draw_box(canvas, mark)


def _draw_box(canvas: Canvas, mark: str) -> None:
    width, height = _SWATCH_PT
    pattern, _sep, colour = mark.rpartition(" ")
    edge = canvas.beginPath()
    edge.rect(0, 0, width, height)
    canvas.saveState()
    canvas.clipPath(edge, stroke=0, fill=0)
    canvas.setFillColor(white if mark == "hatch" else HexColor(colour))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    if mark == "hatch":
        draw_hatch(canvas, width, height)
    elif pattern == "dots":
        draw_dots(canvas, width, height)
    canvas.restoreState()
    canvas.setStrokeColor(LINE_COLOUR)
    canvas.setLineWidth(0.4)
    canvas.rect(0, 0, width, height, stroke=1, fill=0)
