"""Fonts, colours and paragraphs of the printed report."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle as Style
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

FONT_NAME, BOLD_FONT_NAME = "Vera", "VeraBd"
INK_COLOUR, MUTE_COLOUR, LINE_COLOUR, SOFT_COLOUR = (
    HexColor("#1d2b2a"),
    HexColor("#55615f"),
    HexColor("#9aa5a3"),
    HexColor("#eef1f0"),
)
MARGIN_PT = 1.5 * cm
_FONTS_DIR = Path(reportlab.__file__).parent / "fonts"
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|km\b|m\b)")


@cache
def _register_fonts() -> TTFont:
    """Register the fonts with reportlab and return the upright one.

    They ship inside it, so nothing is fetched.
    """
    upright = TTFont(FONT_NAME, str(_FONTS_DIR / "Vera.ttf"))
    registerFont(upright)
    registerFont(TTFont(BOLD_FONT_NAME, str(_FONTS_DIR / "VeraBd.ttf")))
    registerFontFamily(FONT_NAME, normal=FONT_NAME, bold=BOLD_FONT_NAME, italic=FONT_NAME, boldItalic=BOLD_FONT_NAME)
    return upright


def printable_text(text: str) -> str:
    """Replace letters that the font lacks.

    No break before a unit; an accent less rather than an empty box.
    """
    glued = _BEFORE_UNIT.sub("\u00a0", text.replace("\u202f", "\u00a0"))
    has = _register_fonts().face.charToGlyph
    return "".join(letter if ord(letter) in has else _nearest_letters(letter) for letter in glued)


def _nearest_letters(letter: str) -> str:
    has = _register_fonts().face.charToGlyph
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in has)
    return bare or ("" if unicodedata.combining(letter) else "?")


def paragraph_style(
    size: float, *, bold: bool = False, right: bool = False, mute: bool = False, after: float = 0.0
) -> Style:
    """Return a paragraph style.

    Size and space after are in points.
    """
    _register_fonts()
    return Style(
        f"{size}",
        fontName=BOLD_FONT_NAME if bold else FONT_NAME,
        fontSize=size,
        leading=size * 1.28,
        spaceAfter=after,
        alignment=2 if right else 0,
        textColor=MUTE_COLOUR if mute else INK_COLOUR,
        splitLongWords=1,
    )


def plain_paragraph(text: str, look: Style) -> Paragraph:
    """Return a paragraph of plain text, with markup escaped."""
    return Paragraph(escape(printable_text(text)), look)


def labelled_paragraph(name: str, text: str, look: Style) -> Paragraph:
    """Return a paragraph that begins with a name in bold."""
    return Paragraph(f"<b>{escape(printable_text(name))}</b> {escape(printable_text(text))}", look)
