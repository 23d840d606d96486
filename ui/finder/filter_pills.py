"""Draw the choices of the finder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from geo.ages import AgeGroup
from geo.directory.service_types import ServiceFunction
from geo.store.dataset import Dataset
from ui import session
from ui.finder import state
from ui.finder.search_field import Code
from words import labels
from words.i18n import _


def filters(dataset: Dataset) -> None:
    """Draw the filters; their values are in the state."""
    _pills(_("For whom?"), state.AGE, list(AgeGroup), labels.age_group_name)
    _pills(_("What are you looking for?"), state.TYPE, labels.FAMILY_TYPES, labels.type_name)
    folded = (state.FUNCTION, state.SPOKEN, state.ONLY, state.PROFESSIONAL)
    if any(st.session_state.get(key) for key in folded):
        st.session_state[state.UNFOLDED] = True  # and so it stays, also when the last choice is taken back
    is_open = bool(st.session_state.get(state.UNFOLDED))
    st.button(_("Fewer choices") if is_open else _("More choices"), key="more-choices", on_click=_fold, args=(is_open,))
    if is_open:  # only then: what is folded away costs nobody anything
        with st.container(key="unfolded"):
            _more(dataset)


def _fold(is_open: bool) -> None:
    """Open or close what is folded; closing it takes back what was chosen inside, for nothing hidden may filter."""
    session.speak()
    st.session_state[state.UNFOLDED] = not is_open
    if is_open:
        for key in (state.FUNCTION, state.SPOKEN, state.ONLY, state.PROFESSIONAL):
            st.session_state[key] = []


def _more(dataset: Dataset) -> None:
    _pills(
        _("What should it help with?"),
        state.FUNCTION,
        list(ServiceFunction),
        lambda function: _(labels.FUNCTIONS[function]),
    )
    spoken = sorted(dataset.directory.languages)
    if spoken:
        _pills(_("Language spoken"), state.SPOKEN, spoken, labels.language_name)
    _pills(_("Only what is"), state.ONLY, state.ONLY_CRITERIA, lambda name: _(labels.ONLY[name]))
    professionals = _("For professionals and local authorities")
    _pills(professionals, state.PROFESSIONAL, labels.PROFESSIONAL_TYPES, labels.type_name)


def _pills(label: str, key: str, options: Sequence[Code], said: Callable[[Code], str]) -> None:
    st.pills(label, options, selection_mode="multi", key=key, format_func=said)
