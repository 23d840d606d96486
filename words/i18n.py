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
DEFAULT = "nl"
_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
_LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
_current: ContextVar[str] = ContextVar("language", default=DEFAULT)


@cache
def _catalogue(language: str) -> gettext_module.NullTranslations:
    fallback = language == "en"  # English is the source of the messages
    return gettext_module.translation("messages", _LOCALE_DIR, [language], fallback=fallback)


def use(language: str) -> str:
    """Speak `language` for the rest of this run; an unknown one falls back to Dutch. Return what is spoken."""
    spoken = language if language in LANGUAGES else DEFAULT
    _current.set(spoken)
    return spoken


def language() -> str:
    """Return the code of the language being spoken."""
    return _current.get()


def locale_tag() -> str:
    """Return the language being spoken as browsers name it (BCP 47): `nl-BE`."""
    return _LOCALES[language()].replace("_", "-")


def _(message: str) -> str:
    """Return `message` in the language being spoken."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message that goes with `count`."""
    return _catalogue(language()).ngettext(singular, plural, count)


def number(value: float, *, decimals: int = 0) -> str:
    """Return `value` as the language writes numbers: `12.345,7`."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=_LOCALES[language()]))


def grouping() -> str:
    """Return the sign that the language writes between thousands."""
    return str(get_group_symbol(_LOCALES[language()]))


def distance(metres: float) -> str:
    """Return a straight-line distance as people say it: `250 m`, `3,4 km`, `27 km`."""
    if metres < 950:
        return _("{metres} m").format(metres=number(max(round(metres / 50), 1) * 50))
    return _("{kilometres} km").format(kilometres=number(metres / 1000, decimals=1 if metres < 9950 else 0))


def kilometres(metres: float) -> str:
    """Return a straight-line distance in whole kilometres, at least one: `3 km`."""
    return _("{kilometres} km").format(kilometres=number(max(round(metres / 1000), 1)))


def month(day: dt.date) -> str:
    """Return the month of a date: `september 2019`."""
    return str(format_date(day, format="MMMM y", locale=_LOCALES[language()]))


def date(day: dt.date) -> str:
    """Return a date in full: `22 november 2026`."""
    return str(format_date(day, format="d MMMM y", locale=_LOCALES[language()]))


def weekday(day: dt.date) -> str:
    """Return the name of the day: `maandag`."""
    return str(format_date(day, format="EEEE", locale=_LOCALES[language()]))


def time(moment: dt.time | dt.datetime) -> str:
    """Return a time of day: `9:30`."""
    return str(format_time(moment, format="H:mm", locale=_LOCALES[language()]))
