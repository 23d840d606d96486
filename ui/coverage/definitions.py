"""Definitions of the words and numbers of coverage."""

from __future__ import annotations

from geo.coverage.measures import MEASURES, Measure
from geo.coverage.peers import DEFINITION
from geo.coverage.request import CoverageRequest
from geo.coverage.row import State
from geo.messages import N_
from words.amounts import reach
from words.i18n import _
from words.labels import STATES

_STATE_DEFINITIONS = (
    (STATES[State.REACHED], N_("We know that at least some of the children are reached.")),
    (
        STATES[State.NOT_REACHED],
        N_(
            "We know of nobody who is reached, although records that we trust speak of the municipality or of one "
            "around it. Services whose address we do not know could reach half of the children at most."
        ),
    ),
    (
        STATES[State.UNKNOWN],
        N_(
            "We cannot tell: no record that we trust speaks of the municipality or of those around it (12 km), or "
            "services whose address we do not know may reach most of its children or stand nearer. Unknown never "
            "means none."
        ),
    ),
)
_BOUNDS = N_(
    "What the value could be, wherever the services stand of which we know the village, district or municipality "
    "only. Where no record that we trust speaks of a municipality, anything is possible."
)
_EVIDENCE = N_(
    "How many records of services a number rests on; how many of them are fresh (their source is at most 12 months "
    "old); and of how many the door, street or village is known."
)
_SMALL = N_("Fewer than 50 children: a chance difference weighs heavily, so there is no rank.")


def honesty(request: CoverageRequest) -> str:
    """Return in one line what these numbers are not."""
    info = MEASURES[request.measure]
    if not info.uses_doors:
        return _("Being served says nothing of distance, quality or hours, and is no official norm.")
    if not info.uses_reach:
        return _("Straight lines, not roads; where children live inside a municipality is an estimate.")
    said = _(
        "Straight lines, not roads; where children live inside a municipality is an estimate; {reach} is a choice, "
        "not an official norm."
    )
    return said.format(reach=reach(request.reach_m))


def definitions(measure: Measure) -> list[tuple[str, str]]:
    """Return the words of a report with what they mean: the measure, the states, bounds, evidence, peers."""
    info = MEASURES[measure]
    said = [(_(info.name), _(info.definition)), *((_(name), _(text)) for name, text in _STATE_DEFINITIONS)]
    said += [(_("Between"), _(_BOUNDS))] if info.uses_doors else []
    return [*said, (_("Evidence"), _(_EVIDENCE)), (_("Peers"), _(DEFINITION)), ("*", _(_SMALL))]
