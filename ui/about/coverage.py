"""Definitions of the coverage numbers, as measuring and reports use them."""

from __future__ import annotations

from markupsafe import Markup

from geo.coverage import Measure
from geo.coverage.measures import MEASURES
from geo.messages import N_
from words import definitions
from words.i18n import _

_POINTS = N_(
    "Children are counted where they live: at one point for each of the nearly 10,000 statistical sectors. How "
    "many children of an age live in a municipality is official (1 January 2022); how they are spread over its "
    "sectors is our estimate: every sector gets the age mix of its whole municipality. Where this could be "
    "checked against a register, 6 to 8 % of the children stood in the wrong sector of a big, uneven city "
    "municipality and 1 to 2 % in the wrong former municipality; shares of children within reach differed about "
    "1.5 percentage points."
)
_COUNTS = N_(
    "A service counts when it is active and its source is of high or medium confidence, unless you choose otherwise; "
    "and only for children of the ages it is for. Several age groups are added up, each with the services for it."
)
_REACHES = N_(
    "1.2 km and 3.75 km are 15 minutes on foot and by bicycle, as Flanders measures the reach of basic facilities. "
    "For parenting support they are a choice of yours, not official policy."
)
_SUMS = N_(
    "Numbers of provinces and other areas add up children first and divide afterwards. Boundaries and municipalities "
    "are those of 1 January 2025. Every download carries the request and the data version, and the command that gives "
    "the same numbers."
)


def definition_parts() -> tuple[Markup, ...]:
    """Return the definitions of all measures and of their terms."""
    terms = [(_(MEASURES[measure].name), _(MEASURES[measure].definition)) for measure in Measure]
    around = [pair for pair in definitions.term_definitions(Measure.REACH) if pair not in terms]
    listed = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in (*terms, *around))
    before = Markup("").join(Markup("<p>{}</p>").format(_(text)) for text in (_POINTS, _COUNTS, _REACHES, _SUMS))
    return Markup('<div id="coverage"></div>'), before, Markup("<dl>{}</dl>").format(listed)
