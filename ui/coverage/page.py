"""The coverage page: controls, headline, map and table, or a profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.coverage import CoverageReport, CoverageRequest
from geo.places import Area, AreaLevel
from ui import cache, clock, components
from ui.coverage import caveats, controls, downloads, headline, profile, state, view
from ui.session import restore_language
from words import i18n, labels, phrases
from words.i18n import _

_PANELS_KEY: str = "coverage-panels"


def draw() -> None:
    """Draw the map and the table, or a profile.

    The address decides.
    """
    areas = cache.load_areas()
    state.start(areas)
    if st.session_state.get(state.PROFILE):
        profile.draw_profile(areas[st.session_state[state.PROFILE]])
        return
    title = _("Which children are reached, and where not?")
    intro = _("For every municipality of Flanders and Brussels: how far its children are from parenting support.")
    st.html(Markup('<div class="intro"><h1>{}</h1><p>{}</p></div>').format(title, intro))
    panels = 2 if state.comparison_request() else 1
    st.session_state[_PANELS_KEY] = panels
    with st.container(key="coverage" if panels == 1 else "coverage-two"):
        draw_explorer()
        with st.container(key="coverage-maps"):
            _draw_maps(panels)


def _draw_maps(panels: int) -> None:
    from ui import maps  # noqa: PLC0415  (folium takes long to load: the table goes first)

    for panel in range(panels):
        with st.container(key=f"coverage-panel-{panel}"):
            st.html(f'<div class="cover-head" data-panel="{panel}" role="status"></div>')
            maps.draw_map(cache.load_settings(), key=f"coverage-map-{panel}", more=("map_frame/classes.js",))
            st.html(f'<div class="cover-legend" data-panel="{panel}"></div>')


@st.fragment
def draw_explorer() -> None:
    """Draw everything that answers to a choice.

    It reruns by itself.
    """
    restore_language()
    state.keep_controls()
    areas = cache.load_areas()
    controls.draw(areas)
    request, second = state.chosen_request(), state.comparison_request()
    if (2 if second else 1) != st.session_state[_PANELS_KEY]:
        state.write()
        st.rerun(scope="app")
    today = clock.today()
    report = cache.measure_coverage(request, today)
    other = cache.measure_coverage(second, today) if second else None
    components.mount("report", _report_for_browser(report, other, areas), on_wish=_handle_wish)
    caveats.draw_lines(request)
    downloads.draw_buttons(report, today, level=state.chosen_level())
    state.write()


def _report_for_browser(
    report: CoverageReport, other: CoverageReport | None, areas: Mapping[str, Area]
) -> dict[str, Any]:
    """Return what static/page/coverage.js draws."""
    data = cache.load_dataset()
    reports = [report, other] if other else [report]
    go_to = st.session_state.pop(_GO_TO_KEY, ())
    is_two_measures = other is not None and other.request.measure is not report.request.measure
    is_in_table = other is None and state.chosen_level() is AreaLevel.MUNICIPALITY
    left_out = set() if is_two_measures else {"other", "rank"} if other else {"other"}
    columns = [name for name in state.SORTABLE_COLUMNS if name not in left_out]
    return {
        "lang": i18n.current_language(),
        "locale": i18n.locale_tag(),
        "grouping": i18n.grouping(),
        "title": _("Coverage") + " · Opvoedkaart",
        "key": repr(sorted(report.request.to_query().items())),
        "maps": [view.map_for_browser(data, each, go_to=go_to, in_table=is_in_table) for each in reports],
        "panels": [
            {
                "title": _panel_title(each.request, areas, reports),
                "headline": headline.headline_sentences(each),
                "legend": view.legend_entries(each),
                "unit": view.legend_unit(each),
                "map": _("Map of coverage: {measure}").format(measure=labels.measure_name(each.request.measure)),
            }
            for each in reports
        ],
        "areas": components.BASE + view.areas_file(areas, report),
        "table": view.rows_for_browser(report, other, state.chosen_level()),
        "words": view.table_words(report, other, state.chosen_level()),
        "columns": columns,
        "began": state.first_selection(),
        "profile": state.profile_link("CODE"),
    }


def _panel_title(request: CoverageRequest, areas: Mapping[str, Area], reports: list[CoverageReport]) -> str:
    if len(reports) == 1:
        return ""
    if reports[0].request.measure is not reports[1].request.measure:
        return labels.measure_name(request.measure)
    return phrases.area_title(areas[request.area])


_GO_TO_KEY = "coverage-go-to"


def _handle_wish() -> None:
    """Handle a wish from the table or a map."""
    restore_language()
    wish = components.wish("report")
    match wish.get("do"):
        case "select":
            area = cache.load_areas().get(str(wish.get("code") or "-"))
            st.session_state[state.SELECTED] = area.code if area else ""
            is_larger = area is not None and area.level is not AreaLevel.MUNICIPALITY  # those the browser finds itself
            st.session_state[_GO_TO_KEY] = area.nis_codes if area and is_larger and wish.get("go") else ()
        case "sort":
            by = str(wish.get("by", ""))
            st.session_state[state.ORDER] = by if by.removeprefix("-") in state.SORTABLE_COLUMNS else ""
        case "find":
            st.session_state[state.SEARCH] = str(wish.get("text", ""))[: state.LONGEST_SEARCH]
