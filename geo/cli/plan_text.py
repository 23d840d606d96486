"""Text of a plan for the command line."""

from __future__ import annotations

from geo.coverage import Measure
from geo.coverage.measures import MEASURES, Unit
from geo.planning import Plan
from geo.planning.choices import OBJECTIVES
from geo.planning.plan import Gain, PlanStatus
from geo.text import strip_hidden

_MOST_ROWS = 15


def plan_text(plan: Plan) -> str:
    """Return a plan as English text."""
    name, definition = OBJECTIVES[plan.request.objective]
    lines = [f"{name} in {plan.area.name_nl}. {definition}", _proof_text(plan), ""]
    lines += [
        f"{site.number:>3}. {strip_hidden(site.candidate.name_nl)}{' (kept)' if site.is_kept else ''}: "
        f"{site.children_added:,.0f} children newly reached, nearest for {site.children_nearest:,.0f}  "
        f"[{site.candidate.id}]"
        for site in plan.sites
    ]
    if plan.tour:
        stops = " - ".join(strip_hidden(stop.name_nl) for stop in (*plan.tour, plan.tour[0]))
        lines += ["", f"Round of {plan.tour_m / 1000:.1f} km: {stops}"]
    lines += ["", f"{'of the ' + format(plan.after.children, ',.0f') + ' children':<32}{'before':>12}{'after':>12}"]
    lines += [f"{label:<32}{before:>12}{after:>12}" for label, before, after in _comparison_rows(plan)]
    lines += _gain_lines(plan, "Who gains", [row for row in plan.gains if row.gain > 0.5])
    lines += _gain_lines(plan, "Who loses", [row for row in plan.losers if row.gain < -0.5])
    lines += ["", "Taken for granted", *(f"  {each}" for each in plan.assumptions)]
    lines += ["", plan.request.command(), f"data {plan.data_version}"]
    return "\n".join(lines)


def _proof_text(plan: Plan) -> str:
    proof = plan.proof
    if proof.status is PlanStatus.GIVEN:
        return "These sites were given; nothing was searched."
    if proof.status is PlanStatus.OPTIMAL:
        return f"Proven: no plan is better. Found in {proof.seconds:.1f} s."
    return f"A better plan may exist, by at most {100 * (proof.gap or 0.0):.2f} %. Searched for {proof.seconds:.1f} s."


def _comparison_rows(plan: Plan) -> list[tuple[str, str, str]]:
    rows = [
        ("within reach", f"{plan.before.reached:,.0f}", f"{plan.after.reached:,.0f}"),
        ("longest way", _kilometres_text(plan.before.worst_m), _kilometres_text(plan.after.worst_m)),
        ("nine in ten within", _kilometres_text(plan.before.p90_m), _kilometres_text(plan.after.p90_m)),
    ]
    return rows + [
        (MEASURES[measure].name, _value_text(measure, before.value), _value_text(measure, after.value))
        for measure, (before, after) in plan.measures.items()
    ]


def _value_text(measure: Measure, value: float | None) -> str:
    if value is None:
        return "-"
    unit = MEASURES[measure].unit
    if unit is Unit.METRES:
        return _kilometres_text(value)
    return f"{100 * value:.1f} %" if unit is Unit.SHARE else f"{value:.3f}"


def _kilometres_text(metres: float | None) -> str:
    return "-" if metres is None else f"{metres / 1000:.2f} km"


def _gain_lines(plan: Plan, title: str, rows: list[Gain]) -> list[str]:
    names = plan.problem.book.dataset.municipalities.names()
    lines = [
        f"  {names.get(row.nis_code, row.nis_code)}: {row.reached_before:,.0f} -> {row.reached_after:,.0f} "
        f"of {row.children:,.0f}{'' if row.is_inside else ' (outside the area)'}"
        for row in rows[:_MOST_ROWS]
    ]
    lines += [f"  and {len(rows) - _MOST_ROWS} more"] if len(rows) > _MOST_ROWS else []
    return ["", title, *lines] if lines else []
