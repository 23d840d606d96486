"""Markdown escaping."""

from __future__ import annotations


def escape_markdown(text: str) -> str:
    """Escape Markdown."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+!|~$:" else sign for sign in text)
