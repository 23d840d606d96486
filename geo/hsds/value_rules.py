"""Rules on single values: dates, times, ages, links and numbers."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable

from geo.directory import phones
from geo.errors import Complaint
from geo.hsds.contracts import HsdsColumn, HsdsKind
from geo.messages import N_
from geo.text import BARE_HOST, LINK, has_hidden

LONGEST_TEXT = 5000  # characters
OLDEST_YEARS = 120.0
LARGEST_COUNT = 1000

ValueComplaint = tuple[Complaint, dict[str, object]]  # what is wrong, and the values its sentence needs

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_TIME = re.compile(r"(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|24:00(?::00)?)(?:Z|[+-]\d\d:?\d\d)?")
_DAY = re.compile(r"(?:-?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

NOT_A_DATE = Complaint("bad_date", N_("{value} is not a date that exists; expected a date such as 2025-03-01."))
NOT_A_TIME = Complaint("bad_time", N_("{value} is not a time; expected a time such as 08:30."))
NOT_DAYS = Complaint(
    "bad_days", N_("{value} is not a list of weekdays; expected MO,TU,WE,TH,FR,SA,SU or 2TH for the second Thursday.")
)
NOT_AN_EMAIL = Complaint(
    "bad_email", N_("{value} is not an e-mail address; expected an address such as info@example.be.")
)
NOT_A_LINK = Complaint(
    "unsafe_url", N_("{value} is not a link that can be opened safely; expected https:, http:, tel: or mailto:.")
)
NO_SCHEME = Complaint(
    "url_without_scheme", N_("{value} does not say https:// or http://; it is taken as https://."), "warning"
)
NOT_A_PHONE = Complaint(
    "bad_phone",
    N_("{value} is not a phone number; expected +32 and eight or nine digits, or a short number such as 106."),
)
NOT_A_NUMBER = Complaint("bad_number", N_("{value} is not a number; expected a number from {lowest} to {highest}."))
NOT_A_CHOICE = Complaint("unknown_choice", N_("{value} is not known; expected one of: {choices}."))
HIDDEN_CHARACTERS = Complaint(
    "hidden_characters", N_("{value} holds control characters or marks that turn the direction of reading."), "warning"
)
VERY_LONG = Complaint("very_long", N_("The text has {length} characters; expected at most {longest}."), "warning")


def wrong_values(values: set[str], column: HsdsColumn) -> dict[str, ValueComplaint]:
    """Return what is wrong with the distinct values of a column.

    Empty ones are not judged.
    """
    if column.kind in (HsdsKind.TEXT, HsdsKind.ID) and not has_hidden("".join(values)):
        values = {value for value in values if len(value) > LONGEST_TEXT}
    return {value: found for value in values if value and (found := check_value(value, column))}


def check_value(value: str, column: HsdsColumn) -> ValueComplaint | None:
    """Return what is wrong with a value, if anything.

    The value of a column, not empty.
    """
    if column.kind is HsdsKind.CHOICE:
        choices: dict[str, object] = {"choices": ", ".join(column.choices)}
        return None if value in column.choices else (NOT_A_CHOICE, choices)
    if column.kind in _RANGES:
        return _check_number(value, column.kind)
    return _CHECKS.get(column.kind, _check_text)(value)


_RANGES: dict[HsdsKind, tuple[float, float]] = {
    HsdsKind.AGE: (0, OLDEST_YEARS),
    HsdsKind.AMOUNT: (0, 1_000_000),
    HsdsKind.COUNT: (1, LARGEST_COUNT),
    HsdsKind.LONGITUDE: (-180, 180),
    HsdsKind.LATITUDE: (-90, 90),
}


def number_of(text: str) -> float:
    """Return a text as a number; NaN when it is none.

    NaN also when it is not finite.
    """
    try:
        number = float(text)
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def _check_number(value: str, kind: HsdsKind) -> ValueComplaint | None:
    lowest, highest = _RANGES[kind]
    number = number_of(value)
    whole = kind is not HsdsKind.COUNT or (value.isascii() and value.isdigit())
    if lowest <= number <= highest and whole and "_" not in value:
        return None
    return NOT_A_NUMBER, {"lowest": f"{lowest:g}", "highest": f"{highest:g}"}


def _check_text(value: str) -> ValueComplaint | None:
    if len(value) > LONGEST_TEXT:
        return VERY_LONG, {"length": len(value), "longest": LONGEST_TEXT}
    return (HIDDEN_CHARACTERS, {}) if has_hidden(value) else None


def _check_date(value: str) -> ValueComplaint | None:
    wrong: ValueComplaint = (NOT_A_DATE, {})
    if not _DATE.fullmatch(value):
        return wrong
    try:
        dt.date.fromisoformat(value[:10])
    except ValueError:
        return wrong
    return None


def _check_time(value: str) -> ValueComplaint | None:
    return None if _TIME.fullmatch(value) else (NOT_A_TIME, {})


def _check_days(value: str) -> ValueComplaint | None:
    good = all(_DAY.fullmatch(day.strip()) for day in value.split(","))
    return None if good else (NOT_DAYS, {})


def _check_email(value: str) -> ValueComplaint | None:
    return None if _EMAIL.fullmatch(value) else (NOT_AN_EMAIL, {})


def _check_url(value: str) -> ValueComplaint | None:
    if LINK.fullmatch(value) and not has_hidden(value):
        return None
    if BARE_HOST.fullmatch(value) and not has_hidden(value):
        return NO_SCHEME, {}
    return NOT_A_LINK, {}


def _check_phone(value: str) -> ValueComplaint | None:
    return None if phones.canonical_number(value) else (NOT_A_PHONE, {})


_CHECKS: dict[HsdsKind, Callable[[str], ValueComplaint | None]] = {
    HsdsKind.DATE: _check_date,
    HsdsKind.TIME: _check_time,
    HsdsKind.DAYS: _check_days,
    HsdsKind.EMAIL: _check_email,
    HsdsKind.URL: _check_url,
    HsdsKind.PHONE: _check_phone,
}
