"""Standard output of the commands."""

from __future__ import annotations

import sys


def write_text(text: str) -> None:
    """Write a text with a line feed at its end.

    Line by line, so that a closed pipe is noticed at once.
    """
    for line in text.splitlines(keepends=True):
        sys.stdout.write(line)
    if not text.endswith("\n"):
        sys.stdout.write("\n")
