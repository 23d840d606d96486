"""Text from strangers made plain, and links that are safe to open."""

from __future__ import annotations

import re

_HAS_SCHEME = re.compile(r"(?:https?://|tel:|mailto:)", re.IGNORECASE)


def safe_url(text: str) -> str:
    """Return a web address with its scheme; `www.example.be` is taken as https."""
    return text if not text or _HAS_SCHEME.match(text) else f"https://{text}"


# C0 and C1 controls except tab and line feed, marks that embed, override or isolate direction, half characters
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def has_hidden(text: str) -> bool:
    """Whether a text holds control characters or marks that turn the direction of reading."""
    return bool(_HIDDEN.search(text))


def defused(text: str) -> str:
    """Return a text without control characters and direction marks. Line feeds stay."""
    return _HIDDEN.sub("", text) if _HIDDEN.search(text) else text


def spreadsheet_cell(text: str) -> str:
    """Return a text that a spreadsheet takes as text: what it would run as a formula gets a leading apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
