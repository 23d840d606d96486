"""The page that explains names everything that the finder uses, in every language."""

import pytest

from geo.directory import SERVICE_TYPES
from geo.directory.service import Freshness, Precision
from tests.app import support
from ui.about import page as about_page
from words import i18n, labels


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_type_word_and_source_is_explained(language):
    app = support.opened("about", lang=language)
    assert not app.exception
    said = support.text(app)
    i18n.use_language(language)
    for kind, info in SERVICE_TYPES.items():
        for line in (
            labels.type_name(kind),
            i18n._(info.definition),
            i18n._(info.standing),
            labels.age_range_text(info.ages),
        ):
            assert support.plain(line) in said
        assert info.source in support.markup(app)
    for line in (*labels.PRECISION_SENTENCES.values(), *labels.FRESHNESS_SENTENCES.values()):
        assert support.plain(i18n._(line)) in said
    assert len(labels.PRECISION_SENTENCES) == len(Precision)
    assert len(labels.FRESHNESS_SENTENCES) == len(Freshness)


def test_every_source_stands_with_its_licence():
    said = support.text(support.opened("about"))
    manifest = support.data().manifest
    for resource in manifest.resources:
        for source in resource.sources:
            assert support.plain(source.title) in said
        for licence in resource.licences:
            assert licence.name in said
    assert manifest.data_version in said


def test_every_file_belongs_to_a_name_that_people_know():
    for resource in support.data().manifest.resources:
        assert [name for start, name in about_page.SOURCE_TITLES.items() if resource.path.startswith(start)], (
            resource.path
        )


def test_the_menu_says_where_the_reader_is():
    for page, address in (("", "./"), ("about", "about")):
        markup = support.markup(support.opened(page))
        here = markup.split('aria-current="page"')[0].rsplit("<a ", 1)[1]
        assert f'href="{address}"' in here
