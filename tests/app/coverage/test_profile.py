"""The profile of an area without a browser, held against what the domain tells of it."""

import re
from functools import cache
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from geo.ages import AgeGroup
from geo.coverage import CoverageRequest, Measure, State, measure
from geo.coverage.measures import MEASURES
from geo.coverage.profile import PROFILE_MEASURES, profile_of
from geo.coverage.request import WALK_M
from geo.directory import ServiceType
from geo.directory.service import Confidence
from geo.places import AreaLevel
from geo.places.spelling import fold_name
from tests.app import support
from tests.browser import hostile
from tests.browser.hostile import ATTACKS, TOWN
from ui.coverage import gaps, headline, state
from words import amounts, definitions, i18n, labels, phrases

AREAS = {
    "municipality": "12025",
    "small municipality": "73028",
    "zone": "elz1",
    "arrondissement": "11000",
    "province": "30000",
    "partnership": "partnership:huis-van-het-kind-genk",
    "region": "02000",
    "Brussels": "04000",
}
ROW = re.compile(r'<tr><th scope="row">(?!<)(.*?)</th>(.*?)</tr>', re.DOTALL)


@cache
def dataset():
    return support.data()


@cache
def measured(request, today):
    return measure(dataset(), request, today=today)


def told(code, **choices):
    """The profile that the domain gives."""
    area = dataset().areas.by_code(code)
    return profile_of(area, CoverageRequest(**choices), measured, support.TODAY)


def plain(markup):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def numbers(app):
    """The value of each measure as it is printed, by the name of the measure."""
    return {
        unescape(name): plain(re.search(r"<strong>(.*?)</strong>", cells)[1])
        for name, cells in ROW.findall(support.markup(app))
    }


def links(app, inside):
    """The addresses of the links in a part of the page."""
    part = re.search(inside, support.markup(app), re.DOTALL)
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', part[0])] if part else []


def agrees(app, profile):
    """Heading, headline, numbers, gaps and services are those of the profile."""
    assert not app.exception
    markup, row = support.markup(app), profile.report.row_of(profile.area)
    assert f"<h1>{_escaped(phrases.area_title(profile.area))}</h1>" in markup
    words = support.text(app)
    for line in [
        *headline.headline_sentences(profile.report),
        *gaps.records_to_check(profile.report, row)[:15],
        definitions.caveat_sentence(profile.report.request),
    ]:
        assert support.plain(line) in words
    printed = numbers(app)
    assert list(printed) == [labels.measure_name(name) for name in PROFILE_MEASURES]
    for each in profile.numbers:
        text = printed[labels.measure_name(each.measure)].removesuffix(" *")
        expected = amounts.number_text(each.row.value, MEASURES[each.measure].unit)
        assert text == support.plain(labels.state_name(State.UNKNOWN) if each.row.state is State.UNKNOWN else expected)
    listed = links(app, r'<ul class="here">.*?</section>')
    assert listed == [f"./?service={here.service.id}" for here in profile.services]


def _escaped(text):
    return text.replace("&", "&amp;").replace("'", "&#39;")


@pytest.mark.parametrize("code", AREAS.values(), ids=AREAS)
def test_a_profile_tells_what_the_domain_tells(code):
    app = support.opened("coverage", profile=code)
    agrees(app, told(code))
    assert not app.get("component_instance"), "a profile has no map"
    assert support.query(app)["profile"] == code


def test_the_members_of_an_area_are_listed_by_name_with_links_to_their_profiles():
    app = support.opened("coverage", profile="10000", type="parenting_shop", reach="1.2")
    profile = told("10000", types=frozenset({ServiceType.PARENTING_SHOP}), reach_m=WALK_M)
    members = re.findall(
        r'<tr><th scope="row"><a href="([^"]+)" target="_self">(.*?)</a></th>(.*?)</tr>', support.markup(app)
    )
    rows = sorted(profile.report.rows, key=lambda row: fold_name(row.area.name_nl))
    assert [unescape(name) for _, name, _ in members] == [row.area.name_nl for row in rows]
    queries = [dict(parse_qsl(urlsplit(unescape(link)).query)) for link, _, _ in members]
    assert [query["profile"] for query in queries] == [row.area.code for row in rows]
    assert all(query["type"] == "parenting_shop" and query["reach"] == "1.2" for query in queries)
    for (_, _, cells), row in zip(members, rows, strict=True):
        assert plain(cells).startswith(i18n.number_text(round(row.children)))
        assert plain(cells).endswith(labels.state_name(row.state))
        assert (row.state is State.UNKNOWN) == (" – " in plain(cells))


