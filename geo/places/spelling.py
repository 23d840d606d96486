"""Spell names alike: accents, signs and postcodes."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 100
"""Characters of a typed text that are read; the rest is ignored."""

_SEPARATORS = re.compile(r"[\W_]+")
_POSTCODE = re.compile(r"^b?(\d{4})$")

_SPELLINGS = {
    "st": "sint",
    "ste": "sint",
    "saint": "sint",
    "sainte": "sint",
    "sinte": "sint",
    "olv": "onze lieve vrouw",
}


def clean_text(text: str) -> str:
    """Return `text` on one line, without control and direction marks.

    At most `MAX_LENGTH` characters long.
    """
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in text[: 4 * MAX_LENGTH])
    return " ".join(visible.split())[:MAX_LENGTH].strip()


def fold_name(text: str) -> str:
    """Return `text` in one spelling.

    Small letters without accents, words parted by one space, saints as "sint".

    Apostrophes, hyphens, dots and every other sign part words. Letters of any script survive.

    >>> fold("St.-Jans-Molenbeek"), fold("'s-Gravenwezel"), fold("O.L.V.-Waver"), fold("Liège")
    ('sint jans molenbeek', 's gravenwezel', 'onze lieve vrouw waver', 'liege')
    """
    text = text.casefold()
    if not text.isascii():
        letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in letters)
    words = _SEPARATORS.sub(" ", text).split()
    folded = " ".join([_SPELLINGS.get(word, word) for word in words])
    return folded.replace("o l v ", "onze lieve vrouw ") if folded.startswith("o l v ") else folded


def compact_name(name: str) -> str:
    """Return a folded name without spaces.

    So that "sint niklaas" and "sintniklaas" are one.
    """
    return name.replace(" ", "")


def split_postcode(name: str) -> tuple[str, str, str] | None:
    """Split a folded text at its last postcode; None without one.

    Returns what stands before it, the postcode, and what stands after.
    """
    words = name.split()
    for position in range(len(words) - 1, -1, -1):
        match = _POSTCODE.match(words[position])
        if match:
            before = words[:position]
            if before and before[-1] == "b":
                before = before[:-1]
            return " ".join(before), match[1], " ".join(words[position + 1 :])
    return None
