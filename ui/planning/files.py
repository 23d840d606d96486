"""Gives a plan out as a file or on paper, and finds the places that people type."""

from __future__ import annotations

import shlex
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.planning.files import geojson
from geo.planning.plan import Plan
from geo.scenarios import plans
from ui import components
from ui.planning import state
from ui.save_scenario import save
from ui.session import speak
from words import amounts, i18n, phrases
from words.i18n import _

_PRINT = Markup('<button type="button" class="print-button" data-print="1">{word}</button>')
_PAPER = Markup(
    '<div class="paper"><p>{made}</p><p>{chosen}</p><p>{again}</p><p><code>{command}</code></p><p>{link}</p></div>'
)


def buttons(plan: Plan) -> None:
    """Draw the buttons that give a plan out: as a scenario, as a layer, to compare with another, on paper."""
    save(plan, key="plan")
    st.download_button(
        "GeoJSON", data=lambda: geojson(plan).encode(), file_name=f"opvoedkaart-plan-{plan.data_version}.geojson",
        mime="application/geo+json", key="plan-geojson", on_click="ignore",
    )  # fmt: skip
    st.button(_("Compare"), on_click=_compare, key="plan-compare")
    with st.popover(_("Command"), key="plan-command"):
        st.code(command(plan), language=None, wrap_lines=True)
    st.html(_PRINT.format(word=_("Print")))
    _paper(plan)


def command(plan: Plan) -> str:
    """Return the command line that gives the same plan, the reader's own places included."""
    own = [part for place in plans.own_places(plan) for part in ("--site", place)]
    return " ".join(filter(None, [plan.request.command(), shlex.join(own)]))


def _compare() -> None:
    speak()
    st.session_state[state.TAB] = "scenarios"


def _paper(plan: Plan) -> None:
    """Say on paper what stands in the controls on the screen, and how to come back to it."""
    request = plan.request
    chosen = _("Asked: {types}; children of {ages}; within {reach}; {area}.").format(
        types=phrases.types(request.types),
        ages=phrases.ages(request.groups),
        reach=amounts.reach(request.reach_m),
        area=phrases.area_name(plan.area),
    )
    made = _("Made on {date} with Opvoedkaart, data version {version}.").format(
        date=i18n.date(plan.today), version=plan.data_version
    )
    again = _("The command that gives the same plan:")
    address = (st.context.url or "").split("?")[0]
    link = f"{address}?{urlencode(state.query(request), safe=',:')}" if address else ""
    st.html(_PAPER.format(made=made, chosen=chosen, again=again, command=command(plan), link=link))
    components.mount("paper", {})
