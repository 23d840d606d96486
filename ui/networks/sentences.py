"""Sentences about proposed networks, their proof and their services."""

from __future__ import annotations

from collections.abc import Mapping

from geo.coverage.measures import Unit
from geo.messages import N_
from geo.networks import NetworkProposal, NetworkRequest
from geo.networks.proposal import SPREAD_DEFINITION, Network
from geo.places import Area
from geo.solver import Ended, Progress
from words import amounts, i18n, labels, phrases
from words.i18n import _, ngettext

PROVEN_GAP = 1e-6
"""A share of the spread below which nothing is left to save."""
_CAVEATS = (
    N_("Straight lines, not roads; where children live inside a municipality is an estimate."),
    N_("How many children and how far across is a choice, not an official norm."),
    N_(
        "A map of numbers cannot know who works well with whom: this is a beginning of a conversation between "
        "municipalities, not a decision."
    ),
    N_("Where we know of no service, there may be one: our list is not complete."),
)


def doing(_progress: Progress | None) -> str:
    """Return what a search is doing."""
    return _("Looking for networks…")


def kilometres_text(km: float, *, decimals: int = 1) -> str:
    """Return kilometres as asked or measured: "25 km", "3,5 km"."""
    return _("{kilometres} km").format(kilometres=i18n.number_text(km, decimals=0 if km == round(km) else decimals))


def headline_sentences(plan: NetworkProposal, area: Area) -> list[str]:
    """Return what was found, and how good it is."""
    count = len(plan.networks)
    values = {**request_values(plan.request), "area": phrases.area_name(area), "count": i18n.number_text(count)}
    if not count:
        text = _("No network was found in {area} with at least {least} children of {ages} and at most {across} across.")
        return [text.format(**values), _left_over_sentence(plan)]
    first = ngettext(
        "{count} network in {area}, with at least {least} children of {ages} and at most {across} across.",
        "{count} networks in {area}, each with at least {least} children of {ages} and at most {across} across.",
        count,
    )
    return [first.format(**values), _left_over_sentence(plan), f"{_distance_sentence(plan)} {proof_sentence(plan)}"]


def request_values(request: NetworkRequest) -> dict[str, str]:
    """Return the numbers of a request as words."""
    return {
        "least": i18n.number_text(request.min_children),
        "ages": phrases.ages_text(request.groups),
        "across": kilometres_text(request.max_across_km, decimals=2),
    }


def _left_over_sentence(plan: NetworkProposal) -> str:
    count = len(plan.left_over)
    if not count:
        return _("No municipality is left over.")
    text = ngettext(
        "{count} municipality is left over, with {children}.",
        "{count} municipalities are left over, with {children}.",
        count,
    )
    children = amounts.children_text(sum(each.children for each in plan.left_over))
    fewest = plan.fewest_left
    sure = _("Proven: fewer cannot be.") if fewest == count else _("It is not proven that fewer cannot be.")
    return f"{text.format(count=i18n.number_text(count), children=children)} {sure}"


def _distance_sentence(plan: NetworkProposal) -> str:
    text = _("On average a child's municipality lies {distance} from the heart of its network.")
    return text.format(distance=kilometres_text(plan.mean_km))


def proof_sentence(plan: NetworkProposal) -> str:
    """Return how sure it is that no division is better.

    Better means less spread out.
    """
    if plan.fewest_left < len(plan.left_over):
        return _("How much better another division could be, is not known: perhaps it leaves over fewer.")
    if plan.gap is None:
        return _("How much better another division could be, is not known.")
    if plan.gap < PROVEN_GAP:
        return _("Proven: no other division that leaves over as few is less spread out.")
    gap = i18n.number_text(max(100 * plan.gap, 0.01), decimals=2)
    return _("Not proven: another division may be less spread out, by at most {gap} %.").format(gap=gap)


def facts_text(network: Network) -> str:
    """Return children per age and the width of a network."""
    groups = [
        _("{ages}: {children}").format(ages=labels.age_group_name(group), children=amounts.children_text(count))
        for group, count in network.children
    ]
    parts = [amounts.children_text(network.total), *(groups if len(groups) > 1 else [])]
    if len(network.members) > 1:
        parts.append(_("{distance} across").format(distance=kilometres_text(network.span_km)))
    return " · ".join(parts)


def seat_text(network: Network) -> str:
    """Return where the seat could be."""
    place, language = network.seat.place, i18n.current_language()
    french = language == "fr"
    name, town = (place.name_fr, place.municipality_fr) if french else (place.name_nl, place.municipality_nl)
    where = name if name == town or name.endswith(f"({town})") else f"{name} ({town})"
    text = _("Possible seat: {place}, on average {distance} from the children")
    return text.format(place=where, distance=amounts.value_text(1000 * network.seat.mean_km, Unit.METRES))


def kept_text(network: Network, areas: Mapping[str, Area]) -> str:
    """Return which existing partnerships a network keeps.

    It is empty when there is none.
    """
    names = phrases.enumerate_names(
        areas[code].name(i18n.current_language()) if code in areas else code for code in network.partnerships
    )  # fmt: skip
    if not names:
        return ""
    text = _("This is exactly {names}, which exists.") if network.is_partnership else _("Keeps whole: {names}.")
    return text.format(names=names)


def missing_sentences(network: Network) -> list[str]:
    """Return the kinds of help not known in a network.

    Never that there is none.
    """
    return [_("We know of no {kind} here.").format(kind=phrases.types_text([kind])) for kind in network.missing]


def spread_definition() -> str:
    """Return the definition of the spread that is minimised."""
    return _(SPREAD_DEFINITION)


def caveat_sentences() -> list[str]:
    """Return the caveats of a proposal."""
    return [_(line) for line in _CAVEATS]


def origin_text(plan: NetworkProposal) -> str:
    """Return data version and command of a printed proposal."""
    text = _("Data version {version}. The same again: {command}")
    if plan.ended is not Ended.DONE:
        text = _("Data version {version}. The search was not at its end; this may find better: {command}")
    return text.format(version=plan.data_version, command=plan.request.command())
