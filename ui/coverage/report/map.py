"""The map of the printed report: classes, doors, names, scale.

Classes are vector shapes that also read in grey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from geo.coverage import CoverageReport, Measure
from geo.directory.service import Precision
from geo.places import AreaLevel
from geo.places.boundaries import MunicipalityLookup
from ui.coverage.classes import NOT_REACHED_CLASS, UNKNOWN_CLASS, classes_for
from ui.coverage.report.marks import (
    CONTEXT_COLOUR,
    FEW_MARKS,
    draw_children,
    draw_door,
    draw_dots,
    draw_hatch,
    draw_reach,
)
from ui.coverage.report.style import FONT_NAME, INK_COLOUR, LINE_COLOUR, printable_text
from words import amounts, i18n

Shapes = npt.NDArray[Any]

EVEN_ODD = 0
_LABEL_PT = 5.2
_AROUND_M = 3_500.0
_SCALES_M = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A rectangle of land and its scale on paper.

    EPSG:3812 metres, and how many points on paper a metre takes.
    """

    west: float
    south: float
    per_metre: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return a place on paper, in points from the lower left corner."""
        return (x - self.west) * self.per_metre, (y - self.south) * self.per_metre


class CoverageMap(Flowable):
    """A map of the classes of a report.

    Parameters
    ----------
    report : CoverageReport
        What to draw: its area in classes, whatever lies around in grey.
    boundaries : Boundaries
        Of all municipalities, so that land around the area is drawn too.
    most_width, most_height : float
        In points; the map is as large as its area fills, at most so wide and high.
    """

    def __init__(
        self, report: CoverageReport, boundaries: MunicipalityLookup, *, most_width: float, most_height: float
    ) -> None:
        super().__init__()
        self.report = report
        self.shapes = dict(zip(boundaries.nis_codes, boundaries.polygons, strict=True))
        self.inside = [code for code in report.area.nis_codes if code in self.shapes]
        shapes = [self.shapes[code] for code in self.inside]
        self.frame, self.width, self.height = _fit_frame(shapes, most_width, most_height)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw land, classes, doors, names, scale and north, in this order."""
        canvas = self.canv
        canvas.saveState()
        edge = canvas.beginPath()
        edge.rect(0, 0, self.width, self.height)
        canvas.clipPath(edge, stroke=0, fill=0)
        drawn = self._simplify_shapes()
        around = [shape for code, shape in drawn.items() if code not in set(self.inside)]
        _fill_shapes(canvas, self.frame, around, CONTEXT_COLOUR)
        self._draw_classes(canvas, drawn)
        _outline_shapes(canvas, self.frame, drawn.values(), 0.35, white)
        whole = [shapely.union_all([drawn[code] for code in self.inside])]
        _outline_shapes(canvas, self.frame, whole, 0.9, INK_COLOUR)
        self._draw_children(canvas)
        self._doors(canvas)
        self._names(canvas, drawn)
        canvas.restoreState()
        canvas.setStrokeColor(LINE_COLOUR)
        canvas.setLineWidth(0.5)
        canvas.rect(0, 0, self.width, self.height)
        self._draw_scale(canvas)

    def _simplify_shapes(self) -> dict[str, shapely.Geometry]:
        """Return the municipalities in the frame, as fine as paper shows.

        Shared lines stay shared.
        """
        east, north = self.width / self.frame.per_metre, self.height / self.frame.per_metre
        seen = shapely.box(self.frame.west, self.frame.south, self.frame.west + east, self.frame.south + north)
        codes = [code for code, shape in self.shapes.items() if shapely.intersects(shape, seen)]
        simple = shapely.coverage_simplify([self.shapes[code] for code in codes], 0.6 / self.frame.per_metre)
        return dict(zip(codes, simple, strict=True))

    def _draw_classes(self, canvas: Canvas, drawn: dict[str, shapely.Geometry]) -> None:
        if shows_children(self.report):
            _fill_shapes(canvas, self.frame, [drawn[code] for code in self.inside], white)
            return
        classes = classes_for(self.report)
        found = {row.area.code: classes.of(row) for row in self.report.rows}
        for at in sorted(set(found.values())):
            shapes = [drawn[code] for code in self.inside if found.get(code) == at]
            _fill_shapes(canvas, self.frame, shapes, white if at == UNKNOWN_CLASS else HexColor(classes.colours[at]))
            if at in (UNKNOWN_CLASS, NOT_REACHED_CLASS):
                canvas.saveState()
                canvas.clipPath(_shapes_path(canvas, self.frame, shapes), stroke=0, fill=0, fillMode=EVEN_ODD)
                (draw_hatch if at == UNKNOWN_CLASS else draw_dots)(canvas, self.width, self.height)
                canvas.restoreState()

    def _draw_children(self, canvas: Canvas) -> None:
        """Draw where the children of one municipality live, the larger the more, within reach or not."""
        if not shows_children(self.report):
            return
        demand = self.report.dataset.demand
        at = np.flatnonzero(demand.municipality == demand.position[self.inside[0]])
        children = demand.of(self.report.request.groups)[at]
        most = float(children.max(initial=1.0))
        for point, count in zip(at, children, strict=True):
            radius = 3.2 * float(np.sqrt(count / most))
            x, y = self.frame.at(float(demand.x[point]), float(demand.y[point]))
            draw_children(canvas, x, y, max(radius, 0.7), is_reached=bool(self.report.point_sums.value[point] > 0))

    def _doors(self, canvas: Canvas) -> None:
        """Draw a diamond per place of a service, hollow where only the village is known, and what it reaches."""
        is_near = len(self.inside) <= FEW_MARKS and self.report.info.uses_reach
        for x, y, is_rough in door_positions(self.report):
            px, py = self.frame.at(x, y)
            if is_near:
                draw_reach(canvas, px, py, self.report.request.reach_m * self.frame.per_metre)
            draw_door(canvas, px, py, is_rough=is_rough)

    def _names(self, canvas: Canvas, drawn: dict[str, shapely.Geometry]) -> None:
        """Write the names that fit on their own land, large ones first, never one over another."""
        taken: list[tuple[float, float, float, float]] = []
        towns = self.report.dataset.municipalities.by_nis
        names = self.report.dataset.municipalities.names(i18n.current_language())
        for code in sorted(drawn, key=lambda each: (each not in self.inside, -float(shapely.area(drawn[each])), each)):
            label = printable_text(names.get(code, ""))
            wide = stringWidth(label, FONT_NAME, _LABEL_PT)
            west, _south, east, _north = shapely.bounds(drawn[code])
            x, y = self.frame.at(towns[code].x, towns[code].y) if code in towns else (-1.0, -1.0)
            box = (x - wide / 2, y - 8.5, x + wide / 2, y - 3)
            is_seen = box[0] > 1 and box[1] > 1 and box[2] < self.width - 1 and y < self.height - 6
            fits = len(self.inside) == 1 or wide < (east - west) * self.frame.per_metre
            if label and is_seen and fits and not any(_boxes_overlap(box, other) for other in taken):
                taken.append(box)
                _write_name(canvas, label, x, y - 7.5)

    def _draw_scale(self, canvas: Canvas) -> None:
        length = max(
            (each for each in _SCALES_M if each * self.frame.per_metre <= self.width * 0.3), default=_SCALES_M[0]
        )
        wide = length * self.frame.per_metre
        canvas.saveState()
        canvas.setFillColor(white)
        canvas.rect(3, 3, wide + 32, 15, stroke=0, fill=1)
        canvas.setStrokeColor(INK_COLOUR)
        canvas.setLineWidth(1)
        canvas.lines([(8, 7, 8 + wide, 7), (8, 5.5, 8, 9.5), (8 + wide, 5.5, 8 + wide, 9.5)])
        canvas.setFillColor(INK_COLOUR)
        canvas.setFont(FONT_NAME, 5.5)
        canvas.drawString(10, 10.5, printable_text(amounts.reach_text(float(length))))
        x = wide + 20
        canvas.line(x, 4.5, x, 14)
        canvas.lines([(x, 14, x - 2, 11), (x, 14, x + 2, 11)])
        canvas.drawString(x + 4, 6, "N")
        canvas.restoreState()


