"""Text of a proposal of networks for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.networks.files import ProposalFile
from geo.text import strip_hidden

if TYPE_CHECKING:
    from geo.networks import NetworkProposal
    from geo.networks.proposal import Network


def proposal_text(proposal_file: ProposalFile) -> str:
    """Return a proposal as text."""
    plan = proposal_file.plan
    lines = [headline_text(plan), quality_text(plan), ""]
    for number, network in enumerate(plan.networks, start=1):
        lines += [*_network_lines(proposal_file, number, network), ""]
    if plan.left_over:
        lines += ["Left over:", *(f"  {strip_hidden(str(each.why))}" for each in plan.left_over), ""]
    lines += [*(f"Note: {strip_hidden(str(note))}" for note in plan.notes)]
    lines += [plan.request.command(), f"data {plan.data_version}"]
    return "\n".join(lines) + "\n"


def headline_text(plan: NetworkProposal) -> str:
    """Return the number and limits of the networks in a sentence."""
    request = plan.request
    asked = f"each with at least {request.min_children} children ({', '.join(request.groups)})"
    width = f"and at most {request.max_across_km:g} km across"
    left = f"; {len(plan.left_over)} municipalities left over" if plan.left_over else ""
    return f"{len(plan.networks)} networks, {asked} {width}{left}."


def quality_text(plan: NetworkProposal) -> str:
    """Return the mean distance to the hearts and its optimality gap."""
    spread = f"On average a child's municipality is {plan.mean_km:.2f} km from the heart of its network"
    if plan.fewest_left < len(plan.left_over):
        return f"{spread}; it is not proven that fewer municipalities could not be left over."
    if plan.gap is None:
        return f"{spread}; how much better another division could be, is not known."
    if plan.gap < 1e-6:
        return f"{spread}; no other division does better (proven)."
    return f"{spread}; no other division saves more than {plan.gap:.1%} of that."


def _network_lines(proposal_file: ProposalFile, number: int, network: Network) -> list[str]:
    seat = network.seat.place
    place = strip_hidden(seat.name_nl)
    where = place if seat.name_nl == seat.municipality_nl else f"{place} ({strip_hidden(seat.municipality_nl)})"
    kept = " (as the partnership that exists)" if network.is_partnership else ""
    ages = ", ".join(f"{group} {count:.0f}" for group, count in network.children)
    lines = [
        f"{number}. {', '.join(proposal_file.name(code) for code in network.members)}{kept}",
        f"   {network.total:.0f} children ({ages}); {network.span_km:.1f} km across",
        f"   proposed seat: {where}, on average {network.seat.mean_km:.1f} km from the children",
    ]
    for offer in network.offers:
        if offer.is_missing:
            lines.append(f"   {offer.service_type}: none known, which does not say that there is none")
        else:
            lines.append(f"   {offer.service_type}: {len(offer.located)} in it, {len(offer.serving)} more for it")
    return lines
