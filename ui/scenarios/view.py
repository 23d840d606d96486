"""Comparison of two scenarios on the same data, for the browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.arrays import Floats
from geo.coverage import CoverageReport, Measure
from geo.coverage.measures import MEASURES, Unit
from geo.messages import N_
from geo.networks import NetworkProposal
from geo.planning import Plan, PlanRequest
from geo.scenarios import plans
from geo.scenarios.file import Difference, compare
from geo.store import Dataset
from ui.planning import sentences, view
from words import amounts, i18n, labels, phrases
from words.i18n import _

SMALLEST_CHANGE_CHILDREN = 0.5
"""Children; fewer are no difference."""
SMALLEST_WAY_M = 25.0

_COUNT, _PLAIN, _KILOMETRES = "count", "plain", "km"
_BOUND = "bound"  # of networks: says nothing by itself, and is 0 where nothing is proven
NUMBER_LABELS: dict[str, tuple[str, str]] = {
    "sites": (N_("New places"), _COUNT),
    "children": (N_("Children who count"), _COUNT),
    "reached_before": (N_("Children within reach, before"), _COUNT),
    "reached_after": (N_("Children within reach, after"), _COUNT),
    "mean_m_before": (N_("Mean distance, before"), Unit.METRES),
    "mean_m_after": (N_("Mean distance, after"), Unit.METRES),
    "p90_m_before": (N_("Nine in ten live within, before"), Unit.METRES),
    "p90_m_after": (N_("Nine in ten live within, after"), Unit.METRES),
    "worst_m_before": (N_("Longest way, before"), Unit.METRES),
    "worst_m_after": (N_("Longest way, after"), Unit.METRES),
    "gap": (N_("At most so much better is possible"), Unit.SHARE),
    "tour_m": (N_("Length of the round"), Unit.METRES),
    "networks": (N_("Networks"), _COUNT),
    "municipalities_left_over": (N_("Municipalities left over"), _COUNT),
    "children_left_over": (N_("Children left over"), _COUNT),
    "fewest_children": (N_("Children in the smallest network"), _COUNT),
    "most_children": (N_("Children in the largest network"), _COUNT),
    "widest_km": (N_("The widest network"), _KILOMETRES),
    "mean_km": (N_("Mean distance to the heart of the network"), _KILOMETRES),
    "mean_km_to_seat": (N_("Mean distance to the seat"), _KILOMETRES),
    "spread": (N_("Spread, in child-kilometres"), _COUNT),
    "types_missing": (N_("Kinds of help of which we know none, summed over networks"), _COUNT),
}
"""What the numbers of a summary are called, and how they are written."""


@dataclass(frozen=True, slots=True)
class TownChange:
    """The change in one municipality from A to B.

    Children reached, and the mean metres to the nearest door (None: none).
    """

    nis_code: str
    children: float
    reached_a: float
    reached_b: float
    mean_a_m: float | None
    mean_b_m: float | None

    @property
    def gain(self) -> float:
        """Children reached more under B; below 0 fewer."""
        return self.reached_b - self.reached_a


def number_label(name: str) -> str:
    """Return the label of a number of a summary.

    A name that is not ours stands as in the file.
    """
    if name in NUMBER_LABELS:
        return _(NUMBER_LABELS[name][0])
    measure, is_after = _measure_of(name)
    if measure is None:
        return name
    when = _("{measure}, after") if is_after else _("{measure}, before")
    return when.format(measure=labels.measure_name(measure))


def _measure_of(name: str) -> tuple[Measure | None, bool]:
    code, _under, when = name.rpartition("_")
    is_known = when in ("before", "after") and code in set(Measure)
    return (Measure(code) if is_known else None), when == "after"


def number_text(name: str, value: float | None) -> str:
    """Return a number of a summary in words; "–" for None."""
    if value is None:
        return "–"
    measure, _when = _measure_of(name)
    unit = MEASURES[measure].unit if measure else NUMBER_LABELS.get(name, ("", _PLAIN))[1]
    if unit == _COUNT:
        return i18n.number_text(round(value))
    if unit == _KILOMETRES:
        return _("{kilometres} km").format(kilometres=i18n.number_text(value, decimals=1))
    return amounts.value_text(value, Unit(unit)) if unit != _PLAIN else i18n.number_text(value, decimals=2)


def change_text(each: Difference) -> str:
    """Return a difference with its sign; "=" when nothing readable changes."""
    if each.change is None:
        return "–"
    if number_text(each.name, each.before) == number_text(each.name, each.after):
        return "="
    measure, _when = _measure_of(each.name)
    sign = "+" if each.change > 0 else "−"
    if (measure and MEASURES[measure].unit is Unit.SHARE) or NUMBER_LABELS.get(each.name, ("", ""))[1] == Unit.SHARE:
        return sign + _("{number} points").format(number=i18n.number_text(abs(each.change) * 100, decimals=1))
    return sign + number_text(each.name, abs(each.change))


def difference_rows(a: Mapping[str, float], b: Mapping[str, float]) -> list[list[str]]:
    """Return each number of two summaries: name, A, B, difference."""
    return [
        [
            number_label(each.name),
            number_text(each.name, each.before),
            number_text(each.name, each.after),
            change_text(each),
        ]
        for each in compare(a, b)
        if each.name != _BOUND
    ]


def town_changes(a: Plan, b: Plan) -> tuple[TownChange, ...]:
    """Return the municipalities where A and B differ, largest change first.

    Those whose mean distance changed come last.
    """
    codes = a.problem.book.dataset.demand.nis_codes
    (total, reached_a, mean_a), (_total, reached_b, mean_b) = _sums_per_town(a), _sums_per_town(b)
    columns = zip(codes, total, reached_a, reached_b, mean_a, mean_b, strict=True)
    found = [
        TownChange(code, float(children), float(in_a), float(in_b), _finite_or_none(way_a), _finite_or_none(way_b))
        for code, children, in_a, in_b, way_a, way_b in columns
    ]
    changed = [each for each in found if abs(each.gain) >= SMALLEST_CHANGE_CHILDREN or _has_other_distance(each)]
    return tuple(sorted(changed, key=lambda each: (-abs(each.gain), -abs((each.mean_b_m or 0) - (each.mean_a_m or 0)))))


def _has_other_distance(each: TownChange) -> bool:
    if each.mean_a_m is None or each.mean_b_m is None:
        return each.mean_a_m != each.mean_b_m
    return abs(each.mean_b_m - each.mean_a_m) >= SMALLEST_WAY_M


def _finite_or_none(metres: float) -> float | None:
    return float(metres) if np.isfinite(metres) else None


def _sums_per_town(plan: Plan) -> tuple[Floats, Floats, Floats]:
    """Return float64[k] three times: children, those reached with the plan, their mean metres (nan: nobody has any)."""
    problem, metres = plan.problem, plan.after_m
    count = len(problem.book.dataset.demand.nis_codes)

    def sums(values: Floats) -> Floats:
        return np.bincount(problem.municipality, weights=values, minlength=count).astype(np.float64)

    children = sums(problem.children)
    reached = sums(problem.children * (metres <= plan.request.reach_m))
    known = np.where(np.isfinite(metres), problem.children, 0.0)
    away, weight = sums(known * np.where(np.isfinite(metres), metres, 0.0)), sums(known)
    return children, reached, np.divide(away, weight, out=np.full(count, np.nan), where=weight > 0)


def plans_beside(data: Dataset, named: list[tuple[str, Plan]], reports: list[CoverageReport]) -> dict[str, Any]:
    """Return what static/page/scenarios.js draws of two plans, each with its name and the coverage of today."""
    (_name_a, a), (_name_b, b) = named
    names = a.problem.book.dataset.municipalities.names(i18n.current_language())
    shown = [
        view.map_for_browser(data, plan, report, is_after=True)
        for (_name, plan), report in zip(named, reports, strict=True)
    ]
    return {
        "maps": [each | {"drag": "{number}. {name}", "selected": ""} for each in shown],
        "panels": [
            {
                "title": name,
                "lines": sentences.headline_sentences(plan),
                "sites": [place.name(i18n.current_language()) for place in plan.places],
                "map": _("Map of scenario {name}").format(name=name),
            }
            for name, plan in named
        ],
        "legend": view.legend_entries(),
        "numbers": difference_rows(plans.summary(a), plans.summary(b)),
        "towns": [
            {
                "name": names[row.nis_code],
                "cells": [
                    i18n.number_text(round(row.reached_a)),
                    i18n.number_text(round(row.reached_b)),
                    _signed_text(row.gain),
                    amounts.value_text(row.mean_a_m, Unit.METRES),
                    amounts.value_text(row.mean_b_m, Unit.METRES),
                ],
                "loses": row.gain <= -SMALLEST_CHANGE_CHILDREN,
            }
            for row in town_changes(a, b)
        ],
    }


def _signed_text(children: float) -> str:
    if abs(children) < SMALLEST_CHANGE_CHILDREN:
        return "="
    return ("+" if children > 0 else "−") + i18n.number_text(round(abs(children)))


def networks_for_browser(data: Dataset, named: list[tuple[str, NetworkProposal]]) -> dict[str, Any]:
    """Return what static/page/scenarios.js draws of two proposals: numbers, and who would be with others."""
    (_name_a, a), (_name_b, b) = named
    names = data.municipalities.names(i18n.current_language())
    with_a, with_b = _members_by_town(a), _members_by_town(b)
    both = sorted(with_a.keys() | with_b.keys(), key=lambda code: names[code])
    return {
        "maps": [],
        "panels": [],
        "legend": [],
        "numbers": difference_rows(a.summary(), b.summary()),
        "towns": [
            {
                "name": names[code],
                "cells": [_others_text(code, each, names) for each in (with_a, with_b)],
                "loses": False,
            }
            for code in both
            if with_a.get(code) != with_b.get(code)
        ],
    }


def _members_by_town(plan: NetworkProposal) -> dict[str, tuple[str, ...]]:
    found = {code: network.members for network in plan.networks for code in network.members}
    return found | {each.nis_code: () for each in plan.left_over}


def _others_text(code: str, together: Mapping[str, tuple[str, ...]], names: Mapping[str, str]) -> str:
    if code not in together:
        return _("not in the area")
    if not together[code]:
        return _("left over")
    return phrases.enumerate_names(names[each] for each in together[code] if each != code) or _("on its own")


def comparison_notes(a: plans.Opened, b: plans.Opened) -> list[str]:
    """Return what a reader must know before comparing two scenarios."""
    lines = [_("Both are worked out on the data of today, not taken from the files.")]
    first, second = a.scenario.request, b.scenario.request
    if isinstance(first, PlanRequest) and isinstance(second, PlanRequest):
        names = {"types": N_("kinds of help"), "ages": N_("ages"), "reach_m": N_("reach"), "area": N_("area")}
        other = [_(word) for name, word in names.items() if getattr(first, name) != getattr(second, name)]
        if other:
            told = _("A and B do not ask the same ({names}); part of every difference comes from that.")
            lines.append(told.format(names=phrases.enumerate_names(other)))
    return lines
