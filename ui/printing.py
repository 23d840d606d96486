"""The kept services: a short list beside the map, and one A4 page that needs no map."""

from __future__ import annotations

import datetime as dt
import html
from urllib.parse import urlencode

import segno
import streamlit as st

from geo.models import Service
from geo.opening import BRUSSELS
from geo.store import Dataset
from ui import cache, cards, i18n, state
from ui.i18n import _, ngettext


def kept(data: Dataset) -> None:
    """Say what is kept and offer the page to print."""
    services = _services(data)
    if not services:
        return
    with st.container(key="kept"):
        count = len(services)
        said = ngettext("You kept {count} service.", "You kept {count} services.", count).format(count=count)
        if count >= state.MOST_KEPT:
            said += " " + _("That is all that fits on one page.")
        names = "".join(f"<li>{html.escape(service.name)}</li>" for service in services)
        st.html(f"<p><strong>{said}</strong></p><ul>{names}</ul>")
        with st.container(horizontal=True):
            address = html.escape(f"./?{_encoded(_sheet())}")
            st.html(f'<a class="print" href="{address}" target="_self">{_("Print on one page")}</a>')
            st.button(_("Empty the list"), key="empty", on_click=_empty)


def _sheet() -> dict[str, str]:
    return {**state.query(), state.PRINT: "1"}


def _empty() -> None:
    st.session_state[state.KEEP] = []


def _services(data: Dataset) -> list[Service]:
    found = (data.directory.by_id.get(name) for name in st.session_state.get(state.KEEP, ()))
    return [service for service in found if service]


def page() -> None:
    """Draw the sheet: per service address, hours, phone and the date it was checked, with a link as QR code."""
    data = cache.dataset()
    services = _services(data)
    lang = {} if i18n.language() == i18n.DEFAULT else {state.LANG: i18n.language()}
    back = "./?" + _encoded(state.query())
    buttons = (
        f'<div class="sheet-buttons"><button type="button" data-print>{_("Print")}</button>'
        f'<a href="{html.escape(back)}" target="_self">{_("Back to the search")}</a></div>'
    )
    if not services:
        st.html(f'{buttons}<div class="sheet"><p>{_("Nothing is kept yet. Choose “Keep” on a card first.")}</p></div>')
        return
    now = dt.datetime.now(BRUSSELS)
    blocks = "".join(_block(service) for service in services)
    link = _address() + "/?" + _encoded({state.KEEP: ",".join(s.id for s in services), **lang})
    code = segno.make(link, error="m").svg_data_uri(scale=3, border=1)
    made = _("Made on {date} with Opvoedkaart, data version {version}. Call before you go: things change.").format(
        date=i18n.date(now.date()), version=data.data_version
    )
    st.html(
        f'{buttons}<article class="sheet"><h1>{_("Help with bringing up children")}</h1>'
        f'<div class="cols">{blocks}</div><div class="link"><img src="{code}" alt="{_("QR code of the link")}">'
        f"<p>{made}<br>{html.escape(link)}</p></div></article>"
    )


def _encoded(query: dict[str, str]) -> str:
    return urlencode(query, safe=",")


def _address() -> str:
    """Return the address of the app as the browser sees it, without path and query."""
    return (st.context.url or "").split("?")[0].rstrip("/")


def _block(service: Service) -> str:
    said = cards.card(service)
    hours = [line for line in map(cards.hours, service.schedules) if line] or [_("Hours not known: ask first")]
    lines = [
        said["kind"],
        said["mark"],
        said["alert"],
        said["where"],
        said["area"],
        *hours,
        *(national for _href, national in said["phones"]),
        said["email"],
        said["website"].removeprefix("https://").removeprefix("http://").rstrip("/"),
        said["ages"],
        said["checked"],
    ]
    text = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    return f"<div><h2>{html.escape(service.name)}</h2>{text}</div>"
