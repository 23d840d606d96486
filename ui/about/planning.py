"""Definitions of the planning proposals, as the solvers use them."""

from __future__ import annotations

from markupsafe import Markup

from geo.messages import N_
from geo.planning.choices import OBJECTIVES
from words.i18n import _

_EXACT = N_(
    "A proposal is the best choice by one aim, on what we know. It comes from an exact solver (HiGHS): either it is "
    "proven that no other choice does better, or it is said by how much another one could. Existing services stay, "
    "unless you close them; services without a known door cannot be counted, so the need for a new one may look "
    "greater than it is."
)
_NEED = N_(
    "When need weighs, a child counts more where more births are in deprived families than on average, and less where "
    "fewer are; with 100 % in proportion, with 0 % not at all. Where this is not known the average is taken."
)
_NETWORKS = N_(
    "Networks are groups of neighbouring municipalities, each with enough children and not too far across. First as "
    "few municipalities as possible are left over; then children live as near as possible to the middle of their "
    "network."
)
_DECIDE = N_("A proposal decides nothing: buildings, roads, people and partners are not in the numbers.")


def definition_parts() -> tuple[Markup, ...]:
    """Return the aims and the assumptions behind them."""
    aims = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(_(name), _(definition)) for name, definition in OBJECTIVES.values()
    )
    around = Markup("").join(Markup("<p>{}</p>").format(_(text)) for text in (_EXACT, _NEED, _NETWORKS, _DECIDE))
    return around, Markup("<dl>{}</dl>").format(aims)
