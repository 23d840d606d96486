"""Controls of the coverage page, rarely used ones folded away."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from geo.ages import CHILD_AGES
from geo.coverage import Measure
from geo.coverage.measures import MEASURES, Unit
from geo.coverage.request import BICYCLE_M, LONGEST_M, SHORTEST_M, WALK_M, Capacity
from geo.messages import N_
from geo.places import Area, AreaLevel
from ui.coverage import state
from words import labels, phrases
from words.i18n import _
from words.labels import FAMILY_TYPES

CAPACITY_LABELS = {Capacity.SERVICE: N_("One per service"), Capacity.LOCATION: N_("One per location")}
REACH_NAMES = {
    WALK_M: N_("1.2 km (on foot)"),
    BICYCLE_M: N_("3.75 km (by bicycle)"),
    state.OTHER_REACH_M: N_("Another distance…"),
}


def draw(areas: Mapping[str, Area], *, with_measure: bool = True) -> None:
    """Draw the controls in one row; the state holds their values.

    On a phone they stand in a column.
    """
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
        if not with_measure or MEASURES[state.chosen_request().measure].uses_reach:
            _draw_reach()
        if with_measure:
            codes = list(areas)
            st.selectbox(_("Where"), codes, format_func=lambda code: phrases.area_title(areas[code]), key=state.AREA)
        _draw_more(areas, with_measure=with_measure)
    if not (st.session_state.get(state.TYPES) and st.session_state.get(state.AGES)):
        request = state.chosen_request()
        said = _("Nothing chosen means: {kinds}, {ages}.")
        st.caption(said.format(kinds=phrases.types_text(request.types), ages=phrases.ages_text(request.groups)))


def _draw_reach() -> None:
    st.selectbox(_("Within"), list(state.REACHES_M), format_func=lambda metres: _(REACH_NAMES[metres]), key=state.REACH)
    if st.session_state.get(state.REACH) == state.OTHER_REACH_M:
        st.number_input(
            _("Kilometres"),
            min_value=SHORTEST_M / 1000,
            max_value=LONGEST_M / 1000,
            step=0.1,
            format="%.2f",
            key=state.KILOMETRES,
        )


def _draw_more(areas: Mapping[str, Area], *, with_measure: bool) -> None:
    with st.popover(_("More choices"), key="coverage-more"):
        st.toggle(_("Count unconfirmed leads too"), key=state.LEADS)
        st.toggle(_("Count what is announced or closed for a while too"), key=state.PAUSED)
        if not with_measure:
            return
        if MEASURES[state.chosen_request().measure].unit is Unit.PER_THOUSAND:
            st.selectbox(
                _("What counts as one"),
                list(Capacity),
                format_func=lambda capacity: _(CAPACITY_LABELS[capacity]),
                key=state.CAPACITY,
            )
        others = [state.measure_choice(measure) for measure in Measure]
        others += [state.area_choice(code) for code in areas if areas[code].level is not AreaLevel.MUNICIPALITY]
        st.selectbox(_("Rows of the table"), list(state.ROW_LEVELS), format_func=labels.level_name, key=state.ROWS)
        st.selectbox(
            _("Compare with"),
            ["", *others],
            format_func=lambda choice: _comparison_text(choice, areas),
            key=state.COMPARE,
        )


def _comparison_text(choice: str, areas: Mapping[str, Area]) -> str:
    kind, found, code = choice.partition(":")
    if not found:
        return _("Nothing")
    if kind == "measure":
        return _("Measure: {name}").format(name=labels.measure_name(Measure(code)))
    return _("Area: {name}").format(name=phrases.area_title(areas[code]))
