"""Coverage: controls, headline, map and table in step; or the profile of one area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.coverage.report import CoverageReport
from geo.coverage.request import CoverageRequest
from geo.places.areas import Area, Level
from ui import cache, clock, components
from ui.coverage import caveats, controls, downloads, headline, profile, state, view
from ui.session import speak
from words import i18n, labels, phrases
from words.i18n import _

_PANELS: str = "coverage-panels"


def page() -> None:
    """Draw the map and the table of municipalities, or the profile that the address asks for."""
    areas = cache.areas()
    state.start(areas)
    if st.session_state.get(state.PROFILE):
        profile.page(areas[st.session_state[state.PROFILE]])
        return
    title = _("Which children are reached, and where not?")
    intro = _("For every municipality of Flanders and Brussels: how far its children are from parenting support.")
    st.html(Markup('<div class="intro"><h1>{}</h1><p>{}</p></div>').format(title, intro))
    panels = 2 if state.compared() else 1
    st.session_state[_PANELS] = panels
    with st.container(key="coverage" if panels == 1 else "coverage-two"):
        explorer()
        with st.container(key="coverage-maps"):
            _maps(panels)


def _maps(panels: int) -> None:
    from ui import maps  # noqa: PLC0415  (folium takes long to load: the table goes first)

    for panel in range(panels):
        with st.container(key=f"coverage-panel-{panel}"):
            st.html(f'<div class="cover-head" data-panel="{panel}" role="status"></div>')
            maps.draw(cache.settings(), key=f"coverage-map-{panel}", more=("map_frame/classes.js",))
            st.html(f'<div class="cover-legend" data-panel="{panel}"></div>')


@st.fragment
def explorer() -> None:
    """Draw everything that answers to a choice; reruns by itself."""
    speak()
    state.keep()
    areas = cache.areas()
    controls.draw(areas)
    request, second = state.request(), state.compared()
    if (2 if second else 1) != st.session_state[_PANELS]:
        state.write()
        st.rerun(scope="app")
    today = clock.today()
    report = cache.coverage(request, today)
    other = cache.coverage(second, today) if second else None
    components.mount("report", _drawn(report, other, areas), on_wish=_answer)
    caveats.draw(request)
    downloads.draw(report, today, level=state.level())
    state.write()


def _drawn(report: CoverageReport, other: CoverageReport | None, areas: Mapping[str, Area]) -> dict[str, Any]:
    """Return what static/page/coverage.js draws."""
    data = cache.dataset()
    reports = [report, other] if other else [report]
    go_to = st.session_state.pop(_GO_TO, ())
    is_two_measures = other is not None and other.request.measure is not report.request.measure
    is_in_table = other is None and state.level() is Level.MUNICIPALITY
    left_out = set() if is_two_measures else {"other", "rank"} if other else {"other"}
    columns = [name for name in state.COLUMNS if name not in left_out]
    return {
        "lang": i18n.language(),
        "locale": i18n.locale_tag(),
        "grouping": i18n.grouping(),
        "title": _("Coverage") + " · Opvoedkaart",
        "key": repr(sorted(report.request.to_query().items())),
        "maps": [view.shown(data, each, go_to=go_to, in_table=is_in_table) for each in reports],
        "panels": [
            {
                "title": _panel_title(each.request, areas, reports),
                "headline": headline.headline(each),
                "legend": view.legend(each),
                "unit": view.unit(each),
                "map": _("Map of coverage: {measure}").format(measure=labels.measure_name(each.request.measure)),
            }
            for each in reports
        ],
        "areas": components.BASE + view.areas_file(areas, report),
        "table": view.table(report, other, state.level()),
        "words": view.table_words(report, other, state.level()),
        "columns": columns,
        "began": state.began(),
        "profile": state.profile_link("CODE"),
    }


def _panel_title(request: CoverageRequest, areas: Mapping[str, Area], reports: list[CoverageReport]) -> str:
    if len(reports) == 1:
        return ""
    if reports[0].request.measure is not reports[1].request.measure:
        return labels.measure_name(request.measure)
    return phrases.area_title(areas[request.area])


_GO_TO = "coverage-go-to"


def _answer() -> None:
    """Do what was asked for in the table or on a map."""
    speak()
    wish = components.wish("report")
    match wish.get("do"):
        case "select":
            area = cache.areas().get(str(wish.get("code") or "-"))
            st.session_state[state.SELECTED] = area.code if area else ""
            is_larger = area is not None and area.level is not Level.MUNICIPALITY  # those the browser finds itself
            st.session_state[_GO_TO] = area.nis_codes if area and is_larger and wish.get("go") else ()
        case "sort":
            by = str(wish.get("by", ""))
            st.session_state[state.ORDER] = by if by.removeprefix("-") in state.COLUMNS else ""
        case "find":
            st.session_state[state.SEARCH] = str(wish.get("text", ""))[: state.LONGEST_SEARCH]
