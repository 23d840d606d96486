"""The finder page: search, filters, list and map."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.ages import AgeGroup
from geo.directory import Service
from geo.finder import SearchResult, search
from geo.places import Place
from geo.places.place import PlaceKind
from geo.store import Dataset
from ui import browser_files, cache, clock, components, session
from ui.finder import cards, filter_pills, hints, kept, search_field, sections, state
from words import i18n, labels, phrases
from words.i18n import _

MOST_SERVING = 200  # of what serves one place, at most so many are looked at


def draw() -> None:
    """Draw the finder, or the sheet to print."""
    state.start(cache.load_dataset().directory)
    search_field.show_place_name()
    if state.is_paper():
        kept.draw_sheet()
        return
    promise = _("For everybody: you come because you have a child, not because you have a problem.")
    title = _("Find help with bringing up your children")
    st.html(Markup('<div class="intro"><h1>{}</h1><p>{}</p></div>').format(title, promise))
    with st.container(key="home"):
        draw_finder()
        with st.container(key="map-side"):
            from ui import maps  # noqa: PLC0415  (folium takes long to load: the list goes first)

            maps.draw_map(cache.load_settings())
            st.html('<p class="unplaced"></p>')
            maps.draw_legend()


@st.fragment
def draw_finder() -> None:
    """Draw everything that answers to a click.

    It reruns by itself.
    """
    session.restore_language()
    data = cache.load_dataset()
    place, asking = search_field.draw_search(data)
    choices = st.container()  # filled last: the answer goes out before the choices are drawn again
    now = clock.now()
    result = search(data, place, state.chosen_filter(), now=now, limit=MOST_SERVING)
    with st.container(key="results"):
        drawn = _list_for_browser(data, result, now, asking=asking) | {
            "map": _map_for_browser(data, result),
            "base": components.BASE,
        }
        components.mount("services", drawn, on_wish=_handle_wish)
        kept.draw(data)
    with choices:
        filter_pills.draw_filters(data)
    state.write()


# --- what the list says ------------------------------------------------------------------------------------------


def _list_for_browser(data: Dataset, result: SearchResult, now: dt.datetime, *, asking: bool) -> dict[str, Any]:
    """Return the list that finder.js draws.

    It holds sections with rows, help, the opened service, and counts for the pills.

    While the reader is asked which place is meant, the list waits.
    """
    directory, keeper = data.directory, cache.load_settings().keeper
    opened = directory.by_id.get(st.session_state.get(state.SERVICE, ""))
    waits = asking or opened is not None
    listed = [] if waits else sections.build_sections(result, now)
    rows = [hit[0] for section in listed for hit in section["hits"]]
    if opened:
        rows = [browser_files.rows_by_id(directory)[opened.id]]
    return {
        "lang": i18n.current_language(),
        "title": _page_title(result.place, opened),
        "place": result.place.id if result.place else "",
        "shards": sorted({cards.shard(data, row, keeper) for row in rows or [0]}),
        "kept": list(st.session_state.get(state.KEEP, ())),
        "counts": _pill_counts(result),
        "count": result.total,
        "found": "" if waits else sections.found_sentence(result),
        "unplaced": "" if waits else sections.unplaced_sentence(result),
        "full": len(st.session_state.get(state.KEEP, ())) >= state.MOST_KEPT,
        "sections": listed,
        "help": None if waits else hints.help_section(result),
        "detail": _detail_for_browser(data, opened, result, now) if opened else None,
    }


def _page_title(place: Place | None, opened: Service | None) -> str:
    if opened:
        return f"{opened.name} · Opvoedkaart"
    return f"{phrases.place_name(place)} · Opvoedkaart" if place else "Opvoedkaart"


def _pill_counts(result: SearchResult) -> dict[str, list[int]]:
    return {
        state.TYPE: [result.counts_by_type[kind] for kind in labels.FAMILY_TYPES],
        state.AGE: [result.counts_by_age[group] for group in AgeGroup],
        state.PROFESSIONAL: [result.counts_by_type[kind] for kind in labels.PROFESSIONAL_TYPES],
    }


def _detail_for_browser(data: Dataset, opened: Service, result: SearchResult, now: dt.datetime) -> dict[str, Any]:
    row = browser_files.rows_by_id(data.directory)[opened.id]
    return {
        "id": opened.id,
        "title": opened.name,
        "hit": sections.hit_row(result.hits([row])[0], row, now),
        "parts": cards.detail_parts(opened, now.date()),
    }


# --- what the map shows ------------------------------------------------------------------------------------------


def _map_for_browser(data: Dataset, result: SearchResult) -> dict[str, Any]:
    """Return what base.js shows: a bit per service, the place, the opened service and the area it serves."""
    directory, place = data.directory, result.place
    opened = directory.by_id.get(st.session_state.get(state.SERVICE, ""))
    mark = {"lon": place.lon, "lat": place.lat, "name": phrases.place_name(place)} if place else None
    return {
        "points": browser_files.points_file(data),
        "mask": browser_files.pack_mask(result.mask),
        "place": mark,
        "nis": place.nis_code if place else "",
        "view": _map_view(opened, place),
        "selected": browser_files.rows_by_id(directory)[opened.id] if opened else None,
        "areas": [area.nis_code for area in opened.service_areas] if opened else [],
    }


def _map_view(opened: Service | None, place: Place | None) -> dict[str, Any] | None:
    if opened is None:
        return _place_view(place)
    at = next((location for location in opened.locations if location.is_located), None)
    if at is not None:
        return {"key": f"service:{opened.id}", "lon": at.lon, "lat": at.lat, "zoom": 12, "areas": []}
    areas = [area.nis_code for area in opened.service_areas]
    return {"key": f"service:{opened.id}", "lon": None, "lat": None, "zoom": 12, "areas": areas}


def _place_view(place: Place | None) -> dict[str, Any] | None:
    """Return where the map should go for a place; the map only moves when `key` changes."""
    if place is None:
        return None
    whole = [place.nis_code] if place.kind in (PlaceKind.MUNICIPALITY, PlaceKind.FORMER_MUNICIPALITY) else []
    key = f"{place.id}@{place.lon:.4f},{place.lat:.4f}"
    return {"key": key, "lon": place.lon, "lat": place.lat, "zoom": _ZOOM_BY_KIND.get(place.kind, 14), "areas": whole}


# a position is looked at from far: who provides the background of the map need not know the street
_ZOOM_BY_KIND = {PlaceKind.MUNICIPALITY: 13, PlaceKind.POSTCODE: 13, PlaceKind.POSITION: 12}


# --- what the reader wants ---------------------------------------------------------------------------------------


def _handle_wish() -> None:
    """Handle a wish from the list or the map."""
    session.restore_language()
    wish = components.wish("services")
    remembered = st.session_state
    match wish.get("do"):
        case "service":
            remembered[state.SERVICE] = str(wish.get("id", ""))
        case "row":
            services = cache.load_dataset().directory.services
            row = wish.get("row")
            remembered[state.SERVICE] = services[row].id if isinstance(row, int) and 0 <= row < len(services) else ""
        case "keep":
            _toggle_kept(str(wish.get("id", "")))
        case "more":
            key = str(wish.get("section", ""))
            more = remembered.get(state.MORE, {})
            remembered[state.MORE] = {**more, key: more.get(key, 0) + 1}
        case "municipality":
            _go_to(str(wish.get("nis", "")))
        case "without":
            name = str(wish.get("criterion", ""))
            if name in state.chosen_filter().active_criteria():
                state.apply_filter(state.chosen_filter().without(name))
        case "everything":
            state.apply_filter(type(state.chosen_filter())())


def _toggle_kept(service_id: str) -> None:
    chosen = list(st.session_state.get(state.KEEP, ()))
    if service_id in chosen:
        chosen.remove(service_id)
    elif service_id in cache.load_dataset().directory.by_id and len(chosen) < state.MOST_KEPT:
        chosen.append(service_id)
    st.session_state[state.KEEP] = chosen


def _go_to(nis_code: str) -> None:
    if cache.load_dataset().gazetteer.by_id(f"municipality:{nis_code}"):
        search_field.choose_place(f"municipality:{nis_code}")
