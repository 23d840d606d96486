"""Definitions of the words and numbers of coverage."""

from __future__ import annotations

from geo.coverage import CoverageRequest, Measure, State
from geo.coverage.measures import MEASURES
from geo.coverage.peers import PEERS_DEFINITION
from geo.coverage.row import FEW_CHILDREN
from geo.messages import N_
from words import amounts, labels
from words.i18n import _

_BOUNDS = N_(
    "What the value could be, wherever the services stand of which we know the village, district or municipality "
    "only. Where no record that we trust speaks of a municipality, anything is possible."
)
_EVIDENCE = N_(
    "How many records of services a number rests on; how many of them are fresh (their source is at most 12 months "
    "old); and of how many the door, street or village is known."
)
_FEW_CHILDREN = N_("Fewer than {number} children: a chance difference weighs heavily, so there is no rank.")


def caveat_sentence(request: CoverageRequest) -> str:
    """Return the caveat of a request's numbers in one line."""
    info = MEASURES[request.measure]
    if not info.uses_doors:
        return _("Being served says nothing of distance, quality or hours, and is no official norm.")
    if not info.uses_reach:
        return _("Straight lines, not roads; where children live inside a municipality is an estimate.")
    said = _(
        "Straight lines, not roads; where children live inside a municipality is an estimate; {reach} is a choice, "
        "not an official norm."
    )
    return said.format(reach=amounts.reach_text(request.reach_m))


def term_definitions(measure: Measure) -> list[tuple[str, str]]:
    """Return the terms of a report with their definitions.

    They are the measure, the states, bounds, evidence and peers.
    """
    info = MEASURES[measure]
    states = [(labels.state_name(each), labels.state_meaning(each)) for each in State]
    found = [(_(info.name), _(info.definition)), *states]
    found += [(_("Between"), _(_BOUNDS))] if info.uses_doors else []
    return [
        *found,
        (_("Evidence"), _(_EVIDENCE)),
        (_("Peers"), _(PEERS_DEFINITION)),
        ("*", _(_FEW_CHILDREN).format(number=FEW_CHILDREN)),
    ]
