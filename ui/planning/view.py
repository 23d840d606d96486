"""Map, sites and gains of a plan, as the browser draws them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from geo.coverage import CoverageReport, State
from geo.coverage.measures import MEASURES, Unit
from geo.planning import Plan
from geo.store import Dataset
from ui import browser_files
from ui.coverage.classes import GOOD_COLOURS, NOT_REACHED_COLOUR, SHARE_BOUNDS, UNKNOWN_CLASS, MapClasses, class_text
from ui.planning import sentences
from words import amounts, i18n, labels
from words.i18n import _

_CLASSES = MapClasses(SHARE_BOUNDS, (NOT_REACHED_COLOUR, *GOOD_COLOURS))


def map_for_browser(data: Dataset, plan: Plan, today: CoverageReport, *, is_after: bool) -> dict[str, Any]:
    """Return what classes.js and sites.js draw: the share of children within reach, doors, numbered places."""
    metres = plan.after_m if is_after else plan.problem.before_m
    shares = _reached_shares(plan, metres)
    position = plan.problem.book.dataset.demand.position
    mask = np.zeros(len(data.directory), dtype=np.bool_)
    closed = plan.request.closed if is_after else frozenset()
    mask[[row for row in plan.problem.supply.rows if data.directory.services[int(row)].id not in closed]] = True
    codes = [code for code in plan.area.nis_codes if code in position]
    states = {row.area.code: row.state for row in today.rows}
    classes = [_share_class(float(shares[position[code]]), states[code]) for code in codes]
    return {
        "points": browser_files.points_file(data),
        "mask": browser_files.pack_mask(mask),
        "codes": codes,
        "classes": classes,
        "colours": list(_CLASSES.colours),
        "tips": [
            labels.state_name(State.UNKNOWN)
            if at == UNKNOWN_CLASS
            else amounts.value_text(float(shares[position[code]]), Unit.SHARE)
            for code, at in zip(codes, classes, strict=True)
        ],
        "goto": [],
        "sites": _site_marks(plan) if is_after else [],
        "tour": [[stop.lat, stop.lon] for stop in plan.tour] if is_after else [],
        "drag": _("{number}. {name}: drag to try another place"),
    }


def _reached_shares(plan: Plan, metres: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return float64[k]: the share of the children of each municipality within reach."""
    problem, towns = plan.problem, len(plan.problem.book.dataset.demand.nis_codes)
    reached = np.bincount(
        problem.municipality, weights=problem.children * (metres <= plan.request.reach_m), minlength=towns
    )
    total = np.bincount(problem.municipality, weights=problem.children, minlength=towns)
    return np.divide(reached, total, out=np.zeros(towns), where=total > 0)


def _share_class(share: float, state: State) -> int:
    if share > 0:
        return min(int(np.searchsorted(SHARE_BOUNDS, share - 1e-9, side="left")), len(SHARE_BOUNDS) - 1)
    return UNKNOWN_CLASS if state is State.UNKNOWN else 0


def legend_entries() -> list[dict[str, str]]:
    """Return the classes of the map."""
    drawn = [*enumerate(_CLASSES.colours), (UNKNOWN_CLASS, "")]
    return [{"colour": colour, "text": class_text(_CLASSES, at, Unit.SHARE)} for at, colour in drawn]


def _site_marks(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"n": site.number, "id": site.candidate.id, "name": _name_at(plan, site.number - 1), "lat": site.candidate.lat,
         "lon": site.candidate.lon, "kept": site.is_kept}
        for site in plan.sites
    ]  # fmt: skip


def _name_at(plan: Plan, at: int) -> str:
    return plan.places[at].name(i18n.current_language())


def rows_for_browser(plan: Plan) -> dict[str, Any]:
    """Return the sites, and the municipalities that gain or lose.

    Each site comes with what it adds.
    """
    names = plan.problem.book.dataset.municipalities.names(i18n.current_language())
    return {
        "sites": [
            {**each, "said": sentences.site_text(site)}
            for each, site in zip(_site_marks(plan), plan.sites, strict=True)
        ],
        "gains": [
            {
                "code": row.nis_code,
                "name": names[row.nis_code],
                "inside": row.is_inside,
                "children": i18n.number_text(round(row.children)),
                "before": amounts.value_text(row.reached_before / row.children if row.children else None, Unit.SHARE),
                "after": amounts.value_text(row.reached_after / row.children if row.children else None, Unit.SHARE),
                "gain": sentences.gain_text(row),
                "loses": row.gain < -0.5 or row.children_farther > 0,
            }
            for row in plan.gains
        ],
    }


def measure_rows(plan: Plan) -> list[list[str]]:
    """Return every coverage measure of the area, before and after."""
    return [
        [labels.measure_name(measure), *(amounts.value_text(row.comparable, MEASURES[measure].unit) for row in rows)]
        for measure, rows in plan.measures.items()
    ]
