"""Text from strangers: which of it may be opened, and how a sentence quotes it."""

import pytest

from geo.text import openable_url, shorten


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("http://example.org", "http://example.org"),
        ("HTTPS://EXAMPLE.ORG", "HTTPS://EXAMPLE.ORG"),
        ("tel:+3215", "tel:+3215"),
        ("mailto:a@b.be", "mailto:a@b.be"),
        ("www.example.be/x", "https://www.example.be/x"),
        ("example.org", "https://example.org"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("\tjavascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("ftp://example.be/x", ""),
        ("//example.org", ""),
        ("https://", ""),
        ("https://a b.be", ""),
        ("https://example.org/\u202egnp", ""),
        ("http://[not-an-address", ""),
        ("", ""),
    ],
)
def test_only_links_that_are_safe_can_be_opened(text, opened):
    assert openable_url(text) == opened
    assert openable_url(opened) == opened


def test_a_quoted_text_is_short_and_can_be_seen():
    assert shorten("a\u202eb\n") == "a�b�"
    assert shorten("x" * 80) == "x" * 80
    assert shorten("x" * 81) == "x" * 80 + "…"
