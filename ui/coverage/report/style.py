"""The look of the printed report: its letters, its paragraphs, and text made safe for them."""

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

FONT, BOLD = "Vera", "VeraBd"
INK, MUTE, LINE, SOFT = HexColor("#1d2b2a"), HexColor("#55615f"), HexColor("#9aa5a3"), HexColor("#eef1f0")
MARGIN = 1.5 * cm
_FONTS = Path(reportlab.__file__).parent / "fonts"
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|km\b|m\b)")


@cache
def _font() -> TTFont:
    """Return the upright letters, once all are known to reportlab; they ship inside it, so nothing is fetched."""
    upright = TTFont(FONT, str(_FONTS / "Vera.ttf"))
    registerFont(upright)
    registerFont(TTFont(BOLD, str(_FONTS / "VeraBd.ttf")))
    registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    return upright


def printable(text: str) -> str:
    """Return text in letters that the font has: no break before a unit, an accent less rather than an empty box."""
    glued = _BEFORE_UNIT.sub("\u00a0", text.replace("\u202f", "\u00a0"))
    has = _font().face.charToGlyph
    return "".join(letter if ord(letter) in has else _nearest(letter) for letter in glued)


def _nearest(letter: str) -> str:
    has = _font().face.charToGlyph
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in has)
    return bare or ("" if unicodedata.combining(letter) else "?")


def style(size: float, *, bold: bool = False, right: bool = False, mute: bool = False, after: float = 0.0) -> Style:
    """Return a paragraph style: size and space after in points."""
    _font()
    return Style(
        f"{size}",
        fontName=BOLD if bold else FONT,
        fontSize=size,
        leading=size * 1.28,
        spaceAfter=after,
        alignment=2 if right else 0,
        textColor=MUTE if mute else INK,
        splitLongWords=1,
    )


def paragraph(text: str, look: Style) -> Paragraph:
    """Return plain text as a paragraph; nothing in it is taken for markup."""
    return Paragraph(escape(printable(text)), look)


def labelled_paragraph(name: str, text: str, look: Style) -> Paragraph:
    """Return a paragraph that begins with a name in bold."""
    return Paragraph(f"<b>{escape(printable(name))}</b> {escape(printable(text))}", look)
