"""A plan as text for the command line."""

from __future__ import annotations

from geo.coverage.measures import MEASURES, Measure, Unit
from geo.planning.choices import OBJECTIVES
from geo.planning.plan import Gain, Plan, PlanStatus
from geo.text import defused

_SHOWN = 15


def text(plan: Plan) -> str:
    """Return a plan as lines for a terminal, in English."""
    name, definition = OBJECTIVES[plan.request.objective]
    lines = [f"{name} in {plan.area.name_nl}. {definition}", _said(plan), ""]
    lines += [
        f"{site.number:>3}. {defused(site.candidate.name_nl)}{' (kept)' if site.is_kept else ''}: "
        f"{site.children_added:,.0f} children newly reached, nearest for {site.children_nearest:,.0f}  "
        f"[{site.candidate.id}]"
        for site in plan.sites
    ]
    if plan.tour:
        stops = " - ".join(defused(stop.name_nl) for stop in (*plan.tour, plan.tour[0]))
        lines += ["", f"Round of {plan.tour_m / 1000:.1f} km: {stops}"]
    lines += ["", f"{'of the ' + format(plan.after.children, ',.0f') + ' children':<32}{'before':>12}{'after':>12}"]
    lines += [f"{label:<32}{before:>12}{after:>12}" for label, before, after in _comparison(plan)]
    lines += _listed(plan, "Who gains", [row for row in plan.gains if row.gain > 0.5])
    lines += _listed(plan, "Who loses", [row for row in plan.losers if row.gain < -0.5])
    lines += ["", "Taken for granted", *(f"  {each}" for each in plan.assumptions)]
    lines += ["", plan.request.command(), f"data {plan.data_version}"]
    return "\n".join(lines)


def _said(plan: Plan) -> str:
    proof = plan.proof
    if proof.status is PlanStatus.GIVEN:
        return "These sites were given; nothing was searched."
    if proof.status is PlanStatus.OPTIMAL:
        return f"Proven: no plan is better. Found in {proof.seconds:.1f} s."
    return f"A better plan may exist, by at most {100 * (proof.gap or 0.0):.2f} %. Searched for {proof.seconds:.1f} s."


def _comparison(plan: Plan) -> list[tuple[str, str, str]]:
    rows = [
        ("within reach", f"{plan.before.reached:,.0f}", f"{plan.after.reached:,.0f}"),
        ("longest way", _kilometres(plan.before.worst_m), _kilometres(plan.after.worst_m)),
        ("nine in ten within", _kilometres(plan.before.p90_m), _kilometres(plan.after.p90_m)),
    ]
    return rows + [
        (MEASURES[measure].name, _measured(measure, before.value), _measured(measure, after.value))
        for measure, (before, after) in plan.measures.items()
    ]


def _measured(measure: Measure, value: float | None) -> str:
    if value is None:
        return "-"
    unit = MEASURES[measure].unit
    if unit is Unit.METRES:
        return _kilometres(value)
    return f"{100 * value:.1f} %" if unit is Unit.SHARE else f"{value:.3f}"


def _kilometres(metres: float | None) -> str:
    return "-" if metres is None else f"{metres / 1000:.2f} km"


def _listed(plan: Plan, title: str, rows: list[Gain]) -> list[str]:
    names = plan.problem.book.dataset.municipalities.names()
    lines = [
        f"  {names.get(row.nis_code, row.nis_code)}: {row.reached_before:,.0f} -> {row.reached_after:,.0f} "
        f"of {row.children:,.0f}{'' if row.is_inside else ' (outside the area)'}"
        for row in rows[:_SHOWN]
    ]
    lines += [f"  and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else []
    return ["", title, *lines] if lines else []
