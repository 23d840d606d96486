"""Says in the reader's words which networks are proposed, how good that is, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping

from geo.coverage.measures import Unit
from geo.messages import N_
from geo.networks.proposal import SPREAD, Network, NetworkProposal
from geo.networks.request import NetworkRequest
from geo.places.areas import Area
from geo.solver import Ended, Progress
from words import amounts, i18n, labels, phrases
from words.i18n import _, ngettext

PROVEN = 1e-6
"""A share of the spread below which nothing is left to save."""
_HONEST = (
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


def kilometres(km: float, *, decimals: int = 1) -> str:
    """Return kilometres as they were asked or measured: "25 km", "3,5 km"."""
    return _("{kilometres} km").format(kilometres=i18n.number(km, decimals=0 if km == round(km) else decimals))


def headline(plan: NetworkProposal, area: Area) -> list[str]:
    """Return what was found, and how good it is."""
    count = len(plan.networks)
    told = {**asked(plan.request), "area": phrases.area_name(area), "count": i18n.number(count)}
    if not count:
        text = _("No network was found in {area} with at least {least} children of {ages} and at most {across} across.")
        return [text.format(**told), _left(plan)]
    first = ngettext(
        "{count} network in {area}, with at least {least} children of {ages} and at most {across} across.",
        "{count} networks in {area}, each with at least {least} children of {ages} and at most {across} across.",
        count,
    )
    return [first.format(**told), _left(plan), f"{_near(plan)} {proof(plan)}"]


def asked(request: NetworkRequest) -> dict[str, str]:
    """Return the numbers that were asked, as words."""
    return {
        "least": i18n.number(request.min_children),
        "ages": phrases.ages(request.groups),
        "across": kilometres(request.max_across_km, decimals=2),
    }


def _left(plan: NetworkProposal) -> str:
    count = len(plan.left_over)
    if not count:
        return _("No municipality is left over.")
    text = ngettext(
        "{count} municipality is left over, with {children}.",
        "{count} municipalities are left over, with {children}.",
        count,
    )
    children = amounts.children(sum(each.children for each in plan.left_over))
    fewest = plan.fewest_left
    sure = _("Proven: fewer cannot be.") if fewest == count else _("It is not proven that fewer cannot be.")
    return f"{text.format(count=i18n.number(count), children=children)} {sure}"


def _near(plan: NetworkProposal) -> str:
    text = _("On average a child's municipality lies {distance} from the heart of its network.")
    return text.format(distance=kilometres(plan.mean_km))


def proof(plan: NetworkProposal) -> str:
    """Return how sure it is that no other division is less spread out."""
    if plan.fewest_left < len(plan.left_over):
        return _("How much better another division could be, is not known: perhaps it leaves over fewer.")
    if plan.gap is None:
        return _("How much better another division could be, is not known.")
    if plan.gap < PROVEN:
        return _("Proven: no other division that leaves over as few is less spread out.")
    gap = i18n.number(max(100 * plan.gap, 0.01), decimals=2)
    return _("Not proven: another division may be less spread out, by at most {gap} %.").format(gap=gap)


def facts(network: Network) -> str:
    """Return children per age, and how wide a network is."""
    groups = [
        _("{ages}: {children}").format(ages=labels.age_group_name(group), children=amounts.children(count))
        for group, count in network.children
    ]
    parts = [amounts.children(network.total), *(groups if len(groups) > 1 else [])]
    if len(network.members) > 1:
        parts.append(_("{distance} across").format(distance=kilometres(network.span_km)))
    return " · ".join(parts)


def seat(network: Network) -> str:
    """Return where the seat could be."""
    place, language = network.seat.place, i18n.language()
    french = language == "fr"
    name, town = (place.name_fr, place.municipality_fr) if french else (place.name_nl, place.municipality_nl)
    where = name if name == town or name.endswith(f"({town})") else f"{name} ({town})"
    text = _("Possible seat: {place}, on average {distance} from the children")
    return text.format(place=where, distance=amounts.value(1000 * network.seat.mean_km, Unit.METRES))


def kept(network: Network, areas: Mapping[str, Area]) -> str:
    """Return which partnerships that exist are in a network, empty when none is."""
    names = phrases.names(
        areas[code].name(i18n.language()) if code in areas else code for code in network.partnerships
    )  # fmt: skip
    if not names:
        return ""
    text = _("This is exactly {names}, which exists.") if network.is_partnership else _("Keeps whole: {names}.")
    return text.format(names=names)


def missing(network: Network) -> list[str]:
    """Return what is not known in a network; never that there is none."""
    return [_("We know of no {kind} here.").format(kind=phrases.types([kind])) for kind in network.missing]


def minimised() -> str:
    """Return exactly what is made as small as can be."""
    return _(SPREAD)


def honest() -> list[str]:
    """Return what a proposal is not."""
    return [_(line) for line in _HONEST]


def made(plan: NetworkProposal) -> str:
    """Return what a proposal on paper rests on, and how to get it again."""
    text = _("Data version {version}. The same again: {command}")
    if plan.ended is not Ended.DONE:
        text = _("Data version {version}. The search was not at its end; this may find better: {command}")
    return text.format(version=plan.data_version, command=plan.request.command())
