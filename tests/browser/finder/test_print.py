"""The sheet of paper: one page whatever is kept, in every language, without a map."""

import pytest
from playwright.sync_api import expect

from geo.directory.service import Status
from tests.app.support import data
from tests.browser.paper import pages_of
from ui.finder import cards, state
from words import i18n

pytestmark = pytest.mark.browser


def _longest():
    """Return the services that say most about themselves, as many as can be kept."""
    found = [service for service in data().directory.services if service.status is Status.ACTIVE]
    said = {service.id: sum(len(str(part)) for part in cards.card_words(service, {}).values()) for service in found}
    hours = {service.id: sum(len(cards.hours_text(line)) + 20 for line in service.schedules) for service in found}
    return sorted(said, key=lambda key: (-said[key] - hours[key], key))[: state.MOST_KEPT]


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_even_the_longest_selection_fits_one_page(visitor, language):
    kept = _longest()
    visit = visitor().go("", keep=",".join(kept), print="1", lang=language)
    expect(visit.page.locator(".sheet h2")).to_have_count(state.MOST_KEPT)
    expect(visit.page.locator("html")).to_have_attribute("lang", language)
    code = visit.page.locator(".sheet .link img")
    expect(code).to_be_visible()
    expect(visit.page.locator(".sheet .link")).to_contain_text(f"{visit.address}/?keep={','.join(kept)}")
    assert visit.page.locator("iframe").count() == 0
    assert visit.watch.tiles == []
    assert pages_of(visit.page.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_paper_shows_the_sheet_alone(visitor):
    visit = visitor(scheme="dark").go("", keep=data().directory.services[0].id, print="1")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".sheet")).to_be_visible()
    for furniture in (".top", ".foot", ".sheet-buttons"):
        expect(visit.page.locator(furniture)).to_be_hidden()
    ink, paper = visit.page.locator(".sheet p").first.evaluate(
        "(line) => [getComputedStyle(line).color, getComputedStyle(line.closest('.sheet')).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(17, 17, 17)", "rgb(255, 255, 255)")


def test_the_button_prints(visitor):
    visit = visitor().go("", keep=data().directory.services[0].id, print="1")
    visit.page.evaluate("window.print = () => { window.printed = true; }")
    visit.page.locator("[data-print]").click()
    visit.page.wait_for_function("window.printed === true")


def test_an_empty_sheet_says_how_to_fill_it(visitor):
    visit = visitor().go("", print="1")
    expect(visit.page.locator(".sheet p")).to_be_visible()
    assert visit.page.locator(".sheet img").count() == 0
    visit.page.locator(".sheet-buttons a").click()
    expect(visit.list).to_be_visible()


def test_only_a_plain_wish_for_paper_gives_paper(visitor):
    visit = visitor().open(print="0", keep=data().directory.services[0].id)
    expect(visit.page.locator(".sheet")).to_have_count(0)
    expect(visit.page.locator(".st-key-kept li")).to_have_count(1)
    visit.expect_query(print=None)
