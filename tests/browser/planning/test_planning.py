"""A planner on the planning page: asks, reads the proposal, keeps, refuses, moves, looks before and after, shares."""

import pytest
from playwright.sync_api import expect

from tests.app.planning.test_planning import DEFAULT, book, given, planned
from tests.browser.plan_visit import FORBID, KEEP, MOVE, of
from tests.browser.visit import MAP_IS_DRAWN
from ui.planning import sentences, state
from words import i18n

pytestmark = pytest.mark.browser

LONG = {"type": "house_of_the_child", "age": "0-2", "objective": "lscp", "sites": "3"}
"""All of Flanders and Brussels: a search of many seconds."""
OWN = ("page/planning.js", "map_frame/sites.js", "page/networks.js", "page/scenarios.js")


@pytest.fixture(autouse=True)
def dutch():
    i18n.use_language("nl")
    yield
    i18n.use_language("nl")


def same(lines, wanted):
    return [" ".join(line.split()) for line in lines] == [" ".join(line.split()) for line in wanted]


def test_from_a_proposal_to_a_plan_of_ones_own_and_back(visitor):
    planner = of(visitor()).open(**DEFAULT)
    best = planned()
    first, second, third = planner.ids
    assert planner.ids == [place.id for place in best.places]
    assert same(planner.headline[:1], sentences.headline_sentences(best)[:1])
    assert planner.numbers_in_sight == ["1", "2", "3"]
    expect(planner.undo).to_be_disabled()

    planner.button(second, KEEP).click()
    expect(planner.button(second, KEEP)).to_have_attribute("aria-pressed", "true")
    planner.visit.expect_query(kept=second)
    expect(planner.page.frame_locator("iframe").locator(".proposal.kept")).to_have_text("2")

    planner.button(first, FORBID).click()
    expect(planner.place(first)).to_have_count(0)
    planner.visit.expect_query(kept=second, forbidden=first)
    expect(planner.places).to_have_count(3)
    refused = planner.ids
    assert refused == [
        place.id for place in planned(kept=frozenset({second}), forbidden=frozenset({first})).places
    ]  # fmt: skip

    planner.type_place(third, "Diksmuide")
    expect(planner.place(third)).to_have_count(0)
    expect(planner.places).to_have_count(3)
    mine = given(planner.ids, kept=frozenset({second}), forbidden=frozenset({first}))
    loss = sentences.loss_sentence(mine, planned(kept=frozenset({second}), forbidden=frozenset({first})))
    assert same(planner.headline[-1:], [loss])

    for kept, forbidden in ((second, first), (second, None), (None, None)):
        planner.undo.click()
        planner.visit.expect_query(kept=kept, forbidden=forbidden, at=None)
    expect(planner.undo).to_be_disabled()
    expect(planner.place(first)).to_be_visible()
    assert planner.ids == [first, second, third]


def test_a_mark_that_is_dragged_tells_the_loss_and_the_map_stays(visitor):
    planner = of(visitor()).open(**DEFAULT)
    view, there = planner.view, planner.ids
    classes = planner.classes
    planner.drag(1, -60, 70)
    expect(planner.place(there[0])).to_have_count(0)
    mine = planner.ids
    assert mine[1:] == there[1:]
    assert book().candidate(mine[0]).lon < book().candidate(there[0]).lon
    assert book().candidate(mine[0]).lat < book().candidate(there[0]).lat
    assert same(planner.headline[-1:], [sentences.loss_sentence(given(mine), planned())])
    planner.visit.expect_on_map("[...opvoedkaart.cover.classes].join() !== arg", ",".join(map(str, classes)))
    assert planner.view == view
    planner.page.locator(".st-key-plan-back button").click()
    expect(planner.place(there[0])).to_be_visible()
    planner.visit.expect_on_map("[...opvoedkaart.cover.classes].join() === arg", ",".join(map(str, classes)))
    planner.undo.click()
    expect(planner.place(mine[0])).to_be_visible()

    link = planner.visit.query
    other = of(visitor())
    other.open(**link)
    assert other.ids == mine
    assert other.classes == planner.classes
    assert same(other.headline[:1], planner.headline[:1])
    assert same(other.headline[-1:], planner.headline[-1:])
    assert other.visit.query == link


