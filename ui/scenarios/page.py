"""The tab that opens, recomputes and compares scenario files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.coverage import Measure
from geo.errors import RequestError
from geo.networks import NetworkProposal, NetworkRequest
from geo.places import Area
from geo.planning import Plan, PlanRequest
from geo.planning.choices import OBJECTIVES
from geo.scenarios import plans
from geo.scenarios.file import Scenario, is_other_data
from geo.scenarios.plans import Opened
from ui import cache, clock, components, save_scenario
from ui.markdown import escape_markdown
from ui.planning import state
from ui.scenarios import upload, view, work
from ui.scenarios.upload import AGAIN_KEY, REFUSED_KEY, remove_scenario, scenario_on
from ui.session import restore_language
from words import amounts, i18n, phrases, problems
from words.i18n import _

SIDES = ("a", "b")
_INTRO = Markup('<p class="note only-screen">{}</p>')
_CARD = Markup(
    '<div class="scenario-card"><h2>{letter} · {name}</h2>{note}<p>{asked}</p><p class="note">{facts}</p></div>'
)
_PRINT = Markup('<div class="sheet-buttons"><button type="button" data-print="1">{word}</button></div>')
_NOTE = Markup('<p class="scenario-note">{}</p>')


def draw(areas: Mapping[str, Area]) -> None:
    """Draw both files, and their comparison."""
    intro = _("Open a file that you saved here or that you were given; with two files you see the differences.")
    st.html(_INTRO.format(intro))
    upload.translate_fields()
    with st.container(key="scenario-sides"):
        for side in SIDES:
            with st.container(key=f"scenario-side-{side}"):
                _draw_side(side, areas)
    st.html('<div id="results" tabindex="-1"></div>')  # where the head's skip link leads
    first, second = (scenario_on(side) for side in SIDES)
    try:
        current = _current_plan()
    except RequestError:
        current = None
    base = first or current
    if second is not None and base is not None:
        _draw_comparison(base, second)
    elif first is not None:
        _draw_single("a", first)
    if current is not None:
        state.write(state.chosen_request())


def _current_plan() -> Opened:
    """Return the plan of the first tab as it is now, as a scenario without numbers."""
    scenario = Scenario(
        kind=plans.PLAN,
        name=_("The plan you have now"),
        request=state.chosen_request(),
        summary={},
        data_version=cache.load_dataset().data_version,
        program_version=plans.program_version(),
        saved=clock.today(),
    )
    return Opened(scenario, tuple(st.session_state.get(state.MOVED, ())))


# --- one file ----------------------------------------------------------------------------------------------------


def _draw_side(side: str, areas: Mapping[str, Area]) -> None:
    label = _("First scenario (A)") if side == "a" else _("Second scenario (B)")
    upload.draw_field(side, label)
    opened = scenario_on(side)
    if opened is not None:
        _draw_card(side, opened, areas)
    elif side == "a":
        st.html(_INTRO.format(_("Without a file here, B is compared with the plan that you have now.")))


def _draw_card(side: str, opened: Opened, areas: Mapping[str, Area]) -> None:
    scenario = opened.scenario
    facts = _("Saved on {date}; data version {data}, program version {program}.").format(
        date=i18n.date_text(scenario.saved), data=scenario.data_version, program=scenario.program_version
    )
    note = _NOTE.format(scenario.note) if scenario.note else ""
    asked = request_text(opened, areas)
    st.html(_CARD.format(letter=side.upper(), name=scenario.name, note=note, asked=asked, facts=facts))
    for each in opened.warnings:
        st.warning(escape_markdown(problems.sentence(each)))
    is_other = is_other_data(scenario, cache.load_dataset().data_version)
    if is_other:
        template = _("Made on other data (version {then}; now {now}): its numbers may differ today.")
        st.warning(escape_markdown(template.format(then=scenario.data_version, now=cache.load_dataset().data_version)))
    refused = st.session_state.get(REFUSED_KEY + side)
    if refused:
        st.warning(escape_markdown(refused))
    with st.container(horizontal=True, key=f"scenario-do-{side}"):
        if opened.is_plan:
            st.button(_("Open"), on_click=_open_plan, args=(side,), key=f"scenario-open-{side}", type="primary")
        elif isinstance(scenario.request, NetworkRequest):
            _draw_networks_link(scenario.request)
        again = _("Work out again on these data") if is_other else _("Work out again")
        st.button(again, on_click=_ask_again, args=(side,), key=f"scenario-work-{side}")
        st.button(_("Remove"), on_click=remove_scenario, args=(side,), key=f"scenario-remove-{side}")


def request_text(opened: Opened, areas: Mapping[str, Area]) -> str:
    """Return the request of a scenario in one line."""
    request = opened.scenario.request
    if not isinstance(request, PlanRequest | NetworkRequest):
        return ""
    codes = request.area.split("+")
    where = phrases.enumerate_names(
        (phrases.area_name(areas[code]) if code in areas else code for code in codes), most=5
    )
    if isinstance(request, NetworkRequest):
        kilometres = i18n.number_text(request.max_across_km, decimals=0 if request.max_across_km % 1 == 0 else 1)
        template = _("Networks in {area}: at least {children} children of {ages} each, at most {km} km across.")
        children = i18n.number_text(request.min_children)
        return template.format(area=where, children=children, ages=phrases.ages_text(request.groups), km=kilometres)
    parts = [
        _(OBJECTIVES[request.objective][0]),
        phrases.types_text(request.types),
        phrases.ages_text(request.groups),
        amounts.reach_text(request.reach_m),
        where,
        _("own places: {count}").format(count=len(opened.places)) if opened.places else "",
    ]
    return " · ".join(filter(None, parts))


def _draw_networks_link(request: NetworkRequest) -> None:
    lang = {} if i18n.current_language() == i18n.DEFAULT_LANGUAGE else {"lang": i18n.current_language()}
    query = urlencode({"tab": "networks", **request.to_query(), **lang}, safe=",")
    link = Markup('<a class="scenario-link" href="planning?{query}" target="_self">{word}</a>')
    st.html(link.format(query=query, word=_("Open")))


def _open_plan(side: str) -> None:
    """Open a scenario in the first tab.

    Say why when its controls cannot show it.
    """
    restore_language()
    opened = scenario_on(side)
    if opened is None or not isinstance(opened.scenario.request, PlanRequest):
        return
    wanted = opened.scenario.request
    before, moved = state.chosen_request(), tuple(st.session_state.get(state.MOVED, ()))
    state.remember_for_undo()
    state.apply_request(wanted, cache.load_areas())
    now = state.chosen_request()
    if now != wanted:
        state.apply_request(before, cache.load_areas())
        st.session_state[state.MOVED] = moved
        st.session_state[state.UNDO] = st.session_state[state.UNDO][:-1]
        then, here = wanted.to_json(), now.to_json()
        other = ", ".join(name for name in then if then[name] != here[name])
        template = _(
            "The controls of the first tab cannot show this scenario ({names}). Work it out or compare it here."
        )
        st.session_state[REFUSED_KEY + side] = template.format(names=other)
        return
    st.session_state[state.MOVED] = opened.places
    st.session_state[state.TAB] = state.TABS[0]


def _ask_again(side: str) -> None:
    restore_language()
    st.session_state[AGAIN_KEY + side] = True


def _draw_single(side: str, opened: Opened) -> None:
    """Draw the numbers of one file, beside today's when asked for."""
    columns, now = [_("Number"), _("In the file")], {}
    found = None
    if st.session_state.get(AGAIN_KEY + side):
        found = work.answer(opened, clock.today())
        if found is None:
            return
        now = plans.summary(found) if isinstance(found, Plan) else found.summary()
        columns += [_("Today"), _("Difference")]
    rows = view.difference_rows(opened.scenario.summary, now)
    _draw_tables(
        {"numbers": [row[: len(columns)] for row in rows], "numberColumns": columns}, title=_("The main numbers")
    )
    if found is not None:
        save_scenario.draw_save_button(found, key=f"scenario-{side}")


