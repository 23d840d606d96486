"""Belgian phone numbers, in E.164 and as people dial them."""

from __future__ import annotations

import re
from functools import lru_cache

_BELGIAN = re.compile(r"\+32([1-9]\d{7,8})")
_FOREIGN = re.compile(r"\+(?!32|0)\d{8,15}")
_SHORT = re.compile(r"[1-9]\d{2,3}")
_NOISE = re.compile(r"[\s./\u00a0\u202f()-]")


@lru_cache(maxsize=65536)
def canonical_number(text: str) -> str:
    """Return a phone number in canonical form.

    E.164 (`+3253723654`) or the short number as dialled (`106`); empty when it is no number.
    """
    digits = _NOISE.sub("", text.replace("(0)", ""))
    if _SHORT.fullmatch(digits):
        return digits
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+32{digits[1:]}"
    if _BELGIAN.fullmatch(digits):
        return digits if _belgian_groups(digits[3:]) else ""
    return digits if _FOREIGN.fullmatch(digits) else ""


@lru_cache(maxsize=65536)
def national_number(number: str) -> str:
    """Return a phone number as people read it.

    `053 72 36 54`, `0470 12 34 56`, `106`; a foreign number stays E.164.
    """
    groups = _belgian_groups(number[3:]) if number.startswith("+32") else ()
    return "0" + " ".join(groups) if groups else number


def _belgian_groups(digits: str) -> tuple[str, ...]:
    """Return the groups a Belgian number is written in, without its first 0; none when the length is wrong.

    Mobile `470 12 34 56`, one-digit zones (2, 3, 4, 9) `2 234 56 78`, free and shared numbers `800 12 345`,
    `78 15 00 10`, other zones `53 72 36 54`. After the numbering plan of the BIPT.
    """
    if len(digits) == 9:
        return (digits[:3], digits[3:5], digits[5:7], digits[7:]) if digits.startswith("4") else ()
    if len(digits) != 8:
        return ()
    if digits.startswith(("800", "90")):
        return (digits[:3], digits[3:5], digits[5:])
    if digits[0] in "2349":
        return (digits[0], digits[1:4], digits[4:6], digits[6:])
    return (digits[:2], digits[2:4], digits[4:6], digits[6:])
