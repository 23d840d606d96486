"""The filter pills of the finder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from geo.ages import AgeGroup
from geo.directory.service_types import ServiceFunction
from geo.store import Dataset
from ui import session
from ui.finder import state
from ui.finder.search_field import Code
from words import labels
from words.i18n import _


def draw_filters(dataset: Dataset) -> None:
    """Draw the filters; their values are in the state."""
    _draw_pills(_("For whom?"), state.AGE, list(AgeGroup), labels.age_group_name)
    _draw_pills(_("What are you looking for?"), state.TYPE, labels.FAMILY_TYPES, labels.type_name)
    folded = (state.FUNCTION, state.SPOKEN, state.ONLY, state.PROFESSIONAL)
    if any(st.session_state.get(key) for key in folded):
        st.session_state[state.UNFOLDED] = True  # and so it stays, also when the last choice is taken back
    is_open = bool(st.session_state.get(state.UNFOLDED))
    st.button(
        _("Fewer choices") if is_open else _("More choices"),
        key="more-choices",
        on_click=_toggle_folded,
        args=(is_open,),
    )
    if is_open:  # only then: what is folded away costs nobody anything
        with st.container(key="unfolded"):
            _draw_more(dataset)


def _toggle_folded(is_open: bool) -> None:
    """Fold or unfold the rarer choices.

    Folding takes back what was chosen inside, for nothing hidden may filter.
    """
    session.restore_language()
    st.session_state[state.UNFOLDED] = not is_open
    if is_open:
        for key in (state.FUNCTION, state.SPOKEN, state.ONLY, state.PROFESSIONAL):
            st.session_state[key] = []


def _draw_more(dataset: Dataset) -> None:
    _draw_pills(
        _("What should it help with?"),
        state.FUNCTION,
        list(ServiceFunction),
        lambda function: _(labels.FUNCTION_NAMES[function]),
    )
    spoken = sorted(dataset.directory.languages)
    if spoken:
        _draw_pills(_("Language spoken"), state.SPOKEN, spoken, labels.language_name)
    _draw_pills(_("Only what is"), state.ONLY, state.ONLY_CRITERIA, lambda name: _(labels.ONLY_LABELS[name]))
    professionals = _("For professionals and local authorities")
    _draw_pills(professionals, state.PROFESSIONAL, labels.PROFESSIONAL_TYPES, labels.type_name)


def _draw_pills(label: str, key: str, options: Sequence[Code], said: Callable[[Code], str]) -> None:
    st.pills(label, options, selection_mode="multi", key=key, format_func=said)
