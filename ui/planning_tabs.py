"""The planning page with its tabs."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.errors import RequestError
from geo.messages import N_
from ui import cache
from ui.planning import state
from ui.planning.page import draw
from words import i18n
from words.i18n import _


def draw_tabs() -> None:
    """Draw the planning page with the chosen tab."""
    areas, book = cache.load_areas(), cache.load_candidate_book()
    state.start(areas, book)
    state.keep_controls()
    _draw_head(st.session_state[state.TAB])
    if st.session_state[state.TAB] == "networks":
        from ui.networks import page as networks_page  # noqa: PLC0415  (only who asks for it waits for it)

        networks_page.draw(areas)
        return
    if st.session_state[state.TAB] == "scenarios":
        from ui.scenarios import page as scenarios_page  # noqa: PLC0415  (only who asks for it waits for it)

        scenarios_page.draw(areas)
        return
    draw(areas, book)


_TITLES = {
    "sites": N_("Where should the next one come?"),
    "networks": N_("Which municipalities join forces?"),
    "scenarios": N_("Keep, open and compare plans"),
}
_TAB = Markup('<a href="{href}" target="_self"{here}>{word}</a>')
_TABS = Markup('<div class="intro"><h1>{title}</h1><nav class="tabs" aria-label="{label}">{tabs}</nav></div>')


def _draw_head(chosen: str) -> None:
    words = {"sites": _("New places"), "networks": _("Networks"), "scenarios": _("Scenarios")}
    here = Markup(' aria-current="page"')
    tabs = Markup("").join(
        _TAB.format(href=_tab_link(tab, chosen), here=here if tab == chosen else "", word=word)
        for tab, word in words.items()
    )
    st.html(_TABS.format(title=_(_TITLES[chosen]), label=_("Parts of planning"), tabs=tabs))


def _tab_link(tab: str, chosen: str) -> str:
    """Return the address of a tab.

    Between places and scenarios the plan comes along.
    """
    lang = {} if i18n.current_language() == i18n.DEFAULT_LANGUAGE else {"lang": i18n.current_language()}
    if "networks" in (tab, chosen):
        return f"planning?{urlencode({'tab': tab, **lang})}"
    try:
        parts = {**state.query(state.chosen_request()), "tab": tab}
    except RequestError:
        parts = {"tab": tab, **lang}
    return f"planning?{urlencode(parts, safe=',:')}"
