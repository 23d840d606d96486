"""Sentences about a plan: its result, proof and assumptions."""

from __future__ import annotations

from geo.coverage.measures import Unit
from geo.messages import N_, Message
from geo.planning import Objective, Plan, assumptions
from geo.planning.plan import Gain, PlanStatus, ProposedSite
from geo.solver import Progress, Step
from words import amounts, i18n, phrases, problems
from words.i18n import _, ngettext

STEP_LABELS = {
    Step.PREPARE: N_("Laying out children and places…"),
    Step.IMPROVE: N_("Looking for a good plan…"),
    Step.BOUND: N_("Working out what no plan can beat…"),
    Step.PROVE: N_("Proving that no plan is better…"),
}


def doing(progress: Progress | None) -> str:
    """Return what a search is doing."""
    return _(STEP_LABELS[progress.step]) if progress else _("Beginning…")


def headline_sentences(plan: Plan) -> list[str]:
    """Return what a plan brings, and how sure that is."""
    request, before, after = plan.request, plan.before, plan.after
    count = len(plan.places)
    values = {
        "count": i18n.number_text(count),
        "sites": ngettext("{count} new place", "{count} new places", count).format(count=i18n.number_text(count)),
        "children": amounts.children_text(after.reached - plan.closed.reached),
        "ages": phrases.ages_text(request.groups),
        "reach": amounts.reach_text(request.reach_m),
        "before": amounts.value_text(_share_of(before.reached, before.children), Unit.SHARE),
        "after": amounts.value_text(_share_of(after.reached, after.children), Unit.SHARE),
        "mean_before": amounts.value_text(before.mean_m, Unit.METRES),
        "mean_after": amounts.value_text(after.mean_m, Unit.METRES),
        "worst_before": amounts.value_text(before.worst_m, Unit.METRES),
        "worst_after": amounts.value_text(after.worst_m, Unit.METRES),
        "area": phrases.area_name(plan.area),
    }
    lines = [_(_RESULT_TEMPLATES[request.objective]).format(**values)]
    if request.closed:
        closing = ", ".join(service.name for service in plan.closing_services)
        lines.append(_("Closing: {names}.").format(names=closing))
    if plan.tour:
        stops = " – ".join(stop.name(i18n.current_language()) for stop in (*plan.tour, plan.tour[0]))
        length = i18n.number_text(plan.tour_m / 1000, decimals=1)
        lines.append(_("Round of {km} km: {stops}.").format(km=length, stops=stops))
    lines += [problems.sentence(each) for each in _shown_assumptions(plan) if each.template in _HEADLINE_ASSUMPTIONS]
    return [*lines, proof_sentence(plan)]


_HEADLINE_ASSUMPTIONS = (
    assumptions.FEWER_SITES,
    assumptions.FEWER_STOPS,
    assumptions.SHARE_IMPOSSIBLE,
    assumptions.NEED_WEIGHT,
)
"""What is taken for granted and must not be overlooked."""


_RESULT_TEMPLATES = {
    Objective.MOST_REACHED: N_(
        "With {sites} in {area}, {children} of {ages} come within {reach} who are not now: {after} instead of {before}."
    ),
    Objective.FEWEST_SITES: N_(
        "It takes {sites} in {area}: then {after} of the children of {ages} live within {reach}, instead of {before}."
    ),
    Objective.LEAST_MEAN: N_(
        "With {sites} in {area}, children of {ages} live {mean_after} from the nearest on average, instead of "
        "{mean_before}; {after} live within {reach}, instead of {before}."
    ),
    Objective.LEAST_WORST: N_(
        "With {sites} in {area}, no child of {ages} lives farther than {worst_after}, instead of {worst_before}; "
        "{after} live within {reach}, instead of {before}."
    ),
}


def _share_of(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def proof_sentence(plan: Plan) -> str:
    """Return how sure it is that no plan is better."""
    seconds = i18n.number_text(max(plan.proof.seconds, 0.1), decimals=1)
    if plan.proof.status is PlanStatus.OPTIMAL:
        return _("Proven: no other choice does better (in {seconds} s).").format(seconds=seconds)
    if plan.proof.status is PlanStatus.NOT_PROVEN:
        gap = i18n.number_text(max(100 * (plan.proof.gap or 0.0), 0.01), decimals=2)
        said_ = _("Not proven in {seconds} s: another choice may do better, by at most {gap} %.")
        return said_.format(seconds=seconds, gap=gap)
    return _("These are places of your own choice.")


def loss_sentence(own: Plan, best: Plan) -> str:
    """Return how far the reader's own sites fall short."""
    mine, theirs = own.proof.value, best.proof.value
    objective = own.request.objective
    if objective is Objective.MOST_REACHED:
        less = theirs - mine
        if less < 0.5:
            return _("As good as the proposal.")
        return _("{children} fewer than the proposal reaches.").format(children=amounts.children_text(less))
    if objective is Objective.FEWEST_SITES:
        share = amounts.value_text(_share_of(best.after.reached - own.after.reached, best.after.children), Unit.SHARE)
        return _("Reached less than by the proposal: {share} of the children.").format(share=share)
    if mine - theirs < 1:
        return _("As good as the proposal.")
    return _("{distance} farther than with the proposal.").format(
        distance=amounts.value_text(mine - theirs, Unit.METRES)
    )


def site_text(each: ProposedSite) -> str:
    """Return what one site adds."""
    values = {
        "added": amounts.children_text(each.children_added),
        "nearest": amounts.children_text(each.children_nearest),
    }
    return _("{added} newly within reach; nearest for {nearest}").format(**values)


def gain_text(row: Gain) -> str:
    """Return the change in one municipality."""
    more = row.gain
    if abs(more) < 0.5:
        return _("a shorter way") if not row.children_farther else _("a longer way for some")
    sign = "+" if more > 0 else "−"
    return sign + i18n.number_text(round(abs(more)))


def assumptions_to_tell(plan: Plan) -> list[str]:
    """Return what the plan takes for granted."""
    return [problems.sentence(each) for each in _shown_assumptions(plan)]


def _shown_assumptions(plan: Plan) -> list[Message]:
    """Return the assumptions that hold for a plan.

    Of own places nobody searched whether more would add something.
    """
    left_out = (assumptions.FEWER_SITES, assumptions.FEWER_STOPS) if plan.proof.status is PlanStatus.GIVEN else ()
    return [each for each in plan.assumptions if each.template not in left_out]
