"""Text for those parts of the toolkit that read Markdown."""

from __future__ import annotations


def escaped(text: str) -> str:
    """Return text in which Markdown finds nothing to do, so that it shows just what it says."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+!|~$:" else sign for sign in text)
