"""Controls that form the sentence of a plan request.

Rarely used ones are folded away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Literal, TypeVar

import streamlit as st

from geo.ages import CHILD_AGES
from geo.coverage.request import LONGEST_M, SHORTEST_M
from geo.messages import N_
from geo.places import Area
from geo.planning import Objective
from geo.planning.choices import MOST_SITES, CandidateKind
from geo.planning.problem import SitingProblem
from ui.coverage.controls import REACH_NAMES
from ui.coverage.state import OTHER_REACH_M, REACHES_M
from ui.planning import state
from words import labels, phrases
from words.i18n import _
from words.labels import FAMILY_TYPES

Choice = TypeVar("Choice", bound=StrEnum)
GOAL_LABELS = {
    Objective.MOST_REACHED: N_("as many children as possible of"),
    Objective.FEWEST_SITES: N_("with as few as possible, a chosen share of the children of"),
    Objective.LEAST_MEAN: N_("as near as possible on average, the children of"),
    Objective.LEAST_WORST: N_("as near as possible also where it is farthest, the children of"),
}
CANDIDATE_LABELS = {
    CandidateKind.SUBMUNICIPALITY: N_("The middle of a deelgemeente"),
    CandidateKind.STATION: N_("A railway station"),
    CandidateKind.SERVICE: N_("Where another service stands already"),
}


def draw(areas: Mapping[str, Area]) -> None:
    """Draw the sentence; the state holds its values."""
    with st.container(key="plan-sentence", horizontal=True, vertical_alignment="center"):
        _draw_text(_("Where do"))
        if st.session_state.get(state.OBJECTIVE) is not Objective.FEWEST_SITES:
            st.number_input(
                _("How many new ones"),
                1,
                MOST_SITES,
                step=1,
                key=state.SITES,
                on_change=state.leave_own_sites,
                label_visibility="collapsed",
                width=110,
            )
        _draw_text(_("new"))
        _draw_multiselect(_("Kinds of help"), state.TYPES, list(FAMILY_TYPES), labels.type_name)
        _draw_text(_("in"))
        st.selectbox(
            _("Where"), _area_codes(areas), format_func=lambda code: _area_label(code, areas), key=state.AREA,
            on_change=state.leave_own_sites,
            label_visibility="collapsed", width=260,
        )  # fmt: skip
        _draw_text(_("so that"))
        st.selectbox(
            _("What for"), list(Objective), format_func=lambda goal: _(GOAL_LABELS[goal]), key=state.OBJECTIVE,
            on_change=state.leave_own_sites,
            label_visibility="collapsed", width=430,
        )  # fmt: skip
        _draw_multiselect(_("Children of"), state.AGES, list(CHILD_AGES), labels.age_group_name)
        objective = st.session_state.get(state.OBJECTIVE)
        if objective is Objective.FEWEST_SITES:
            _draw_text(_("in all, so many %:"))
            st.number_input(
                _("Share of the children, %"), 1, 100, step=1, key=state.SHARE, label_visibility="collapsed", width=110
            )
        if objective in _REACH_OBJECTIVES:
            _draw_text(_("live within"))
            _draw_reach(label_visibility="collapsed")
        _draw_text(_("?") if objective in _REACH_OBJECTIVES else _("live?"))


_REACH_OBJECTIVES = (Objective.MOST_REACHED, Objective.FEWEST_SITES)
Visibility = Literal["visible", "collapsed"]


def _draw_reach(*, label_visibility: Visibility) -> None:
    st.selectbox(
        _("Within"), list(REACHES_M), format_func=lambda metres: _(REACH_NAMES[metres]), key=state.REACH,
        label_visibility=label_visibility, width=210,
    )  # fmt: skip
    if st.session_state.get(state.REACH) == OTHER_REACH_M:
        st.number_input(
            _("Kilometres"), SHORTEST_M / 1000, LONGEST_M / 1000, step=0.1, format="%.2f", key=state.KILOMETRES,
            label_visibility=label_visibility, width=130,
        )  # fmt: skip


def _area_codes(areas: Mapping[str, Area]) -> list[str]:
    """Return the areas to choose from, with the one of the address where it is several joined."""
    chosen = st.session_state.get(state.AREA) or ""
    return [*areas, *([chosen] if chosen not in areas else [])]


def _area_label(code: str, areas: Mapping[str, Area]) -> str:
    if code in areas:
        return phrases.area_title(areas[code])
    return _("{count} areas together").format(count=code.count("+") + 1)


def _draw_text(text: str) -> None:
    st.markdown(text, width="content")


def _draw_multiselect(label: str, key: str, options: list[Choice], said: Callable[[Choice], str]) -> None:
    st.multiselect(
        label, options, format_func=said, key=key, label_visibility="collapsed", width=280, select_all=False,
        placeholder=_("Choose"),
    )  # fmt: skip


def draw_more(problem: SitingProblem | None) -> None:
    """Draw the rarely used controls, folded away.

    Services that can close are those of the problem.
    """
    with st.popover(_("More choices"), key="plan-more"):
        if st.session_state.get(state.OBJECTIVE) not in _REACH_OBJECTIVES:
            _draw_reach(label_visibility="visible")
        st.slider(_("How much need weighs, %"), 0, 100, step=10, key=state.NEED)
        st.selectbox(
            _("A new one comes at"),
            list(CANDIDATE_LABELS),
            format_func=lambda kind: _(CANDIDATE_LABELS[kind]),
            key=state.CANDIDATES,
        )
        st.toggle(_("Children outside the area count too"), key=state.OUTSIDE)
        if st.session_state.get(state.OBJECTIVE) is Objective.MOST_REACHED:
            st.number_input(
                _("Stops of one bus: round of at most so many km (0: no bus)"), 0.0, 500.0, step=5.0, key=state.TOUR
            )
        if problem is not None:
            by_id = problem.book.dataset.directory.by_id
            ids = [problem.book.dataset.directory.services[int(row)].id for row in problem.supply.rows]
            chosen = [each for each in st.session_state.get(state.CLOSED, []) if each not in ids]
            st.multiselect(
                _("What if these close?"), [*ids, *chosen], format_func=lambda each: by_id[each].name, key=state.CLOSED,
                select_all=False, placeholder=_("Choose"),
            )  # fmt: skip
        st.toggle(_("Count unconfirmed leads too"), key=state.LEADS)
        st.toggle(_("Count what is announced or closed for a while too"), key=state.PAUSED)