def shows_children(report: CoverageReport) -> bool:
    """Return whether the map shows where children live.

    It does for one municipality, when each child is in reach or not.
    """
    return (
        len(report.rows) == 1
        and report.request.measure is Measure.REACH
        and report.area.level is AreaLevel.MUNICIPALITY
    )


def door_positions(report: CoverageReport) -> Iterator[tuple[float, float, bool]]:
    """Yield the places of the services that count.

    EPSG:3812 metres, and whether only the village is known.
    """
    for at in range(len(report.supply.rows)):
        for place in report.service(at).locations:
            if place.x is not None and place.y is not None:
                yield place.x, place.y, place.precision is Precision.LOCALITY


def _fit_frame(shapes: list[shapely.Geometry], most_width: float, most_height: float) -> tuple[MapFrame, float, float]:
    """Return the frame around some shapes with room for what lies around them, its width and height in points."""
    west, south, east, north = shapely.total_bounds(shapes)
    around = _AROUND_M if len(shapes) <= FEW_MARKS else 0.03 * max(east - west, north - south)
    wide, high = east - west + 2 * around, north - south + 2 * around
    per_metre = min(most_width / wide, most_height / high)
    width, height = max(wide * per_metre, 0.4 * most_width), max(high * per_metre, 0.4 * most_height)
    left, low = (west + east) / 2 - width / per_metre / 2, (south + north) / 2 - height / per_metre / 2
    return MapFrame(left, low, per_metre), width, height


def _shapes_path(canvas: Canvas, frame: MapFrame, shapes: Iterable[shapely.Geometry]) -> PDFPathObject:
    path = canvas.beginPath()
    for polygon in shapely.get_parts(list(shapes)):
        for ring in (polygon.exterior, *polygon.interiors) if isinstance(polygon, shapely.Polygon) else ():
            points = [frame.at(x, y) for x, y in ring.coords[:-1]]
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            path.close()
    return path


def _fill_shapes(canvas: Canvas, frame: MapFrame, shapes: list[shapely.Geometry], colour: Color) -> None:
    canvas.setFillColor(colour)
    if shapes:
        canvas.drawPath(_shapes_path(canvas, frame, shapes), stroke=0, fill=1, fillMode=EVEN_ODD)


def _outline_shapes(
    canvas: Canvas, frame: MapFrame, shapes: Iterable[shapely.Geometry], width: float, colour: Color
) -> None:
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(width)
    canvas.setLineJoin(1)
    canvas.drawPath(_shapes_path(canvas, frame, shapes), stroke=1, fill=0)


def _boxes_overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _write_name(canvas: Canvas, label: str, x: float, y: float) -> None:
    """Write a name with a white edge, so that it reads on dark land too."""
    for is_edge, colour in ((True, white), (False, black)):
        canvas.saveState()
        text = canvas.beginText(x - stringWidth(label, FONT_NAME, _LABEL_PT) / 2, y)
        text.setFont(FONT_NAME, _LABEL_PT)
        text.setTextRenderMode(1 if is_edge else 0)
        text.setStrokeColor(colour)
        text.setFillColor(colour)
        text.textOut(label)
        canvas.setLineWidth(1.4)
        canvas.drawText(text)
        canvas.restoreState()
