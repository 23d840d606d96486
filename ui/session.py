"""The language of one visit."""

from __future__ import annotations

from typing import Final

import streamlit as st

from words import i18n

LANG: Final = "lang"


def language() -> str:
    """Return the language of this visit: from the address, then as it was, then Dutch; and speak it."""
    wanted = st.query_params.get(LANG) or st.session_state.get(LANG) or i18n.DEFAULT
    st.session_state[LANG] = i18n.use(wanted)
    return i18n.language()


def speak() -> None:
    """Speak the language of this visit again, in a part of the page that reruns by itself."""
    i18n.use(st.session_state.get(LANG, i18n.DEFAULT))
