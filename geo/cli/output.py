"""Writes the answers of commands to standard output."""

from __future__ import annotations

import sys


def write(text: str) -> None:
    """Write a text with a line feed at its end, line by line, so that a closed pipe is noticed at once."""
    for line in text.splitlines(keepends=True):
        sys.stdout.write(line)
    if not text.endswith("\n"):
        sys.stdout.write("\n")
