"""What is around every page: head, menu, language, foot, and the fence for data that cannot be used."""

from __future__ import annotations

import html
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import streamlit as st

from geo.errors import DataError, DataProblem, GeoError
from ui import browser, cache, feed, i18n, state
from ui.i18n import _

log = logging.getLogger(__name__)
MOST_PROBLEMS = 50


@contextmanager
def page(name: str) -> Iterator[None]:
    """Draw the frame of the page called `name` around what is drawn inside; stop when the data cannot be used."""
    st.set_page_config(
        page_title="Opvoedkaart", page_icon=str(feed.STATIC / "icons" / "logo.svg"), layout="wide",
        initial_sidebar_state="collapsed",
    )  # fmt: skip
    state.language()
    st.html(f'<style>@import url("app/static/{feed.version("style.css")}");</style>')
    _head(name)
    try:
        yield
    except DataError as error:
        log.error("%s", error)  # noqa: TRY400  (told to people: no stack)
        _cannot_be_used(error)
        st.stop()
    except GeoError as error:
        log.error("%s", error)  # noqa: TRY400  (told to people: no stack)
        st.error(_("Something in the settings of this app is not right: {reason}").format(reason=_escaped(str(error))))
        st.stop()
    _foot()


def _head(name: str) -> None:
    browser.head(i18n.language())
    links = "".join(
        f'<a href="?{urlencode({"lang": code})}" data-lang="{code}" lang="{code}" target="_self"'
        f"{' aria-current=true' if code == i18n.language() else ''}>{word}</a>"
        for code, word in i18n.LANGUAGES.items()
    )
    lang = "" if i18n.language() == i18n.DEFAULT else f"?lang={i18n.language()}"
    here = {name: ' aria-current="page"'}
    st.html(
        '<header class="top">'
        f'<a class="brand" href="./{lang}" target="_self">'
        '<img src="app/static/icons/logo.svg" alt="" width="32" height="32"><span>Opvoedkaart</span></a>'
        f'<nav aria-label="{_("Menu")}"><a href="./{lang}" target="_self"{here.get("home", "")}>{_("Find help")}</a>'
        f'<a href="about{lang}" target="_self"{here.get("about", "")}>{_("About")}</a></nav>'
        f'<nav class="languages" aria-label="{_("Language")}">{links}</nav></header>'
    )


def _foot() -> None:
    version = cache.dataset().data_version
    said = _("Data version {version}. Distances are straight lines.").format(version=version)
    more = _("Where this comes from, and what we do not know")
    lang = "" if i18n.language() == i18n.DEFAULT else f"?lang={i18n.language()}"
    st.html(f'<footer class="foot"><p>{said} <a href="about{lang}" target="_self">{more}</a></p></footer>')


def problem(found: DataProblem) -> str:
    """Return one problem with the data as a sentence in the language being spoken."""
    return _(found.template).format(**found.values)


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+!|~$:" else sign for sign in text)


def _cannot_be_used(error: DataError) -> None:
    rows = "".join(
        f"<li><strong>{html.escape(found.place)}</strong> {html.escape(problem(found))}</li>"
        for found in error.problems[:MOST_PROBLEMS]
    )
    rest = len(error.problems) - MOST_PROBLEMS
    more = f"<p>{_('and {count} more').format(count=rest)}</p>" if rest > 0 else ""
    st.html(
        f'<section class="broken" role="alert"><h1>{_("The data cannot be used")}</h1>'
        f"<p>{_('A file is missing, altered or wrong. Nothing is shown until this is mended:')}</p>"
        f"<ul>{rows}</ul>{more}</section>"
    )
