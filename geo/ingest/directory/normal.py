"""Normal forms of phones, addresses, links and ids."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['’‘`]")
_BOX = re.compile(r"^(?P<number>\S+)\s+(?:bus|bte|box)\.?\s+(?P<box>\S+)$", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"[1-9]\d{2,3}")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ID_LENGTH = 80


@dataclass(frozen=True, slots=True)
class HouseNumber:
    """A house number without its box.

    `9 bus 1` is number `9`, box `1`; `5D` is one number.
    """

    number: str
    box: str = ""


def make_slug(*texts: str) -> str:
    """Join texts to a readable id of at most 80 characters.

    It holds a-z, 0-9 and hyphens.
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", " ".join(texts)))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return _NOT_WORD.sub("-", ascii_only).strip("-")[:_ID_LENGTH].strip("-")


def fold_name(text: str) -> str:
    """Fold a name for comparing: no case, accents or punctuation."""
    return make_slug(text)


def normal_phone(text: str) -> str | None:
    """Return a Belgian phone number in E.164 form, or None.

    A short number (`106`) stays as dialled; None when it is neither.
    """
    digits = re.sub(r"\s", "", text)
    if _SHORT_NUMBER.fullmatch(digits):
        return digits
    try:
        number = phonenumbers.parse(text, "BE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal_url(text: str) -> str:
    """Add https to a web address without scheme."""
    return text if not text or _SCHEME.match(text) else f"https://{text}"


def split_house_number(text: str) -> HouseNumber:
    """Split a house number and its box."""
    match = _BOX.match(text)
    return HouseNumber(match["number"], match["box"]) if match else HouseNumber(text)


def capitalise_first(text: str) -> str:
    """Capitalise the first letter of a text."""
    return text[:1].upper() + text[1:]


def list_in_words(items: list[str]) -> str:
    """Join items in Dutch: `a, b en c`."""
    return f"{', '.join(items[:-1])} en {items[-1]}" if len(items) > 1 else "".join(items)
