"""The planning page with its tabs."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.errors import RequestError
from geo.messages import N_
from ui import cache
from ui.planning import state
from ui.planning.page import sites
from words import i18n
from words.i18n import _


def page() -> None:
    """Draw the sentence, the search while it runs, and the plan."""
    areas, book = cache.areas(), cache.candidate_book()
    state.start(areas, book)
    state.keep()
    _head(st.session_state[state.TAB])
    if st.session_state[state.TAB] == "networks":
        from ui.networks import page as networks_page  # noqa: PLC0415  (only who asks for it waits for it)

        networks_page.draw(areas)
        return
    if st.session_state[state.TAB] == "scenarios":
        from ui.scenarios import page as scenarios_page  # noqa: PLC0415  (only who asks for it waits for it)

        scenarios_page.draw(areas)
        return
    sites(areas, book)


_TITLES = {
    "sites": N_("Where should the next one come?"),
    "networks": N_("Which municipalities join forces?"),
    "scenarios": N_("Keep, open and compare plans"),
}
_TAB = Markup('<a href="{href}" target="_self"{here}>{word}</a>')
_TABS = Markup('<div class="intro"><h1>{title}</h1><nav class="tabs" aria-label="{label}">{tabs}</nav></div>')


def _head(chosen: str) -> None:
    words = {"sites": _("New places"), "networks": _("Networks"), "scenarios": _("Scenarios")}
    here = Markup(' aria-current="page"')
    tabs = Markup("").join(
        _TAB.format(href=_tab_link(tab, chosen), here=here if tab == chosen else "", word=word)
        for tab, word in words.items()
    )
    st.html(_TABS.format(title=_(_TITLES[chosen]), label=_("Parts of planning"), tabs=tabs))


def _tab_link(tab: str, chosen: str) -> str:
    """Return the address of a tab; between places and scenarios the plan comes along."""
    lang = {} if i18n.language() == i18n.DEFAULT else {"lang": i18n.language()}
    if "networks" in (tab, chosen):
        return f"planning?{urlencode({'tab': tab, **lang})}"
    try:
        parts = {**state.query(state.request()), "tab": tab}
    except RequestError:
        parts = {"tab": tab, **lang}
    return f"planning?{urlencode(parts, safe=',:')}"
