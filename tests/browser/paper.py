"""Counts the pages of a PDF."""

import re
import zlib

_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def pages_of(pdf: bytes) -> int:
    """Return the number of page objects, also of those inside compressed object streams."""
    return len(_PAGE.findall(pdf)) + sum(len(_PAGE.findall(content)) for content in _streams(pdf))


def _streams(pdf: bytes):
    for found in _STREAM.finditer(pdf):
        try:
            content = zlib.decompress(found[1])
        except zlib.error:
            continue
        yield content if b"/Type" in content else b""
