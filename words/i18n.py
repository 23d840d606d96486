"""The reader's language: messages, numbers and dates as it writes them."""

from __future__ import annotations

import datetime as dt
import gettext as gettext_module
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_time
from babel.numbers import format_decimal, get_group_symbol

LANGUAGES = {"nl": "Nederlands", "fr": "Français", "en": "English"}
DEFAULT_LANGUAGE = "nl"
_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
_LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
_language_in_use: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def _load_catalogue(language: str) -> gettext_module.NullTranslations:
    fallback = language == "en"  # English is the source of the messages
    return gettext_module.translation("messages", _LOCALE_DIR, [language], fallback=fallback)


def use_language(language: str) -> str:
    """Set the language of this run and return its code.

    An unknown language falls back to Dutch.
    """
    spoken = language if language in LANGUAGES else DEFAULT_LANGUAGE
    _language_in_use.set(spoken)
    return spoken


def current_language() -> str:
    """Return the code of the language in use."""
    return _language_in_use.get()


def locale_tag() -> str:
    """Return the language in use as BCP 47 tag: `nl-BE`."""
    return _LOCALES[current_language()].replace("_", "-")


def _(message: str) -> str:
    """Translate `message` into the language in use."""
    return _load_catalogue(current_language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message in the plural form for `count`."""
    return _load_catalogue(current_language()).ngettext(singular, plural, count)


def number_text(value: float, *, decimals: int = 0) -> str:
    """Format a number: `12.345,7`."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=_LOCALES[current_language()]))


def grouping() -> str:
    """Return the sign that the language writes between thousands."""
    return str(get_group_symbol(_LOCALES[current_language()]))


def distance_text(metres: float) -> str:
    """Return a distance as people say it: `250 m`, `3,4 km`.

    It is measured in a straight line.
    """
    if metres < 950:
        return _("{metres} m").format(metres=number_text(max(round(metres / 50), 1) * 50))
    return _("{kilometres} km").format(kilometres=number_text(metres / 1000, decimals=1 if metres < 9950 else 0))


def kilometres_text(metres: float) -> str:
    """Return a distance in whole kilometres, at least one: `3 km`.

    It is measured in a straight line.
    """
    return _("{kilometres} km").format(kilometres=number_text(max(round(metres / 1000), 1)))


def month_text(day: dt.date) -> str:
    """Return the month of a date: `september 2019`."""
    return str(format_date(day, format="MMMM y", locale=_LOCALES[current_language()]))


def date_text(day: dt.date) -> str:
    """Return a date in full: `22 november 2026`."""
    return str(format_date(day, format="d MMMM y", locale=_LOCALES[current_language()]))


def weekday_name(day: dt.date) -> str:
    """Return the name of the day: `maandag`."""
    return str(format_date(day, format="EEEE", locale=_LOCALES[current_language()]))


def time_text(moment: dt.time | dt.datetime) -> str:
    """Return a time of day: `9:30`."""
    return str(format_time(moment, format="H:mm", locale=_LOCALES[current_language()]))
