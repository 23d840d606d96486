"""Caveats below the numbers, with links to About and Planning."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.coverage import CoverageRequest
from ui.coverage import state
from words import definitions, i18n
from words.i18n import _

_PLAN = Markup('<p class="next"><a href="{href}" target="_self">{word}</a></p>')
_LINE = Markup('<p class="honest" id="after-table" tabindex="-1">{said} <a href="{href}" target="_self">{more}</a></p>')


def draw_lines(request: CoverageRequest) -> None:
    """Draw the caveats of a request."""
    language = "" if i18n.current_language() == i18n.DEFAULT_LANGUAGE else f"?lang={i18n.current_language()}"
    more = _("How we count, and what we do not know")
    st.html(_LINE.format(said=definitions.caveat_sentence(request), href=f"about{language}#coverage", more=more))
    word = _("Where could a new one come?")
    st.html(_PLAN.format(href=state.plan_link(request), word=word))
