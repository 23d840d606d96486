"""Gives a plan out as a file, and finds the places that people type."""

from __future__ import annotations

import streamlit as st

from geo.candidates import Candidate
from geo.gazetteer import Found
from geo.plan_export import geojson
from geo.plan_report import Plan
from ui import cache
from ui.i18n import _


def buttons(plan: Plan) -> None:
    """Draw the buttons that give a plan out."""
    st.download_button(
        "GeoJSON", data=lambda: geojson(plan).encode(), file_name=f"opvoedkaart-plan-{plan.data_version}.geojson",
        mime="application/geo+json", key="plan-geojson", on_click="ignore",
    )  # fmt: skip
    st.html(f'<button type="button" class="near" data-print="1">{_escape(_("Print"))}</button>')


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def candidate_of(text: str) -> str:
    """Return the id of the candidate that a typed place means, empty when it means none."""
    data, ground = cache.dataset(), cache.plan_ground()
    found = data.gazetteer.resolve(text)
    if not isinstance(found, Found):
        return ""
    place = found.place
    known: Candidate | None = ground.by_id.get(place.id)
    return known.id if known else f"point:{place.lon:.5f}_{place.lat:.5f}"
