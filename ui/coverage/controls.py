"""The controls of the coverage page: what, for whom, which measure, how far, where; rarely used ones folded away."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from geo.ages import CHILD_AGES
from geo.coverage.measures import MEASURES, Measure, Unit
from geo.coverage.request import BICYCLE_M, LONGEST_M, SHORTEST_M, WALK_M, Capacity
from geo.messages import N_
from geo.places.areas import Area, Level
from ui.coverage import state
from words import labels, phrases
from words.i18n import _
from words.labels import FAMILY_TYPES

CAPACITIES = {Capacity.SERVICE: N_("One per service"), Capacity.LOCATION: N_("One per location")}
REACH_WORDS = {
    WALK_M: N_("1.2 km (on foot)"),
    BICYCLE_M: N_("3.75 km (by bicycle)"),
    state.OTHER: N_("Another distance…"),
}


def draw(areas: Mapping[str, Area], *, with_measure: bool = True) -> None:
    """Draw the controls in one row (a column on a phone); their values are in the state."""
    with st.container(key="coverage-controls", horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            _("Kinds of help"),
            list(FAMILY_TYPES),
            format_func=labels.type_name,
            key=state.TYPES,
            placeholder=_("Choose"),
            select_all=False,
        )
        st.multiselect(
            _("Children of"),
            list(CHILD_AGES),
            format_func=labels.age_group_name,
            key=state.AGES,
            placeholder=_("Choose"),
            select_all=False,
        )
        if with_measure:
            st.selectbox(_("Measure"), list(Measure), format_func=labels.measure_name, key=state.MEASURE)
        if not with_measure or MEASURES[state.request().measure].uses_reach:
            _reach()
        if with_measure:
            codes = list(areas)
            st.selectbox(_("Where"), codes, format_func=lambda code: phrases.area_title(areas[code]), key=state.AREA)
        _more(areas, with_measure=with_measure)
    if not (st.session_state.get(state.TYPES) and st.session_state.get(state.AGES)):
        request = state.request()
        said = _("Nothing chosen means: {kinds}, {ages}.")
        st.caption(said.format(kinds=phrases.types(request.types), ages=phrases.ages(request.groups)))


def _reach() -> None:
    st.selectbox(_("Within"), list(state.REACHES), format_func=lambda metres: _(REACH_WORDS[metres]), key=state.REACH)
    if st.session_state.get(state.REACH) == state.OTHER:
        st.number_input(
            _("Kilometres"),
            min_value=SHORTEST_M / 1000,
            max_value=LONGEST_M / 1000,
            step=0.1,
            format="%.2f",
            key=state.KILOMETRES,
        )


def _more(areas: Mapping[str, Area], *, with_measure: bool) -> None:
    with st.popover(_("More choices"), key="coverage-more"):
        st.toggle(_("Count unconfirmed leads too"), key=state.LEADS)
        st.toggle(_("Count what is announced or closed for a while too"), key=state.PAUSED)
        if not with_measure:
            return
        if MEASURES[state.request().measure].unit is Unit.PER_THOUSAND:
            st.selectbox(
                _("What counts as one"),
                list(Capacity),
                format_func=lambda capacity: _(CAPACITIES[capacity]),
                key=state.CAPACITY,
            )
        others = [state.measure_choice(measure) for measure in Measure]
        others += [state.area_choice(code) for code in areas if areas[code].level is not Level.MUNICIPALITY]
        st.selectbox(_("Rows of the table"), list(state.LEVELS), format_func=labels.level_name, key=state.ROWS)
        st.selectbox(
            _("Compare with"),
            ["", *others],
            format_func=lambda choice: _compared(choice, areas),
            key=state.COMPARE,
        )


def _compared(choice: str, areas: Mapping[str, Area]) -> str:
    kind, found, code = choice.partition(":")
    if not found:
        return _("Nothing")
    if kind == "measure":
        return _("Measure: {name}").format(name=labels.measure_name(Measure(code)))
    return _("Area: {name}").format(name=phrases.area_title(areas[code]))