def test_before_and_after_change_the_colours_and_nothing_else(visitor):
    planner = of(visitor()).open(**DEFAULT)
    after, view = planner.classes, planner.view
    planner.shown(1).click()
    planner.expect_marks(0)
    before = planner.classes
    assert before != after
    assert len(before) == len(after)
    assert planner.view == view
    expect(planner.marks).to_have_count(0)
    planner.shown(0).click()
    planner.expect_marks(3)
    assert planner.classes == after


def test_a_keyboard_is_enough_to_keep_and_to_move(visitor):
    planner = of(visitor()).open(**DEFAULT)
    first, second, _ = planner.ids
    keep = planner.button(first, KEEP)
    keep.focus()
    planner.page.keyboard.press("Enter")
    planner.visit.expect_query(kept=first)
    expect(keep).to_have_attribute("aria-pressed", "true")
    expect(planner.place(first).locator(":focus")).to_have_count(1)  # the reader is where he was
    move = planner.button(second, MOVE)
    move.focus()
    planner.page.keyboard.press("Space")
    expect(planner.field(second)).to_be_focused()
    planner.page.keyboard.type("qqqqqqq")
    planner.page.keyboard.press("Enter")
    expect(planner.place(second).get_by_role("alert")).to_be_visible()
    planner.visit.expect_query(at=None)
    planner.field(second).fill("Diksmuide")
    planner.page.keyboard.press("Enter")
    expect(planner.place(second)).to_have_count(0)
    expect(planner.places).to_have_count(3)
    assert planner.visit.query["at"].split(",")[0] == first


def test_a_long_search_tells_how_far_it_is_and_stops(visitor):
    planner = of(visitor())
    planner.visit.go("planning", **LONG)
    expect(planner.stop).to_be_visible()
    expect(planner.page.get_by_role("progressbar")).to_be_visible()
    planner.stop.click()
    expect(planner.again).to_be_visible()
    expect(planner.page.locator('[data-testid="stAlert"]')).to_contain_text("Gestopt.")
    expect(planner.stop).to_have_count(0)
    planner.again.click()
    expect(planner.stop).to_be_visible()
    planner.stop.click()
    expect(planner.again).to_be_visible()
    planner.choose(state.OBJECTIVE, 3)
    expect(planner.plan).to_be_visible()
    planner.visit.expect_query(objective="p_center")


def test_two_visitors_at_once_do_not_share_choices(visitor):
    one, two = of(visitor()).open(**DEFAULT), of(visitor()).open(**DEFAULT)
    first = one.ids[0]
    one.button(first, FORBID).click()
    expect(one.place(first)).to_have_count(0)
    two.shown(1).click()
    two.expect_marks(0)
    assert first in two.ids
    assert "forbidden" not in two.visit.query
    expect(two.undo).to_be_disabled()


def test_finder_and_coverage_load_nothing_of_planning(visitor):
    visit = visitor()
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open(place="Mechelen")
    visit.go("coverage")
    expect(visit.page.locator("[data-testid=coverage]")).to_be_visible()
    visit.page.wait_for_function(MAP_IS_DRAWN.split("&& (map.view")[0] + "; }")
    assert any("page/coverage.js" in url for url in asked)
    assert [url for url in asked if any(name in url for name in OWN)] == []


def test_a_gap_leads_here_with_the_same_choices(visitor):
    visit = visitor()
    visit.go("coverage", type="parenting_shop", age="3-5", reach="5", area="30000")
    link = visit.page.locator('a[href*="planning?"]').first
    expect(link).to_be_visible()
    link.click()
    planner = of(visit)
    expect(planner.plan).to_be_visible()
    visit.expect_query(type="parenting_shop", age="3-5", reach="5", area="30000")


@pytest.mark.parametrize("query", [{}, {"lang": "fr", "objective": "p_median"}])
def test_nothing_scrolls_sideways_on_a_phone(visitor, query):
    planner = of(visitor(width=360, scheme="dark")).open(**{**DEFAULT, **query})
    assert planner.visit.sideways() <= 0
    planner.button(planner.ids[0], MOVE).click()
    expect(planner.field(planner.ids[0])).to_be_focused()
    assert planner.visit.sideways() <= 0
    planner.unfold()
    assert planner.visit.sideways() <= 0
    assert planner.numbers_in_sight == ["1", "2", "3"]
