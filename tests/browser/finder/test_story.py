"""The first visit of a parent, from an empty field to paper; tests/app/test_story.py tells it without a browser."""

import re

import pytest
from playwright.sync_api import expect

from geo.ages import AgeGroup
from geo.directory import ServiceType
from tests.app.support import answer, points
from tests.browser.paper import pages_of

pytestmark = pytest.mark.browser

SHOPS = frozenset({ServiceType.PARENTING_SHOP})
TODDLERS = frozenset({AgeGroup.FROM_0_TO_2})


@pytest.mark.parametrize("width", [1280, 360])
def test_a_parent_searches_chooses_reads_keeps_and_prints(visitor, width):
    visit = visitor(width=width).open()
    everything = answer()
    visit.expect_count(everything.total)
    visit.expect_points(points(everything))

    visit.search("Mechelen")
    here = answer("Mechelen")
    visit.expect_count(here.total)
    visit.expect_query(place="Mechelen")
    expect(visit.cards.first).to_have_attribute("data-id", here.serving[0].service.id)

    visit.pill(AgeGroup.FROM_0_TO_2).click()
    young = answer("Mechelen", ages=TODDLERS)
    visit.expect_count(young.total)
    visit.expect_points(points(young))

    visit.pill(ServiceType.PARENTING_SHOP).click()
    shops = answer("Mechelen", ages=TODDLERS, types=SHOPS)
    visit.expect_count(shops.total)
    visit.expect_points(points(shops))
    visit.expect_query(place="Mechelen", age="0-2", type="parenting_shop")

    first, second = (hit.service for hit in shops.hits(shops.rows[:2]))
    visit.card(first.id).get_by_role("heading").get_by_role("link").click()
    expect(visit.detail.get_by_role("heading", level=2)).to_have_text(first.name)
    visit.expect_query(service=first.id)
    visit.detail.locator("button.back").click()
    expect(visit.detail).to_have_count(0)
    visit.expect_query(service=None, place="Mechelen")

    for service in (first, second):
        visit.card(service.id).locator("button.keep").click()
        expect(visit.card(service.id).locator("button.keep")).to_have_attribute("aria-pressed", "true")
    visit.expect_query(keep=f"{first.id},{second.id}")

    tiles = len(visit.watch.tiles)
    visit.page.locator("a.print").click()
    sheet = visit.page.locator(".sheet")
    expect(sheet.get_by_role("heading", level=2)).to_have_text([first.name, second.name])
    _is_paper(visit, sheet)
    assert len(visit.watch.tiles) == tiles
    assert visit.sideways() <= 0


def _is_paper(visit, sheet):
    """The sheet stands without a map, shows its code, and fills one page."""
    assert visit.page.locator("iframe").count() == 0
    code = sheet.locator(".link img")
    expect(code).to_be_visible()
    assert code.evaluate("(image) => image.complete && image.naturalWidth > 50")
    assert re.match(r"data:image/svg", code.get_attribute("src"))
    assert pages_of(visit.page.pdf(format="A4", prefer_css_page_size=True)) == 1
