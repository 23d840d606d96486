"""Divides what was found into the sections of the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from geo.arrays import Rows64
from geo.directory.service_types import SERVICE_TYPES, Audience
from geo.finder.hints import SIGHT_M
from geo.finder.proximity import Hit
from geo.finder.search import SearchResult
from geo.places.place import AreaLevel, Place
from ui import browser_files
from ui.finder import cards, state
from words import i18n, phrases
from words.i18n import _, ngettext

FIRST = {"here": 8, "near": 6, "around": 4, "lines": 3, "far": 0, "professionals": 2, "all": 12}
FAR_WHEN_LITTLE = 3
STEP = 12
MOST_ROWS = 240  # cards in one section; "more" stops there
Numbers = Sequence[int] | Rows64


def found(result: SearchResult) -> str:
    """Return in one sentence how much there is, for the municipality and near it."""
    if result.place is None:
        said = _("{here} in Flanders and Brussels. Type where you live to see what is near you.")
        return said.format(here=_services(result.total))
    kinds = _kinds(result)
    here, near = len(kinds["here"]), len(kinds["near"]) + len(kinds["around"])
    if not result.total:
        return _("Nothing found for all your choices together.")
    if not near:
        return _("{here} for families in {town}.").format(here=_services(here), town=_town(result.place))
    return _("{here} for families in {town}, and {near} around it.").format(
        here=_services(here), town=_town(result.place), near=i18n.number(near)
    )


def unplaced(result: SearchResult) -> str:
    """Return how many of the services of this place have no mark on the map, for below the map."""
    if result.place is None:
        return ""
    rows = [*_kinds(result)["here"], *result.around_rows]
    count = int(np.isinf(result.around.distance_m[rows]).sum()) if rows else 0
    said = ngettext(
        "{count} service in the list has no mark here: its street is not known.",
        "{count} services in the list have no mark here: their street is not known.",
        count,
    )
    return said.format(count=count) if count else ""


def sections(result: SearchResult, now: dt.datetime) -> list[dict[str, Any]]:
    """Return the sections: for this municipality, near, around, lines, further away, for professionals."""
    if result.place is None:
        return [_section("all", (_("All help in Flanders and Brussels"), ""), result, result.rows, now)]
    kinds = _kinds(result)
    titles = {
        "here": (_("For families in {town}").format(town=_town(result.place)), ""),
        "near": (_("Near {place}").format(place=phrases.place_name(result.place)), _straight(result, kinds["near"])),
        "around": (_("In municipalities around, place not known"), ""),
        "lines": (_("Call, mail or chat, wherever you are"), ""),
        "far": (_("Further away, more than {distance}").format(distance=i18n.kilometres(SIGHT_M)), ""),
        "professionals": (_("For professionals and local authorities"), ""),
    }
    return [_section(key, said, result, kinds[key], now) for key, said in titles.items() if len(kinds[key])]


def _kinds(result: SearchResult) -> dict[str, Numbers]:
    """Return the rows of each section, in order."""
    served: dict[str, list[int]] = {"here": [], "lines": [], "professionals": []}
    for hit, row in zip(result.serving, result.serving_rows, strict=False):
        served[_part_of(hit)].append(int(row))
    if result.hints.is_little and not served["lines"]:
        served["lines"] = [browser_files.row_of(result.around.directory)[name] for name in result.hints.everywhere]
    other = result.only_nearby_rows
    is_near = result.around.distance_m[other] <= SIGHT_M
    return {**served, "near": other[is_near], "around": result.around_rows, "far": other[~is_near]}


def _part_of(hit: Hit) -> str:
    if SERVICE_TYPES[hit.service.service_type].audience is Audience.PROFESSIONALS:
        return "professionals"
    return "lines" if hit.area_level is AreaLevel.EVERYWHERE else "here"


def _services(count: int) -> str:
    return ngettext("{count} service", "{count} services", count).format(count=i18n.number(count))


def _town(place: Place) -> str:
    return place.municipality_fr if i18n.language() == "fr" else place.municipality_nl


def _straight(result: SearchResult, near: Numbers) -> str:
    if any(hit.distance_is_approximate for hit in result.hits(near[: FIRST["near"]])):
        return _("Distances are straight lines. ± means: we know the village or district, not the street.")
    return _("Distances are straight lines.")


def _section(key: str, said: tuple[str, str], result: SearchResult, rows: Numbers, now: dt.datetime) -> dict[str, Any]:
    first = FAR_WHEN_LITTLE if key == "far" and result.hints.is_little else FIRST[key]
    shown = min(first + STEP * st.session_state.get(state.MORE, {}).get(key, 0), MOST_ROWS)
    left = len(rows) - shown
    more = ngettext("Show more ({count} more)", "Show more ({count} more)", left).format(count=i18n.number(left))
    return {
        "id": key,
        "title": said[0],
        "note": said[1],
        "hits": [hit(each, int(row), now) for each, row in zip(result.hits(rows[:shown]), rows, strict=False)],
        "more": more if left > 0 and shown < MOST_ROWS else "",
    }


def hit(each: Hit, row: int, now: dt.datetime) -> list[object]:
    """Return one service as seen from the place, for a card."""
    said = cards.distance(each.distance_m, approximate=each.distance_is_approximate)
    return cards.hit(each.service, row, distance=said, now=now)
