"""No refusal of a request reaches a reader in a language that is not theirs."""

import re

import pytest
from babel.messages.pofile import read_po

from geo.settings import ROOT
from tests.support import refusals
from words import i18n, problems


def test_every_refusal_is_a_marked_template_with_values():
    found = [line for path in (ROOT / "geo").rglob("*.py") for line in refusals.refusals_in(path)[1]]
    assert found == []


def test_every_way_to_be_refused_is_tried():
    assert {refusals.raised(way).message.template for way in refusals.WAYS} == refusals.sentences()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_refusal_is_in_the_catalogue_with_its_placeholders(language):
    with (ROOT / "locale" / language / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    for template in refusals.sentences():
        message = catalogue.get(template)
        assert message, template
        assert message.string, template
        names = re.compile(r"\{\w+\}")
        assert set(names.findall(message.string)) == set(names.findall(template))


@pytest.mark.parametrize("way", refusals.WAYS)
def test_a_refusal_is_said_in_every_language(way):
    error = refusals.raised(way)
    said = {}
    for language in i18n.LANGUAGES:
        i18n.use_language(language)
        said[language] = problems.refusal(error)
        assert "{" not in said[language]
    assert len(set(said.values())) == len(i18n.LANGUAGES)
    assert str(error) not in (said["nl"], said["fr"])
