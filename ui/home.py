"""Home: search, filters, the list and the map, in step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.finder import Hit, SearchResult, search
from geo.models import AgeGroup, AreaLevel, Audience, Place, Service
from geo.opening import BRUSSELS
from geo.search_index import Rows
from geo.service_types import SERVICE_TYPES
from geo.store import Dataset
from ui import browser, cache, cards, feed, i18n, inputs, maps, printing, state, ways_on
from ui.i18n import _, ngettext

FIRST = {"here": 8, "near": 6, "around": 4, "lines": 3, "professionals": 2, "all": 12}
STEP = 12
SERVING_SHOWN = 200  # of what serves one place, at most so many are looked at
MOST_ROWS = 240  # cards in one section; "more" stops there
Numbers = Sequence[int] | Rows


def page() -> None:
    """Draw the finder, or the sheet to print."""
    state.start()
    if st.query_params.get(state.PRINT):
        printing.page()
        return
    promise = _("For everybody: you come because you have a child, not because you have a problem.")
    title = _("Find help with bringing up your children")
    st.html(Markup('<div class="intro"><h1>{}</h1><p>{}</p></div>').format(title, promise))
    with st.container(key="home"):
        finder()
        with st.container(key="map-side"):
            maps.draw(cache.settings())
            maps.legend()


@st.fragment
def finder() -> None:
    """Draw everything that answers to a click; reruns by itself."""
    state.speak()
    data = cache.dataset()
    place = inputs.place(data)
    inputs.filters(data)
    now = dt.datetime.now(BRUSSELS)
    result = search(data, place, state.wanted(), now=now, limit=SERVING_SHOWN)
    with st.container(key="results"):
        browser.services(_listed(data, result, now) | {"map": _shown(data, result)}, on_wish=_answer)
        printing.kept(data)
    state.write()


# --- what the list says ------------------------------------------------------------------------------------------


def _listed(data: Dataset, result: SearchResult, now: dt.datetime) -> dict[str, Any]:
    """Return the list for the browser: sections with rows, help, the opened service, counts for the pills."""
    directory, keeper = data.directory, cache.settings().keeper
    opened = directory.by_id.get(st.session_state.get(state.SERVICE, ""))
    sections = [] if opened else _sections(result, now)
    rows = [hit[0] for section in sections for hit in section["hits"]]
    if opened:
        rows = [feed.row_of(directory)[opened.id]]
    return {
        "lang": i18n.language(),
        "title": _title(result.place, opened),
        "place": result.place.id if result.place else "",
        "shards": sorted({feed.shard(data, row, keeper) for row in rows or [0]}),
        "kept": list(st.session_state.get(state.KEEP, ())),
        "counts": _counts(result),
        "count": result.total,
        "found": "" if opened else _found(result),
        "sections": sections,
        "help": None if opened else ways_on.section(result),
        "detail": _detail(data, opened, result, now) if opened else None,
    }


def _title(place: Place | None, opened: Service | None) -> str:
    if opened:
        return f"{opened.name} · Opvoedkaart"
    return f"{inputs.name_of(place)} · Opvoedkaart" if place else "Opvoedkaart"


def _counts(result: SearchResult) -> dict[str, list[int]]:
    return {
        state.TYPE: [result.counts_by_type[kind] for kind in state.FAMILY_TYPES],
        state.AGE: [result.counts_by_age[group] for group in AgeGroup],
        state.PROFESSIONAL: [result.counts_by_type[kind] for kind in state.PROFESSIONAL_TYPES],
    }


def _found(result: SearchResult) -> str:
    if result.place is None:
        count = result.total
        said = ngettext(
            "{count} service in Flanders and Brussels.", "{count} services in Flanders and Brussels.", count
        )
        return said.format(count=i18n.number(count)) + " " + _("Type where you live to see what is near you.")
    if not result.total:
        return _("Nothing found for all your choices together.")
    here, near = result.total_serving, result.total - result.total_serving
    said = ngettext("{count} service", "{count} services", here).format(count=i18n.number(here))
    if not near:
        return _("{here} for {town}.").format(here=said, town=_town(result.place))
    return _("{here} for {town}, and {near} elsewhere, the nearest first.").format(
        here=said,
        town=_town(result.place),
        near=i18n.number(near),
    )


def _town(place: Place) -> str:
    return place.municipality_fr if i18n.language() == "fr" else place.municipality_nl


def _sections(result: SearchResult, now: dt.datetime) -> list[dict[str, Any]]:
    """Return the sections of the list: what is for this municipality, what is near, lines, professionals."""
    if result.place is None:
        return [_section("all", ("", ""), result, result.rows, now)]
    kinds: dict[str, list[int]] = {"here": [], "lines": [], "professionals": []}
    for hit, row in zip(result.serving, result.serving_rows, strict=False):
        kinds[_part_of(hit)].append(int(row))
    near = result.only_nearby_rows
    if result.hints.is_little and not kinds["lines"]:
        kinds["lines"] = [feed.row_of(result.around.directory)[name] for name in result.hints.everywhere]
    parts: list[tuple[str, str, str, Numbers]] = [
        ("here", _("For families in {town}").format(town=_town(result.place)), "", kinds["here"]),
        ("near", _("Near {place}").format(place=inputs.name_of(result.place)), _straight(result, near), near),
        ("around", _("In municipalities around, place not known"), "", result.around_rows),
        ("lines", _("Call, mail or chat, wherever you are"), "", kinds["lines"]),
        ("professionals", _("For professionals and local authorities"), "", kinds["professionals"]),
    ]
    return [_section(key, (title, note), result, rows, now) for key, title, note, rows in parts if len(rows)]


def _part_of(hit: Hit) -> str:
    if SERVICE_TYPES[hit.service.service_type].audience is Audience.PROFESSIONALS:
        return "professionals"
    return "lines" if hit.area_level is AreaLevel.EVERYWHERE else "here"


def _straight(result: SearchResult, near: Rows) -> str:
    if any(hit.distance_is_approximate for hit in result.hits(near[: FIRST["near"]])):
        return _("Distances are straight lines. ± means: we know the village or district, not the street.")
    return _("Distances are straight lines.")


def _section(key: str, said: tuple[str, str], result: SearchResult, rows: Numbers, now: dt.datetime) -> dict[str, Any]:
    title, note = said
    shown = min(FIRST[key] + STEP * st.session_state.get(state.MORE, {}).get(key, 0), MOST_ROWS)
    left = len(rows) - shown
    hits = [_hit(hit, int(row), now) for hit, row in zip(result.hits(rows[:shown]), rows, strict=False)]
    more = ngettext("Show more ({count} more)", "Show more ({count} more)", left).format(count=i18n.number(left))
    return {
        "id": key,
        "title": title,
        "note": note,
        "hits": hits,
        "more": more if left > 0 and shown < MOST_ROWS else "",
    }


def _hit(hit: Hit, row: int, now: dt.datetime) -> list[object]:
    said = cards.distance(hit.distance_m, approximate=hit.distance_is_approximate)
    return cards.hit(hit.service, row, distance=said, now=now)


def _detail(data: Dataset, opened: Service, result: SearchResult, now: dt.datetime) -> dict[str, Any]:
    row = feed.row_of(data.directory)[opened.id]
    return {
        "id": opened.id,
        "title": opened.name,
        "hit": _hit(result.hits([row])[0], row, now),
        "parts": cards.parts(opened, now.date()),
    }


# --- what the map shows ------------------------------------------------------------------------------------------


def _shown(data: Dataset, result: SearchResult) -> dict[str, Any]:
    """Return what map.js shows: a bit per service, the place, the opened service and the area it serves."""
    directory, place = data.directory, result.place
    opened = directory.by_id.get(st.session_state.get(state.SERVICE, ""))
    mark = {"lon": place.lon, "lat": place.lat, "name": inputs.name_of(place)} if place else None
    return {
        "points": feed.points(data),
        "mask": feed.mask(result.mask),
        "place": mark,
        "nis": place.nis_code if place else "",
        "view": _view(opened, place),
        "selected": feed.row_of(directory)[opened.id] if opened else None,
        "areas": [area.nis_code for area in opened.service_areas] if opened else [],
    }


def _view(opened: Service | None, place: Place | None) -> dict[str, Any] | None:
    if opened is None:
        return maps.view(place)
    at = next((location for location in opened.locations if location.is_located), None)
    if at is not None:
        return {"key": f"service:{opened.id}", "lon": at.lon, "lat": at.lat, "zoom": 12, "areas": []}
    areas = [area.nis_code for area in opened.service_areas]
    return {"key": f"service:{opened.id}", "lon": None, "lat": None, "zoom": 12, "areas": areas}


# --- what the reader wants ---------------------------------------------------------------------------------------


def _answer() -> None:
    """Do what was asked for in the list or on the map."""
    wish = browser.wish()
    said = st.session_state
    match wish.get("do"):
        case "service":
            said[state.SERVICE] = str(wish.get("id", ""))
        case "row":
            services = cache.dataset().directory.services
            row = wish.get("row")
            said[state.SERVICE] = services[row].id if isinstance(row, int) and 0 <= row < len(services) else ""
        case "keep":
            _toggle(str(wish.get("id", "")))
        case "more":
            key = str(wish.get("section", ""))
            said[state.MORE] = {**said.get(state.MORE, {}), key: said.get(state.MORE, {}).get(key, 0) + 1}
        case "municipality":
            _go_to(str(wish.get("nis", "")))
        case "without":
            name = str(wish.get("criterion", ""))
            if name in state.wanted().criteria():
                state.apply(state.wanted().without(name))
        case "everything":
            state.apply(type(state.wanted())())


def _toggle(service_id: str) -> None:
    kept = list(st.session_state.get(state.KEEP, ()))
    if service_id in kept:
        kept.remove(service_id)
    elif service_id in cache.dataset().directory.by_id and len(kept) < state.MOST_KEPT:
        kept.append(service_id)
    st.session_state[state.KEEP] = kept


def _go_to(nis_code: str) -> None:
    if cache.dataset().gazetteer.by_id(f"municipality:{nis_code}"):
        inputs.choose(f"municipality:{nis_code}")
