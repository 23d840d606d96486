"""Downloads, command and print of a plan."""

from __future__ import annotations

import shlex
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.planning import Plan
from geo.planning.files import to_geojson
from geo.scenarios import plans
from ui import components
from ui.planning import state
from ui.save_scenario import draw_save_button
from ui.session import restore_language
from words import amounts, i18n, phrases
from words.i18n import _

_PRINT = Markup('<button type="button" class="print-button" data-print="1">{word}</button>')
_PAPER = Markup(
    '<div class="paper"><p>{made}</p><p>{chosen}</p><p>{again}</p><p><code>{command}</code></p><p>{link}</p></div>'
)


def draw_buttons(plan: Plan) -> None:
    """Draw the buttons that save, download, compare or print a plan."""
    draw_save_button(plan, key="plan")
    st.download_button(
        "GeoJSON", data=lambda: to_geojson(plan).encode(), file_name=f"opvoedkaart-plan-{plan.data_version}.geojson",
        mime="application/geo+json", key="plan-geojson", on_click="ignore",
    )  # fmt: skip
    st.button(_("Compare"), on_click=_open_comparison, key="plan-compare")
    with st.popover(_("Command"), key="plan-command"):
        st.code(command_text(plan), language=None, wrap_lines=True)
    st.html(_PRINT.format(word=_("Print")))
    _draw_paper(plan)


def command_text(plan: Plan) -> str:
    """Return the command line that repeats a plan.

    The reader's own places are included.
    """
    own = [part for place in plans.own_places(plan) for part in ("--site", place)]
    return " ".join(filter(None, [plan.request.command(), shlex.join(own)]))


def _open_comparison() -> None:
    restore_language()
    st.session_state[state.TAB] = "scenarios"


def _draw_paper(plan: Plan) -> None:
    """Draw the facts of the plan that only paper shows.

    They say what stands in the controls on the screen, and how to come back to it.
    """
    request = plan.request
    chosen = _("Asked: {types}; children of {ages}; within {reach}; {area}.").format(
        types=phrases.types_text(request.types),
        ages=phrases.ages_text(request.groups),
        reach=amounts.reach_text(request.reach_m),
        area=phrases.area_name(plan.area),
    )
    made = _("Made on {date} with Opvoedkaart, data version {version}.").format(
        date=i18n.date_text(plan.today), version=plan.data_version
    )
    again = _("The command that gives the same plan:")
    address = (st.context.url or "").split("?")[0]
    link = f"{address}?{urlencode(state.query(request), safe=',:')}" if address else ""
    st.html(_PAPER.format(made=made, chosen=chosen, again=again, command=command_text(plan), link=link))
    components.mount("paper", {})
