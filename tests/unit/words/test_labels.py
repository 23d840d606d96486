"""One text for one thing: the screen, the paper and the files name and explain it alike."""

from __future__ import annotations

import pytest

from geo.ages import AgeGroup
from geo.coverage import Measure, State
from geo.coverage.files.columns import COLUMNS
from geo.coverage.row import FEW_CHILDREN, STATE_MEANINGS
from geo.directory.service import Confidence, Status
from geo.places import Area, AreaLevel
from words import definitions, i18n, labels, phrases


@pytest.fixture(params=sorted(i18n.LANGUAGES))
def language(request):
    yield i18n.use_language(request.param)
    i18n.use_language(i18n.DEFAULT_LANGUAGE)


def test_the_screen_explains_a_state_as_the_files_do(language):
    explained = dict(definitions.term_definitions(Measure.REACH))
    assert {labels.state_name(each): i18n._(STATE_MEANINGS[each]) for each in State}.items() <= explained.items()


def test_what_files_call_few_is_what_is_not_ranked(language):
    (column,) = (column for column in COLUMNS if column.name == "is_small")
    assert str(FEW_CHILDREN) in i18n._(column.title)


def test_every_code_has_a_name_in_every_language(language):
    for name, kind in (
        (labels.state_name, State), (labels.age_group_name, AgeGroup), (labels.level_name, AreaLevel),
        (labels.status_name, Status), (labels.confidence_name, Confidence),
    ):  # fmt: skip
        assert len({name(code) for code in kind}) == len(kind)


def test_an_area_says_what_it_is_where_it_stands_alone():
    i18n.use_language("en")
    antwerp = Area("10000", AreaLevel.PROVINCE, "Antwerpen", "Anvers", ())
    assert (phrases.area_title(antwerp), phrases.area_name(antwerp)) == (
        "Province of Antwerpen", "Antwerpen (province)",
    )  # fmt: skip
    brussels = Area("04000", AreaLevel.PROVINCE, "Brussel", "Bruxelles", ())
    assert phrases.area_title(brussels) == "Brussel"
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
