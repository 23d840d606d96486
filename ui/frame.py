"""The frame of every page: head, menu, language, foot, errors."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st
from markupsafe import Markup

from geo.errors import DataError, GeoError
from geo.messages import N_
from ui import browser_files, cache, components, session
from ui.finder import cards, state
from ui.markdown import escape_markdown
from words import i18n, problems
from words.i18n import _

log = logging.getLogger(__name__)
MOST_PROBLEMS = 50
_SKIP_LABELS = {"home": N_("Go to the list"), "coverage": N_("Go to the table"), "planning": N_("Go to the proposal")}
_PAGE_STYLES = {"coverage": ("page/coverage.css",), "planning": ("page/coverage.css",)}
_HIDE_UNTIL_STYLED = (
    "<style>.stMain { animation: styles-come 2s } @keyframes styles-come { 0%, 100% { visibility: hidden } }</style>"
)
"""Nothing bare is shown before style.css is there, which ends this; when it stays away, the page shows itself bare."""


@contextmanager
def draw_frame(name: str) -> Iterator[None]:
    """Draw the frame of a page around its content.

    Stop when the data cannot be used.
    """
    st.set_page_config(
        page_title="Opvoedkaart", page_icon=str(browser_files.STATIC_DIR / "icons" / "logo.svg"), layout="wide",
        initial_sidebar_state="collapsed",
    )  # fmt: skip
    session.set_visit_language()
    st.html(_HIDE_UNTIL_STYLED)
    for style in ("page/style.css", *_PAGE_STYLES.get(name, ())):
        st.html(f'<style>@import url("app/static/{browser_files.versioned_address(style)}");</style>')
    ahead, refused = _open_data(name)
    _draw_head(name, ahead, has_list=name in _SKIP_LABELS and not refused and not state.is_paper())
    if refused:
        _show_refusal(refused)
    try:
        yield
    except GeoError as error:
        _show_refusal(error)
    _draw_foot()


def _open_data(name: str) -> tuple[list[str], GeoError | None]:
    """Open the data before any fragment does.

    What a fragment raises never comes out of it.

    Return the files that the browser will need, or why nothing can be shown.
    """
    try:
        data = cache.load_dataset()
        if name in ("coverage", "planning"):
            return [browser_files.base_map(cache.load_settings()), browser_files.points_file(data)], None
        return (cards.files_ahead(data, cache.load_settings()) if name == "home" and not state.is_paper() else []), None
    except GeoError as error:
        return [], error


def _show_refusal(error: GeoError) -> NoReturn:
    """Show an error and nothing else."""
    log.error("%s", error)
    if isinstance(error, DataError):
        _draw_problems(error)
    else:
        st.error(
            _("Something in the settings of this app is not right: {reason}").format(
                reason=escape_markdown(problems.refusal(error))
            )
        )
    st.stop()


_LANGUAGE = Markup('<a href="{href}" data-lang="{code}" lang="{code}" target="_self"{here}>{word}</a>')
_PAGE = Markup('<a href="{href}" target="_self"{here}>{word}</a>')
_TOP = Markup(
    '<header class="top">{skip}<a class="brand" href="./{lang}" target="_self">'
    '<img src="app/static/icons/logo.svg" alt="" width="32" height="32"><span>Opvoedkaart</span></a>'
    '<nav aria-label="{menu}">{pages}</nav><nav class="languages" aria-label="{language}">{languages}</nav></header>'
)
_SKIP = Markup('<a class="skip" href="#results" target="_self">{word}</a>')
_FOOT = Markup('<footer class="foot"><p>{said} <a href="about{lang}" target="_self">{more}</a></p></footer>')


def _language_query() -> str:
    return "" if i18n.current_language() == i18n.DEFAULT_LANGUAGE else f"?lang={i18n.current_language()}"


def _draw_head(name: str, ahead: list[str], *, has_list: bool) -> None:
    files = [components.BASE + file for file in ahead]
    components.mount("head", {"lang": i18n.current_language(), "ahead": files})
    lang = _language_query()
    pages = {
        "home": (f"./{lang}", _("Find help")),
        "coverage": (f"coverage{lang}", _("Coverage")),
        "planning": (f"planning{lang}", _("Planning")),
        "about": (f"about{lang}", _("About")),
    }
    here = Markup(' aria-current="page"')
    chosen = Markup(' aria-current="true"')
    st.html(
        _TOP.format(
            skip=_SKIP.format(word=_(_SKIP_LABELS[name])) if has_list else "",
            lang=lang,
            menu=_("Menu"),
            pages=Markup("").join(
                _PAGE.format(href=href, here=here if name == code else "", word=word)
                for code, (href, word) in pages.items()
            ),
            language=_("Language"),
            languages=Markup("").join(
                _LANGUAGE.format(
                    href=f"?lang={code}", code=code, here=chosen if code == i18n.current_language() else "", word=word
                )
                for code, word in i18n.LANGUAGES.items()
            ),
        )
    )


def _draw_foot() -> None:
    version = cache.load_dataset().data_version
    said = _("Data version {version}. Distances are straight lines.").format(version=version)
    more = _("Where this comes from, and what we do not know")
    st.html(_FOOT.format(said=said, more=more, lang=_language_query()))


_PROBLEM = Markup("<li><strong>{place}</strong> {said}</li>")
_BROKEN = Markup(
    '<section class="broken" role="alert"><h1>{title}</h1><p>{intro}</p><ul>{rows}</ul><p>{more}</p></section>'
)


def _draw_problems(error: DataError) -> None:
    rest = len(error.problems) - MOST_PROBLEMS
    st.html(
        _BROKEN.format(
            title=_("The data cannot be used"),
            intro=_("A file is missing, altered or wrong. Nothing is shown until this is mended:"),
            rows=Markup("").join(
                _PROBLEM.format(place=problems.where(found), said=problems.sentence(found.message))
                for found in error.problems[:MOST_PROBLEMS]
            ),
            more=_("and {count} more").format(count=rest) if rest > 0 else "",
        )
    )
