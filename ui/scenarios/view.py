"""Turns two scenarios, worked out on the same data, into what is shown beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.coverage.measures import MEASURES, Measure, Unit
from geo.coverage.report import CoverageReport
from geo.messages import N_
from geo.networks.proposal import NetworkProposal
from geo.planning.plan import Plan
from geo.planning.request import PlanRequest
from geo.scenarios import plans
from geo.scenarios.file import Difference, compare
from geo.store.dataset import Dataset
from ui.planning import sentences, view
from words import amounts, i18n, labels, phrases
from words.i18n import _

Floats = npt.NDArray[np.float64]
SMALLEST_CHANGE = 0.5
"""Children; fewer are no difference."""
SMALLEST_WAY_M = 25.0

_COUNT, _PLAIN, _KILOMETRES = "count", "plain", "km"
_BOUND = "bound"  # of networks: says nothing by itself, and is 0 where nothing is proven
NUMBERS: dict[str, tuple[str, str]] = {
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
    """One municipality under A and under B: children reached, and the mean metres to the nearest door (None: none)."""

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


def label(name: str) -> str:
    """Return what a number of a summary is called; a name that is not ours as it stands in the file."""
    if name in NUMBERS:
        return _(NUMBERS[name][0])
    measure, is_after = _measure(name)
    if measure is None:
        return name
    when = _("{measure}, after") if is_after else _("{measure}, before")
    return when.format(measure=labels.measure_name(measure))


def _measure(name: str) -> tuple[Measure | None, bool]:
    code, _under, when = name.rpartition("_")
    is_known = when in ("before", "after") and code in set(Measure)
    return (Measure(code) if is_known else None), when == "after"


def written(name: str, value: float | None) -> str:
    """Return a number of a summary as people read it; "–" for None."""
    if value is None:
        return "–"
    measure, _when = _measure(name)
    unit = MEASURES[measure].unit if measure else NUMBERS.get(name, ("", _PLAIN))[1]
    if unit == _COUNT:
        return i18n.number(round(value))
    if unit == _KILOMETRES:
        return _("{kilometres} km").format(kilometres=i18n.number(value, decimals=1))
    return amounts.value(value, Unit(unit)) if unit != _PLAIN else i18n.number(value, decimals=2)


def change(each: Difference) -> str:
    """Return what was added, with its sign; "=" when nothing that can be read changes."""
    if each.change is None:
        return "–"
    if written(each.name, each.before) == written(each.name, each.after):
        return "="
    measure, _when = _measure(each.name)
    sign = "+" if each.change > 0 else "−"
    if (measure and MEASURES[measure].unit is Unit.SHARE) or NUMBERS.get(each.name, ("", ""))[1] == Unit.SHARE:
        return sign + _("{number} points").format(number=i18n.number(abs(each.change) * 100, decimals=1))
    return sign + written(each.name, abs(each.change))


def differences(a: Mapping[str, float], b: Mapping[str, float]) -> list[list[str]]:
    """Return each number of two summaries: its name, A, B, and what B adds."""
    return [
        [label(each.name), written(each.name, each.before), written(each.name, each.after), change(each)]
        for each in compare(a, b)
        if each.name != _BOUND
    ]


def towns(a: Plan, b: Plan) -> tuple[TownChange, ...]:
    """Return the municipalities where A and B differ, the largest change first; then those with another way to go."""
    codes = a.problem.book.dataset.demand.nis_codes
    (total, reached_a, mean_a), (_total, reached_b, mean_b) = _per_town(a), _per_town(b)
    columns = zip(codes, total, reached_a, reached_b, mean_a, mean_b, strict=True)
    found = [
        TownChange(code, float(children), float(in_a), float(in_b), _known(way_a), _known(way_b))
        for code, children, in_a, in_b, way_a, way_b in columns
    ]
    changed = [each for each in found if abs(each.gain) >= SMALLEST_CHANGE or _is_other_way(each)]
    return tuple(sorted(changed, key=lambda each: (-abs(each.gain), -abs((each.mean_b_m or 0) - (each.mean_a_m or 0)))))


def _is_other_way(each: TownChange) -> bool:
    if each.mean_a_m is None or each.mean_b_m is None:
        return each.mean_a_m != each.mean_b_m
    return abs(each.mean_b_m - each.mean_a_m) >= SMALLEST_WAY_M


def _known(metres: float) -> float | None:
    return float(metres) if np.isfinite(metres) else None


def _per_town(plan: Plan) -> tuple[Floats, Floats, Floats]:
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
    names = a.problem.book.dataset.municipalities.names(i18n.language())
    shown = [
        view.shown(data, plan, report, is_after=True) for (_name, plan), report in zip(named, reports, strict=True)
    ]
    return {
        "maps": [each | {"drag": "{number}. {name}", "selected": ""} for each in shown],
        "panels": [
            {
                "title": name,
                "lines": sentences.headline(plan),
                "sites": [place.name(i18n.language()) for place in plan.places],
                "map": _("Map of scenario {name}").format(name=name),
            }
            for name, plan in named
        ],
        "legend": view.legend(),
        "numbers": differences(plans.summary(a), plans.summary(b)),
        "towns": [
            {
                "name": names[row.nis_code],
                "cells": [
                    i18n.number(round(row.reached_a)),
                    i18n.number(round(row.reached_b)),
                    _signed(row.gain),
                    amounts.value(row.mean_a_m, Unit.METRES),
                    amounts.value(row.mean_b_m, Unit.METRES),
                ],
                "loses": row.gain <= -SMALLEST_CHANGE,
            }
            for row in towns(a, b)
        ],
    }


def _signed(children: float) -> str:
    if abs(children) < SMALLEST_CHANGE:
        return "="
    return ("+" if children > 0 else "−") + i18n.number(round(abs(children)))


def networks(data: Dataset, named: list[tuple[str, NetworkProposal]]) -> dict[str, Any]:
    """Return what static/page/scenarios.js draws of two proposals: numbers, and who would be with others."""
    (_name_a, a), (_name_b, b) = named
    names = data.municipalities.names(i18n.language())
    with_a, with_b = _together(a), _together(b)
    both = sorted(with_a.keys() | with_b.keys(), key=lambda code: names[code])
    return {
        "maps": [],
        "panels": [],
        "legend": [],
        "numbers": differences(a.summary(), b.summary()),
        "towns": [
            {"name": names[code], "cells": [_others(code, each, names) for each in (with_a, with_b)], "loses": False}
            for code in both
            if with_a.get(code) != with_b.get(code)
        ],
    }


def _together(plan: NetworkProposal) -> dict[str, tuple[str, ...]]:
    found = {code: network.members for network in plan.networks for code in network.members}
    return found | {each.nis_code: () for each in plan.left_over}


def _others(code: str, together: Mapping[str, tuple[str, ...]], names: Mapping[str, str]) -> str:
    if code not in together:
        return _("not in the area")
    if not together[code]:
        return _("left over")
    return phrases.names(names[each] for each in together[code] if each != code) or _("on its own")


def notes(a: plans.Opened, b: plans.Opened) -> list[str]:
    """Return what a reader must know before comparing two scenarios."""
    lines = [_("Both are worked out on the data of today, not taken from the files.")]
    first, second = a.scenario.request, b.scenario.request
    if isinstance(first, PlanRequest) and isinstance(second, PlanRequest):
        names = {"types": N_("kinds of help"), "ages": N_("ages"), "reach_m": N_("reach"), "area": N_("area")}
        other = [_(word) for name, word in names.items() if getattr(first, name) != getattr(second, name)]
        if other:
            told = _("A and B do not ask the same ({names}); part of every difference comes from that.")
            lines.append(told.format(names=phrases.names(other)))
    return lines
