"""Every page speaks the language of the reader, and only that one."""

import re

import pytest
from babel.messages.pofile import read_po

from geo.settings import ROOT
from tests.app import support
from words import i18n

PAGES = {"home": ("", {}), "place": ("", {"place": "Kortrijk"}), "about": ("about", {}), "print": ("", {"print": "1"})}


def _messages():
    with (ROOT / "locale" / "messages.pot").open("rb") as stream:
        return [message.id for message in read_po(stream) if isinstance(message.id, str) and message.id]


def _english_only(language):
    """Return the messages of some length whose translation differs and that hold no values to fill in."""
    i18n.use_language(language)
    return [text for text in _messages() if len(text) > 12 and "{" not in text and i18n._(text) != text]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_page_opens_in_every_language(language, page):
    script, query = PAGES[page]
    app = support.opened(script, **query, lang=language)
    assert not app.exception
    assert not app.error
    said = f" {support.text(app)} {' '.join(_labels(app))} {_listed(app)} "
    english = [text for text in _english_only(language) if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said)]
    assert english == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_no_message_waits_for_its_translation(language):
    with (ROOT / "locale" / language / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    known = {message.id: message for message in catalogue if message.id}
    missing = [text for text in _messages() if text not in known or not known[text].string or known[text].fuzzy]
    assert missing == []


def test_dutch_is_spoken_when_nothing_is_asked():
    app = support.opened()
    assert support.sent(app)["lang"] == "nl"
    assert i18n.DEFAULT_LANGUAGE == "nl"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_language_stays_while_the_reader_goes_on(language):
    app = support.opened(lang=language)
    app.text_input(key="place").set_value("Gent").run()
    assert support.sent(app)["lang"] == language
    assert support.query(app) == {"place": "Gent", "lang": language}
    assert f'href="about?lang={language}"' in support.markup(app)


def _labels(app):
    found = [*app.text_input, *app.button, *app.button_group]
    return [str(getattr(element, "label", "")) for element in found]


def _listed(app):
    """Return the words of the list: its sections, help, and the cards of one file."""
    sent = support.sent(app)
    if not sent:
        return ""
    said = [sent["found"], *(section["title"] for section in sent["sections"])]
    said += [hit[3] for section in sent["sections"] for hit in section["hits"]]
    for card in list(support.cards(app).values())[:100]:
        said += [card["kind"], card["mark"], card["ages"], card["checked"]]
    return " ".join(said)
