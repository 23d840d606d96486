"""The marks and patterns of the printed map, and the legend that explains them."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import HexColor, black, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from geo.coverage.measures import Unit
from geo.coverage.report import CoverageReport
from ui.coverage.classes import (
    GOOD,
    NOT_REACHED,
    NOT_REACHED_COLOUR,
    UNKNOWN,
    Classes,
    class_text,
    classes_for,
    classes_present,
)
from ui.coverage.report.style import FONT, INK, LINE, printable
from words import amounts
from words.i18n import _

CONTEXT = HexColor("#e6e8e8")
"""Land around the area that is told."""
FEW_MARKS = 12
"""Up to so many municipalities, circles of the reach are drawn around the places."""
_HATCH = HexColor("#6b7675")
_TEXT, _SWATCH, _ROW = 6.3, (15.0, 8.0), 11.5


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend: what is drawn (a colour, or the name of a mark) and what it means."""

    mark: str
    text: str


def door(canvas: Canvas, x: float, y: float, *, is_rough: bool) -> None:
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


def circle(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Draw how far a service reaches."""
    canvas.saveState()
    canvas.setDash(2, 2)
    canvas.setLineWidth(0.5)
    canvas.setStrokeColor(INK)
    canvas.circle(x, y, radius, stroke=1, fill=0)
    canvas.restoreState()


def child(canvas: Canvas, x: float, y: float, radius: float, *, is_reached: bool) -> None:
    """Draw the mark of a place where children live: dark within reach, hollow and orange beyond."""
    canvas.setLineWidth(0.4 if is_reached else 0.9)
    canvas.setStrokeColor(white if is_reached else HexColor(NOT_REACHED_COLOUR))
    canvas.setFillColor(HexColor(GOOD[-1]) if is_reached else white)
    canvas.circle(x, y, radius, stroke=1, fill=1)


def hatch(canvas: Canvas, width: float, height: float) -> None:
    """Draw the pattern for what is not known: slanting grey lines on white."""
    canvas.setStrokeColor(_HATCH)
    canvas.setLineWidth(0.6)
    step = 3.4
    canvas.lines([(at * step - height, 0, at * step, height) for at in range(int((width + height) / step) + 1)])


def dots(canvas: Canvas, width: float, height: float) -> None:
    """Draw the pattern for who is not reached: white dots, so that it differs from every class in grey too."""
    canvas.setStrokeColor(white)
    canvas.setLineWidth(1.1)
    canvas.setLineCap(1)
    canvas.setDash([0, 3.6])
    canvas.lines([(1.8 * (at % 2), at * 3, width, at * 3) for at in range(int(height / 3) + 1)])


def legend(report: CoverageReport, *, with_children: bool) -> list[Entry]:
    """Return what the map of a report shows: the classes that occur with their ranges and numbers, then the marks."""
    classes = classes_for(report)
    entries = [
        Entry(_swatch(classes, at), _counted(class_text(classes, at, report.info.unit), count, len(report.rows)))
        for at, count in classes_present(report)
    ]
    if report.info.unit is Unit.PER_THOUSAND:
        entries.insert(0, Entry("", _("Per 1,000 children:")))
    entries = [] if with_children else entries
    entries.append(Entry("door", _("Place of a service")))
    entries.append(Entry("rough", _("Only its village or district is known")))
    if with_children:
        entries.append(Entry("near", _("Children (estimate): within known reach")))
        entries.append(Entry("far", _("Children (estimate): outside known reach")))
    if report.info.uses_reach and len(report.rows) <= FEW_MARKS:
        entries.append(Entry("reach", _("{reach} around it").format(reach=amounts.reach(report.request.reach_m))))
    return entries


def _swatch(classes: Classes, at: int) -> str:
    return {UNKNOWN: "hatch", NOT_REACHED: f"dots {classes.colours[0]}"}.get(at) or classes.colours[at]


def _counted(text: str, count: int, total: int) -> str:
    return f"{text} ({amounts.count(count)})" if total > 1 else text


def least_width(entries: list[Entry]) -> float:
    """Return how much width one column of a legend asks, in points."""
    return max(stringWidth(printable(entry.text), FONT, _TEXT) for entry in entries) + _SWATCH[0] + 14


class Legend(Flowable):
    """The lines of a legend in as many columns as fit the width (points)."""

    def __init__(self, entries: list[Entry], *, width: float) -> None:
        super().__init__()
        self.entries = entries
        self.width = width
        columns = max(1, int(width / least_width(entries)))
        self.deep = -(-len(entries) // columns)
        self.step = width / -(-len(entries) // self.deep)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.deep * _ROW

    def draw(self) -> None:
        """Draw swatch and words, column by column."""
        for at, entry in enumerate(self.entries):
            x, y = (at // self.deep) * self.step, (self.deep - 1 - at % self.deep) * _ROW
            self.canv.saveState()
            self.canv.translate(x, y + 1.5)
            _sample(self.canv, entry.mark)
            self.canv.restoreState()
            self.canv.setFillColor(INK)
            self.canv.setFont(FONT, _TEXT)
            self.canv.drawString(x + _SWATCH[0] + 4, y + 3.2, printable(entry.text))


def _sample(canvas: Canvas, mark: str) -> None:
    width, height = _SWATCH
    middle = (width / 2, height / 2)
    if mark in ("door", "rough"):
        door(canvas, *middle, is_rough=mark == "rough")
    elif mark in ("near", "far"):
        child(canvas, *middle, 2.4, is_reached=mark == "near")
    elif mark == "reach":
        circle(canvas, *middle, 4.0)
    elif mark:
        _box(canvas, mark)


def _box(canvas: Canvas, mark: str) -> None:
    width, height = _SWATCH
    pattern, _sep, colour = mark.rpartition(" ")
    edge = canvas.beginPath()
    edge.rect(0, 0, width, height)
    canvas.saveState()
    canvas.clipPath(edge, stroke=0, fill=0)
    canvas.setFillColor(white if mark == "hatch" else HexColor(colour))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    if mark == "hatch":
        hatch(canvas, width, height)
    elif pattern == "dots":
        dots(canvas, width, height)
    canvas.restoreState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    canvas.rect(0, 0, width, height, stroke=1, fill=0)