def test_choices_change_the_profile_and_its_address():
    app = support.opened("coverage", profile="12025")
    app.multiselect(key=state.TYPES).set_value([ServiceType.PARENTING_SHOP]).run()
    app.multiselect(key=state.AGES).set_value([AgeGroup.FROM_6_TO_11]).run()
    app.selectbox(key=state.REACH).set_value(WALK_M).run()
    app.toggle(key=state.LEADS).set_value(v=True).run()
    choices = {
        "types": frozenset({ServiceType.PARENTING_SHOP}),
        "ages": frozenset({AgeGroup.FROM_6_TO_11}),
        "reach_m": WALK_M,
        "confidences": frozenset(Confidence),
    }
    agrees(app, told("12025", **choices))
    assert support.query(app) == {
        "type": "parenting_shop",
        "age": "6-11",
        "measure": "reach",
        "reach": "1.2",
        "confidence": "high,low,medium",
        "profile": "12025",
    }


@pytest.mark.parametrize("name", [Measure.SERVED, Measure.TWO_STEP, Measure.NEIGHBOUR])
def test_the_measure_of_the_address_is_that_of_the_headline(name):
    app = support.opened("coverage", profile="11002", measure=name.value)
    agrees(app, told("11002", measure=name))
    assert not any(box.key in (state.MEASURE, state.AREA, state.ROWS, state.COMPARE) for box in app.selectbox)


def test_the_way_back_keeps_what_was_chosen():
    app = support.opened("coverage", profile="12025", type="parenting_shop", age="3-5", measure="choice", reach="5")
    (back,) = links(app, r'<p class="back">.*?</p>')
    query = dict(parse_qsl(urlsplit(back).query))
    assert query == {"type": "parenting_shop", "age": "3-5", "measure": "choice", "reach": "5", "nis": "12025"}
    again = support.opened("coverage", **query)
    assert support.query(again) == query
    assert not again.exception


def test_the_way_back_from_a_larger_area_chooses_no_municipality():
    (back,) = links(support.opened("coverage", profile="10000"), r'<p class="back">.*?</p>')
    assert "nis" not in dict(parse_qsl(urlsplit(back).query))


def test_a_service_leads_to_the_finder():
    app = support.opened("coverage", profile="12025")
    (first, *_) = links(app, r'<ul class="here">.*?</ul>')
    address = urlsplit(first)
    detail = support.opened(**dict(parse_qsl(address.query)))
    assert address.path == "./"
    assert support.sent(detail)["detail"]["title"] == told("12025").services[0].service.name


def test_without_a_record_the_profile_says_that_this_proves_nothing():
    app = support.opened("coverage", profile="12025", type="family_care_centre", lang="en")
    assert not app.exception
    i18n.use_language("en")
    assert "We know of none. That is no proof that there is none." in support.text(app)
    assert set(numbers(app).values()) == {labels.state_name(State.UNKNOWN)}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_profile_speaks_every_language(language):
    app = support.opened("coverage", profile="21000", lang=language)
    i18n.use_language(language)
    agrees(app, told("21000"))
    links_to = links(app, r"<tbody>.*</tbody>")
    assert all((f"lang={language}" in link) is (language != "nl") for link in links_to if "profile=" in link)


def test_an_area_is_found_by_the_largest_that_has_its_code():
    assert "Brussels Hoofdstedelijk Gewest" in support.text(support.opened("coverage", profile="04000"))
    assert told("04000").area.level is AreaLevel.REGION


def test_names_with_markup_stay_text(tmp_path, monkeypatch):
    monkeypatch.setenv("OPVOEDKAART_DIRECTORY", str(hostile.write(tmp_path / "theirs.json")))
    app = support.opened("coverage", profile=TOWN[1], type="parenting_shop")
    assert not app.exception
    markup = support.markup(app)
    for piece in ("<script>", "<img src=x", "<svg onload", "<a href=# onclick"):
        assert piece not in markup
    words = support.text(app)
    for name in ("script", "image", "svg", "template", "markdown"):
        assert support.plain(f"{name} {ATTACKS[name]}") in words or support.plain(
            f"{name} {ATTACKS[name]}"
        ) in unescape(words)
