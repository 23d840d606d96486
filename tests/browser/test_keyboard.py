"""Everything works without a mouse, and everything is large enough for a thumb."""

import pytest
from playwright.sync_api import expect

from geo.ages import AgeGroup
from tests.app.support import answer, data

pytestmark = pytest.mark.browser

MOST_TABS = 60
SMALLEST_PX = 24


def test_a_whole_search_with_the_keyboard_alone(visitor):
    visit = visitor().open()
    keys = visit.page.keyboard
    _tab_to(visit, ".st-key-place input")
    keys.type("Gent")
    keys.press("Enter")
    visit.expect_count(answer("Gent").total)

    _tab_to(visit, ".st-key-age button")
    keys.press("Space")
    visit.expect_count(answer("Gent", ages=frozenset({AgeGroup.PREGNANT})).total)
    expect(visit.pill(AgeGroup.PREGNANT)).to_have_attribute("aria-pressed", "true")

    _tab_to(visit, "[data-testid=services] .card a")
    first = visit.cards.first.get_attribute("data-id")
    keys.press("Enter")
    visit.expect_query(service=first)
    expect(visit.detail).to_be_focused()

    _tab_to(visit, ".detail button.back")
    keys.press("Enter")
    expect(visit.detail).to_have_count(0)
    visit.expect_query(service=None)
    expect(visit.card(first).get_by_role("heading").get_by_role("link")).to_be_focused()


def test_keeping_with_the_keyboard_stays_on_the_button(visitor):
    visit = visitor().open(place="Gent")
    _tab_to(visit, "[data-testid=services] button.keep")
    visit.page.keyboard.press("Enter")
    first = visit.cards.first.locator("button.keep")
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(first).to_be_focused()


def test_the_marks_on_the_map_can_be_reached(visitor):
    visit = visitor().open(place="Gent")
    visit.map.locator(".leaflet-container").focus()
    for _ in range(MOST_TABS):
        visit.page.keyboard.press("Tab")
        if visit.on_map("document.activeElement?.matches('.leaflet-marker-icon')"):
            break
    else:
        pytest.fail("no mark took the focus")
    assert visit.on_map(FOCUS_IS_SEEN)
    assert visit.on_map(NAMELESS) == []


NAMELESS = """[...document.querySelectorAll('.leaflet-marker-icon[tabindex]')]
  .filter((mark) => !(mark.alt || mark.getAttribute('aria-label'))).map((mark) => mark.outerHTML.slice(0, 120))"""
"""Marks that can be reached and do not say what they are; the number in a cluster says too little."""
FOCUS_IS_SEEN = """(() => {
  const seen = (part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  };
  const part = document.activeElement;
  return seen(part) || seen(part.parentElement) || seen(part.closest('[data-baseweb], label, div')); })()"""


def _tab_to(visit, selector):
    """Press Tab until an element has the focus; on the way and there, the focus can be seen."""
    for _ in range(MOST_TABS):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("(selector) => !!document.activeElement?.matches(selector)", selector):
            assert visit.page.evaluate(f"() => {FOCUS_IS_SEEN}"), f"the focus on {selector} cannot be seen"
            return
    pytest.fail(f"{selector} cannot be reached with Tab")


TO_PRESS = (
    ".top a, .foot a, .services a, .services button, .near, .stButtonGroup button, .st-key-place input, "
    ".legend summary, .st-key-kept a, .st-key-kept button, .leaflet-marker-icon.leaflet-interactive, "
    ".leaflet-control-zoom a, .stack button"
)
SMALL = """([selector, size]) => [...document.querySelectorAll(selector)]
  .filter((part) => part.getClientRects().length)
  .map((part) => [part.getBoundingClientRect(), part])
  .filter(([box]) => box.width < size || box.height < size)
  .map(([box, part]) => `${part.className} ${part.textContent.slice(0, 30)}: ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("width", [1280, 360])
def test_everything_to_press_is_large_enough(visitor, width):
    kept = data().directory.services[0].id
    visit = visitor(width=width).open(place="Gent", keep=kept)
    assert visit.page.evaluate(SMALL, [TO_PRESS, SMALLEST_PX]) == []
    assert visit.frame.evaluate(SMALL, [TO_PRESS, SMALLEST_PX]) == []


def test_everything_to_press_in_a_service_is_large_enough(visitor):
    visit = visitor(width=360).open(service=answer("Gent").nearby[0].service.id)
    expect(visit.detail).to_be_visible()
    assert visit.page.evaluate(SMALL, [TO_PRESS, SMALLEST_PX]) == []
