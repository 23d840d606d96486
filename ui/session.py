"""The language of one visit."""

from __future__ import annotations

from typing import Final

import streamlit as st

from words import i18n

LANG_PARAMETER: Final = "lang"


def set_visit_language() -> str:
    """Set the language of this visit and return its code.

    The address decides, then what the visit had before, then Dutch.
    """
    wanted = st.query_params.get(LANG_PARAMETER) or st.session_state.get(LANG_PARAMETER) or i18n.DEFAULT_LANGUAGE
    st.session_state[LANG_PARAMETER] = i18n.use_language(wanted)
    return i18n.current_language()


def restore_language() -> None:
    """Restore the language of this visit in a fragment."""
    i18n.use_language(st.session_state.get(LANG_PARAMETER, i18n.DEFAULT_LANGUAGE))
