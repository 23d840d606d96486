"""Tokens of Dutch opening hours: days, ordinals and times."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum, auto
from typing import NamedTuple

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHS = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6,
    "juli": 7, "augustus": 8, "september": 9, "oktober": 10, "november": 11, "december": 12,
}  # fmt: skip
_LAST = dt.time(23, 59)
DAYPARTS = {  # between which times hours must lie to belong to that part of the day
    "": (dt.time(), _LAST),
    "voormiddag": (dt.time(), dt.time(13)),
    "namiddag": (dt.time(12), dt.time(19)),
    "avond": (dt.time(16), _LAST),
}
_DAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_DAYS = {
    f"{name}{part}": f"{code} {part}".strip() for code, name in zip(WEEK, _DAY_NAMES, strict=True) for part in DAYPARTS
} | {name[:2]: code for code, name in zip(WEEK, _DAY_NAMES, strict=True)}
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde")
_TOKEN = re.compile(
    r"(?P<nth>\d)(?:ste|de|e)\b"
    r"|(?P<hour>\d{1,2})(?:[.:u](?P<minute>\d{2}))?(?:\s*(?:uur|u)\b\.?)?(?!\w)"
    r"|(?P<word>t/m|[^\W\d_]+)"
    r"|(?P<mark>[-–,:])"
)


class TokenKind(Enum):
    """The kind of a token."""

    DAY = auto()
    NTH = auto()
    TIME = auto()
    WORD = auto()


class Token(NamedTuple):
    """One token: a day, an ordinal, a time or a word.

    A day is `MO` or `MO avond`, an ordinal `2` or `-1`, a time `08:30`, else itself.
    """

    kind: TokenKind
    text: str


def split_tokens(text: str) -> list[Token] | None:
    """Split a text into tokens, or return None.

    None when it holds anything that is no word, ordinal, time or mark.
    """
    tokens = []
    rest = text.lower().replace("tot en met", "t/m").strip(" .")
    while rest:
        match = _TOKEN.match(rest)
        token = _to_token(match) if match else None
        if match is None or token is None:
            return None
        tokens.append(token)
        rest = rest[match.end() :].lstrip()
    return tokens


def _to_token(match: re.Match[str]) -> Token | None:
    if match["nth"]:
        return Token(TokenKind.NTH, match["nth"]) if match["nth"] in "12345" else None
    if match["hour"]:
        return _time_token(int(match["hour"]), int(match["minute"] or 0))
    if match["mark"]:
        return Token(TokenKind.WORD, "-" if match["mark"] == "–" else match["mark"])
    word = match["word"]
    if word in _DAYS:
        return Token(TokenKind.DAY, _DAYS[word])
    if word in _ORDINALS:
        return Token(TokenKind.NTH, str(_ORDINALS.index(word) + 1))
    return Token(TokenKind.NTH, "-1") if word == "laatste" else Token(TokenKind.WORD, word)


def _time_token(hour: int, minute: int) -> Token | None:
    return Token(TokenKind.TIME, f"{hour:02d}:{minute:02d}") if hour <= 23 and minute <= 59 else None
