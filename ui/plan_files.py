"""Gives a plan out as a file or on paper, and finds the places that people type."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.names import fold
from geo.network_plan import NetworkPlan
from geo.opening import BRUSSELS
from geo.plan_export import geojson
from geo.plan_report import Plan
from geo.scenario import LONGEST, ScenarioError
from ui import browser, cache, i18n, scenario_files
from ui import coverage_words as said
from ui import plan_state as state
from ui.i18n import _, ngettext
from ui.state import speak

_PRINT = Markup('<button type="button" class="print-button" data-print="1">{word}</button>')
_PAPER = Markup(
    '<div class="paper"><p>{made}</p><p>{chosen}</p><p>{again}</p><p><code>{command}</code></p><p>{link}</p></div>'
)


def buttons(plan: Plan) -> None:
    """Draw the buttons that give a plan out: as a scenario, as a layer, to compare with another, on paper."""
    save(plan, key="plan")
    st.download_button(
        "GeoJSON", data=lambda: geojson(plan).encode(), file_name=f"opvoedkaart-plan-{plan.data_version}.geojson",
        mime="application/geo+json", key="plan-geojson", on_click="ignore",
    )  # fmt: skip
    st.button(_("Compare"), on_click=_compare, key="plan-compare")
    with st.popover(_("Command"), key="plan-command"):
        st.code(command(plan), language=None, wrap_lines=True)
    st.html(_PRINT.format(word=_("Print")))
    _paper(plan)


def save(found: Plan | NetworkPlan, *, key: str) -> None:
    """Draw the button that keeps a plan or networks as a scenario file, with a name and a note of the reader."""
    with st.popover(_("Save"), key=f"{key}-save"):
        usual = default_name(found)
        with st.form(f"{key}-save-form", border=False):  # so that the file has all that was typed, to the last letter
            typed = st.text_input(_("Name"), max_chars=LONGEST["name"], placeholder=usual, key=f"{key}-save-name")
            note = st.text_area(_("Note"), max_chars=LONGEST["note"], key=f"{key}-save-note", height=100)
            is_made = st.form_submit_button(_("Make the file"), key=f"{key}-save-make")
        if not (is_made or st.session_state.get(f"{key}-save-made")):
            return
        st.session_state[f"{key}-save-made"] = True
        name = (typed or "").strip() or usual
        try:
            text = scenario_files.written(found, name=name, note=note or "", saved=dt.datetime.now(BRUSSELS).date())
        except ScenarioError as error:
            st.warning("\n\n".join(map(scenario_files.sentence, error.problems)))
            return
        st.download_button(
            _("Download “{name}”").format(name=name), data=text.encode(), file_name=f"{file_name(name)}.json",
            mime="application/json", key=f"{key}-save-file", on_click="ignore", type="primary",
        )  # fmt: skip
        st.caption(_("The file keeps what was asked, your own places and the main numbers. Open it under Scenarios."))


def default_name(found: Plan | NetworkPlan) -> str:
    """Return what a plan is called until the reader gives it a name."""
    if isinstance(found, Plan):
        count = len(found.places)
        name = ngettext("{count} new place in {area}", "{count} new places in {area}", count)
        return name.format(count=i18n.number(count), area=said.area_name(found.area))[: LONGEST["name"]]
    count = len(found.networks)
    area = cache.areas().get(found.request.area)
    name = ngettext("{count} network in {area}", "{count} networks in {area}", count)
    named = said.area_name(area) if area else found.request.area
    return name.format(count=i18n.number(count), area=named)[: LONGEST["name"]]


def file_name(name: str) -> str:
    """Return a name as part of a file's name: plain letters, digits and dashes."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")[:60].strip("-")
    return f"opvoedkaart-{plain or 'scenario'}"


def command(plan: Plan) -> str:
    """Return the command line that gives the same plan, the reader's own places included."""
    own = [part for place in scenario_files.own_places(plan) for part in ("--site", place)]
    return " ".join(filter(None, [plan.request.command(), shlex.join(own)]))


def _compare() -> None:
    speak()
    st.session_state[state.TAB] = "scenarios"


def _paper(plan: Plan) -> None:
    """Say on paper what stands in the controls on the screen, and how to come back to it."""
    request = plan.request
    chosen = _("Asked: {types}; children of {ages}; within {reach}; {area}.").format(
        types=said.types(request.types),
        ages=said.ages(request.groups),
        reach=said.reach(request.reach_m),
        area=said.area_name(plan.area),
    )
    made = _("Made on {date} with Opvoedkaart, data version {version}.").format(
        date=i18n.date(plan.today), version=plan.data_version
    )
    again = _("The command that gives the same plan:")
    address = (st.context.url or "").split("?")[0]
    link = f"{address}?{urlencode(state.query(request), safe=',:')}" if address else ""
    st.html(_PAPER.format(made=made, chosen=chosen, again=again, command=command(plan), link=link))
    browser.paper()
