"""The kept services: the list and the page to print."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import segno
import streamlit as st
from markupsafe import Markup

from geo.directory import Service
from geo.store import Dataset
from ui import cache, clock, session
from ui.finder import cards, state
from words import i18n
from words.i18n import _, ngettext

_KEPT = Markup("<p><strong>{said}</strong></p><ul>{names}</ul>")
_LINK = Markup('<a class="print" href="{href}" target="_self">{word}</a>')
_BUTTONS = Markup(
    '<div class="sheet-buttons"><button type="button" data-print>{print}</button>'
    '<a href="{back}" target="_self">{word}</a></div>'
)
_EMPTY = Markup('<div class="sheet"><p>{said}</p></div>')
_SHEET = Markup(
    '<article class="sheet"><h1>{title}</h1><div class="cols">{blocks}</div><div class="link">'
    "{code}<p>{made}<br>{link}</p></div></article>"
)
_BLOCK = Markup("<div><h2>{name}</h2>{lines}</div>")
_LINE = Markup("<p>{}</p>")


def draw(data: Dataset) -> None:
    """Say what is kept and offer the page to print."""
    services = _kept_services(data)
    if not services:
        return
    with st.container(key="kept"):
        count = len(services)
        said = ngettext("You kept {count} service.", "You kept {count} services.", count).format(count=count)
        if count >= state.MOST_KEPT:
            said += " " + _("That is all that fits on one page.")
        names = Markup("").join(Markup("<li>{}</li>").format(service.name) for service in services)
        st.html(_KEPT.format(said=said, names=names))
        with st.container(horizontal=True):
            st.html(_LINK.format(href=f"./?{_encode_query(_sheet_query())}", word=_("Print on one page")))
            st.button(_("Empty the list"), key="empty", on_click=_empty_list)


def _sheet_query() -> dict[str, str]:
    return {**state.query(), state.PRINT: "1"}


def _empty_list() -> None:
    st.session_state[state.KEEP] = []


def _kept_services(data: Dataset) -> list[Service]:
    found = (data.directory.by_id.get(name) for name in st.session_state.get(state.KEEP, ()))
    return [service for service in found if service]


def draw_sheet() -> None:
    """Draw the page to print, with its link as QR code.

    Per service it shows address, hours, phone and the date it was checked.
    """
    data = cache.load_dataset()
    services = _kept_services(data)
    back = f"./?{_encode_query(state.query())}"
    buttons = _BUTTONS.format(print=_("Print"), back=back, word=_("Back to the search"))
    if not services:
        st.html(buttons + _EMPTY.format(said=_("Nothing is kept yet. Choose “Keep” on a card first.")))
        return
    today = clock.today()
    areas = data.municipalities.names(i18n.current_language())
    lang = {} if i18n.current_language() == i18n.DEFAULT_LANGUAGE else {session.LANG_PARAMETER: i18n.current_language()}
    link = _app_address() + "/?" + _encode_query({state.KEEP: ",".join(service.id for service in services), **lang})
    made = _("Made on {date} with Opvoedkaart, data version {version}. Call before you go: things change.")
    st.html(
        buttons
        + _SHEET.format(
            title=_("Help with bringing up children"),
            blocks=Markup("").join(_service_block(service, areas) for service in services),
            code=_qr_code(link),
            made=made.format(date=i18n.date_text(today), version=data.data_version),
            link=link,
        )
    )


def _qr_code(link: str) -> Markup:
    """Return the QR code of a link.

    A link too long for any code gives nothing.
    """
    try:
        drawn = segno.make(link, error="m").svg_data_uri(scale=3, border=1)
    except segno.DataOverflowError:
        return Markup("")
    return Markup('<img src="{}" alt="{}">').format(drawn, _("QR code of the link"))


def _encode_query(query: dict[str, str]) -> str:
    return urlencode(query, safe=",")


def _app_address() -> str:
    """Return the address of the app in the browser, without path."""
    return (st.context.url or "").split("?")[0].rstrip("/")


def _service_block(service: Service, areas: Mapping[str, str]) -> Markup:
    card = cards.card_words(service, areas)
    hours = [*filter(None, map(cards.hours_text, service.schedules)), *cards.hours_remarks(service)] or [card["hours"]]
    lines = [
        card["kind"],
        card["mark"],
        card["alert"],
        card["where"],
        card["area"],
        *hours,
        *(national for _href, national in card["phones"]),
        card["email"],
        card["website"].removeprefix("https://").removeprefix("http://").rstrip("/"),
        f"{card['ages']} · {card['checked']}",
    ]
    return _BLOCK.format(name=service.name, lines=Markup("").join(_LINE.format(line) for line in lines if line))
