"""The sections of the list of services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from geo.arrays import Rows64
from geo.directory import SERVICE_TYPES
from geo.directory.service_types import Audience
from geo.finder import SearchResult
from geo.finder.hints import SIGHT_M
from geo.finder.proximity import Hit
from geo.places import Place
from geo.places.place import ServiceAreaLevel
from ui import browser_files
from ui.finder import cards, state
from words import i18n, phrases
from words.i18n import _, ngettext

FIRST_ROWS = {"here": 8, "near": 6, "around": 4, "lines": 3, "far": 0, "professionals": 2, "all": 12}
FAR_ROWS_WHEN_LITTLE = 3
ROWS_PER_STEP = 12
MOST_ROWS = 240  # cards in one section; "more" stops there
Numbers = Sequence[int] | Rows64


def found_sentence(result: SearchResult) -> str:
    """Return how many services there are, here and nearby."""
    if result.place is None:
        said = _("{here} in Flanders and Brussels. Type where you live to see what is near you.")
        return said.format(here=_count_text(result.total))
    kinds = _rows_by_section(result)
    here, near = len(kinds["here"]), len(kinds["near"]) + len(kinds["around"])
    if not result.total:
        return _("Nothing found for all your choices together.")
    if not near:
        return _("{here} for families in {town}.").format(here=_count_text(here), town=_town_name(result.place))
    return _("{here} for families in {town}, and {near} around it.").format(
        here=_count_text(here), town=_town_name(result.place), near=i18n.number_text(near)
    )


def unplaced_sentence(result: SearchResult) -> str:
    """Return how many listed services have no mark on the map."""
    if result.place is None:
        return ""
    rows = [*_rows_by_section(result)["here"], *result.around_rows]
    count = int(np.isinf(result.proximity.distance_m[rows]).sum()) if rows else 0
    said = ngettext(
        "{count} service in the list has no mark here: its street is not known.",
        "{count} services in the list have no mark here: their street is not known.",
        count,
    )
    return said.format(count=count) if count else ""


def build_sections(result: SearchResult, now: dt.datetime) -> list[dict[str, Any]]:
    """Build the sections of the list, nearest first.

    They are: for this municipality, near, around, lines, further away, for professionals.
    """
    if result.place is None:
        return [_build_section("all", (_("All help in Flanders and Brussels"), ""), result, result.rows, now)]
    kinds = _rows_by_section(result)
    titles = {
        "here": (_("For families in {town}").format(town=_town_name(result.place)), ""),
        "near": (
            _("Near {place}").format(place=phrases.place_name(result.place)),
            _distance_note(result, kinds["near"]),
        ),
        "around": (_("In municipalities around, place not known"), ""),
        "lines": (_("Call, mail or chat, wherever you are"), ""),
        "far": (_("Further away, more than {distance}").format(distance=i18n.kilometres_text(SIGHT_M)), ""),
        "professionals": (_("For professionals and local authorities"), ""),
    }
    return [_build_section(key, said, result, kinds[key], now) for key, said in titles.items() if len(kinds[key])]


def _rows_by_section(result: SearchResult) -> dict[str, Numbers]:
    """Return the rows of each section, in order."""
    served: dict[str, list[int]] = {"here": [], "lines": [], "professionals": []}
    for hit, row in zip(result.serving, result.serving_rows, strict=False):
        served[_section_of(hit)].append(int(row))
    if result.hints.is_little and not served["lines"]:
        served["lines"] = [
            browser_files.rows_by_id(result.proximity.directory)[name] for name in result.hints.everywhere
        ]
    other = result.only_nearby_rows
    is_near = result.proximity.distance_m[other] <= SIGHT_M
    return {**served, "near": other[is_near], "around": result.around_rows, "far": other[~is_near]}


def _section_of(hit: Hit) -> str:
    if SERVICE_TYPES[hit.service.service_type].audience is Audience.PROFESSIONALS:
        return "professionals"
    return "lines" if hit.area_level is ServiceAreaLevel.EVERYWHERE else "here"


def _count_text(count: int) -> str:
    return ngettext("{count} service", "{count} services", count).format(count=i18n.number_text(count))


def _town_name(place: Place) -> str:
    return place.municipality_fr if i18n.current_language() == "fr" else place.municipality_nl


def _distance_note(result: SearchResult, near: Numbers) -> str:
    if any(hit.distance_is_approximate for hit in result.hits(near[: FIRST_ROWS["near"]])):
        return _("Distances are straight lines. ± means: we know the village or district, not the street.")
    return _("Distances are straight lines.")


def _build_section(
    key: str, said: tuple[str, str], result: SearchResult, rows: Numbers, now: dt.datetime
) -> dict[str, Any]:
    first = FAR_ROWS_WHEN_LITTLE if key == "far" and result.hints.is_little else FIRST_ROWS[key]
    shown = min(first + ROWS_PER_STEP * st.session_state.get(state.MORE, {}).get(key, 0), MOST_ROWS)
    left = len(rows) - shown
    more = ngettext("Show more ({count} more)", "Show more ({count} more)", left).format(count=i18n.number_text(left))
    return {
        "id": key,
        "title": said[0],
        "note": said[1],
        "hits": [hit_row(each, int(row), now) for each, row in zip(result.hits(rows[:shown]), rows, strict=False)],
        "more": more if left > 0 and shown < MOST_ROWS else "",
    }


def hit_row(each: Hit, row: int, now: dt.datetime) -> list[object]:
    """Return one service as seen from the place, for a card."""
    said = cards.distance_text(each.distance_m, approximate=each.distance_is_approximate)
    return cards.hit_row(each.service, row, distance=said, now=now)