# --- two files ---------------------------------------------------------------------------------------------------


def _draw_comparison(first: Opened, second: Opened) -> None:
    """Draw two scenarios side by side, recomputed on today's data."""
    if first.scenario.kind != second.scenario.kind:
        st.warning(_("One of these asks for places and the other for networks; they cannot be compared."))
        return
    found: list[Plan | NetworkProposal] = []
    for letter, opened in zip("AB", (first, second), strict=True):
        answer = work.answer(opened, clock.today(), name=f"{letter} · {opened.scenario.name}")
        if answer is None:
            return
        found.append(answer)
    names = [f"{letter} · {each.scenario.name}" for letter, each in zip("AB", (first, second), strict=True)]
    solved = [(name, plan) for name, plan in zip(names, found, strict=True) if isinstance(plan, Plan)]
    if solved:
        reports = [cache.measure_coverage(plan.request.coverage(Measure.REACH), plan.today) for _name, plan in solved]
        drawn = view.plans_beside(cache.load_dataset(), solved, reports)
        _draw_maps()
        towns = [_("Municipality"), _("Reached, A"), _("Reached, B"), _("B more than A"), _("Mean distance, A")]
        drawn["townColumns"] = [*towns, _("Mean distance, B")]
    else:
        pairs = [(name, plan) for name, plan in zip(names, found, strict=True) if isinstance(plan, NetworkProposal)]
        drawn = view.networks_for_browser(cache.load_dataset(), pairs)
        drawn["townColumns"] = [_("Municipality"), _("Joined with, A"), _("Joined with, B")]
    drawn["numberColumns"] = [_("Number"), "A", "B", _("Difference")]
    drawn["notes"] = view.comparison_notes(first, second)
    _draw_tables(drawn, title=_("Numbers beside each other"))
    st.html(_PRINT.format(word=_("Print")))


def _draw_maps() -> None:
    from ui import maps  # noqa: PLC0415  (folium takes long to load, and one file needs no map)

    with st.container(key="scenario-maps"):
        for panel in range(2):
            with st.container(key=f"scenario-panel-{panel}"):
                st.html(f'<div class="cover-head scenario-head" data-panel="{panel}" role="status"></div>')
                maps.draw_map(
                    cache.load_settings(),
                    key=f"scenario-map-{panel}",
                    more=("map_frame/classes.js", "map_frame/sites.js"),
                )
                st.html(f'<div class="cover-legend scenario-legend" data-panel="{panel}"></div>')


def _draw_tables(drawn: dict[str, Any], *, title: str) -> None:
    """Draw the tables: `drawn` as `scenario_view` gives it, of one file without towns."""
    empty: dict[str, Any] = {"maps": [], "panels": [], "legend": [], "towns": None, "townColumns": [], "notes": []}
    towns = _("Who gains and who loses, from A to B") if drawn.get("maps") else _("Who would be with others")
    words = {
        "numbers": title,
        "towns": towns,
        "same": _("No municipality notices a difference."),
        "sites": _("The places"),
        "legend": _("Legend: share of the children within reach"),
    }
    page = {"lang": i18n.current_language(), "title": _("Scenarios") + " · Opvoedkaart", "words": words}
    components.mount("scenarios", empty | drawn | page)
