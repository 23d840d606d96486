"""Offer a plan or a proposal as a scenario file."""

from __future__ import annotations

import re

import streamlit as st

from geo.networks import NetworkProposal
from geo.places.spelling import fold_name
from geo.planning import Plan
from geo.scenarios import plans
from geo.scenarios.file import LONGEST, ScenarioError
from ui import cache, clock
from words import i18n, phrases, problems
from words.i18n import _, ngettext


def draw_save_button(found: Plan | NetworkProposal, *, key: str) -> None:
    """Draw the button that saves a plan or proposal as a scenario.

    The reader may add a name and a note.
    """
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
            text = plans.write(found, name=name, note=note or "", saved=clock.today())
        except ScenarioError as error:
            st.warning("\n\n".join(map(problems.sentence, error.problems)))
            return
        st.download_button(
            _("Download “{name}”").format(name=name), data=text.encode(), file_name=f"{file_name(name)}.json",
            mime="application/json", key=f"{key}-save-file", on_click="ignore", type="primary",
        )  # fmt: skip
        st.caption(_("The file keeps what was asked, your own places and the main numbers. Open it under Scenarios."))


def default_name(found: Plan | NetworkProposal) -> str:
    """Return the name of a plan that the reader did not name."""
    if isinstance(found, Plan):
        count = len(found.places)
        name = ngettext("{count} new place in {area}", "{count} new places in {area}", count)
        return name.format(count=i18n.number_text(count), area=phrases.area_name(found.area))[: LONGEST["name"]]
    count = len(found.networks)
    area = cache.load_areas().get(found.request.area)
    name = ngettext("{count} network in {area}", "{count} networks in {area}", count)
    named = phrases.area_name(area) if area else found.request.area
    return name.format(count=i18n.number_text(count), area=named)[: LONGEST["name"]]


def file_name(name: str) -> str:
    """Return a name as a file name: letters, digits, dashes."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold_name(name).lower()).strip("-")[:60].strip("-")
    return f"opvoedkaart-{plain or 'scenario'}"
