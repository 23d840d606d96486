"""Plain text from strangers, and links safe to open."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LINK = re.compile(r"https?://[^\s/?#\\]+\S*|(?:tel|mailto):\S+", re.IGNORECASE)
"""What may be opened: addresses of the web, of mail and of phones."""
BARE_HOST = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#]\S*)?")
"""An address of the web that leaves out `https://`."""
_SHORT = 80


def openable_url(text: str) -> str:
    """Return a link that is safe to open, nothing for any other text; `www.example.be` is taken as https."""
    url = f"https://{text}" if BARE_HOST.fullmatch(text) else text
    try:
        urlsplit(url)
    except ValueError:  # such as http://[bad
        return ""
    return url if LINK.fullmatch(url) and not has_hidden(url) else ""


def shorten(text: str, longest: int = _SHORT) -> str:
    """Return a text as a sentence can quote it: on one line, only signs that can be seen, cut where it is long."""
    harmless = "".join(each if each.isprintable() else "�" for each in text[:longest])
    return f"{harmless}…" if len(text) > longest else harmless


# C0 and C1 controls except tab and line feed, marks that embed, override or isolate direction, half characters
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def has_hidden(text: str) -> bool:
    """Return whether a text holds control characters or direction marks.

    Marks that turn the direction of reading.
    """
    return bool(_HIDDEN.search(text))


def strip_hidden(text: str) -> str:
    """Return a text without control characters and direction marks.

    Line feeds stay.
    """
    return _HIDDEN.sub("", text) if _HIDDEN.search(text) else text


def spreadsheet_cell(text: str) -> str:
    """Return a text that a spreadsheet takes as text.

    What it would run as a formula gets a leading apostrophe.
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
