"""The list: its sections, what is kept, and where the reader stands after every step."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from geo.finder.hints import SIGHT_M
from geo.opening import state_at as opening_state
from tests.app.support import NOW, ambiguous, answer, data
from ui.finder import sections, state
from words import labels, services

pytestmark = pytest.mark.browser

ORDER = ["here", "near", "around", "lines", "far", "professionals"]
BUSY = "Gent"


def test_the_sections_stand_in_order_and_hold_what_belongs_there(visitor):
    found = answer(BUSY)
    visit = visitor().open(place=BUSY)
    shown = visit.list.locator("[data-section]").evaluate_all("(parts) => parts.map((part) => part.dataset.section)")
    assert shown == [name for name in ORDER if name in shown]
    assert {"here", "near", "far"} <= set(shown)
    far = found.proximity.distance_m > SIGHT_M
    rows = {service.id: row for row, service in enumerate(data().directory.services)}
    visit.section("far").locator("button.more").click()
    expect(visit.section("far").locator("[data-id]")).to_have_count(sections.ROWS_PER_STEP)
    for name, is_far in (("near", False), ("far", True)):
        ids = visit.section(name).locator("[data-id]").evaluate_all("(cards) => cards.map((card) => card.dataset.id)")
        assert ids
        assert {bool(far[rows[key]]) for key in ids} == {is_far}


def test_what_is_far_waits_behind_a_button_and_opens_at_its_first_card(visitor):
    visit = visitor().open(place=BUSY)
    far = visit.section("far")
    expect(far.locator("[data-id]")).to_have_count(0)
    others = visit.section("near").locator("[data-id]").count()
    far.locator("button.more").click()
    expect(far.locator("[data-id]")).to_have_count(sections.ROWS_PER_STEP)
    expect(far.locator("[data-id]").first.get_by_role("heading").get_by_role("link")).to_be_focused()
    expect(visit.section("near").locator("[data-id]")).to_have_count(others)


def test_where_little_is_near_the_first_that_are_far_are_shown(visitor):
    kind, town = next(
        (kind, town.name_nl)
        for kind in labels.FAMILY_TYPES
        for town in data().municipalities.by_nis.values()
        if _has_far(found := answer(town.name_nl, types=frozenset({kind}))) and found.hints.is_little
    )
    visit = visitor().open(place=town, type=kind)
    expect(visit.section("far").locator("[data-id]")).to_have_count(sections.FAR_ROWS_WHEN_LITTLE)
    expect(visit.section("far").locator("button.more")).to_be_visible()


def _has_far(found):
    beyond = found.proximity.distance_m[found.only_nearby_rows] > SIGHT_M
    return int(beyond.sum()) > sections.FAR_ROWS_WHEN_LITTLE


def test_the_list_waits_until_the_place_is_clear(visitor):
    visit = visitor().open()
    expect(visit.list.get_by_role("heading", level=2)).to_have_text("Alle hulp in Vlaanderen en Brussel")
    expect(visit.cards).to_have_count(sections.FIRST_ROWS["all"])
    for text in (ambiguous(), "qqqqqqq"):
        visit.search(text)
        expect(visit.question).to_be_visible()
        visit.expect_no_list()
        expect(visit.page.locator(".unplaced")).to_have_text("")
    visit.search(BUSY)
    expect(visit.section("here")).to_be_visible()


def test_what_has_no_mark_is_counted_below_the_map(visitor):
    def unmarked(town):
        return sum(hit.distance_m is None for hit in answer(town.name_nl).around_place)

    town = max(data().municipalities.by_nis.values(), key=unmarked)
    visit = visitor().open(place=town.name_nl)
    note = visit.page.locator(".unplaced")
    expect(note).to_be_visible()
    assert int(re.match(r"\d+", note.text_content())[0]) >= unmarked(town) > 0
    frame = visit.page.locator("iframe").bounding_box()
    assert note.bounding_box()["y"] >= frame["y"] + frame["height"]
    visit.title_of(visit.cards.first.get_attribute("data-id")).click()
    expect(visit.detail).to_be_visible()
    expect(note).to_have_text("")


def test_rough_distances_are_whole_kilometres(visitor):
    town, hit = next(
        (town.name_nl, hit)
        for town in data().municipalities.by_nis.values()
        for found in [answer(town.name_nl)]
        for hit in found.hits(found.only_nearby_rows[: sections.FIRST_ROWS["near"]])
        if hit.distance_is_approximate and hit.distance_m < SIGHT_M
    )
    visit = visitor().open(place=town)
    said = visit.card(hit.service.id).locator(".distance")
    expect(said).to_have_text(re.compile(rf"^± {round(hit.distance_m / 1000)}\skm$"))


def test_hours_of_an_old_source_are_not_told_as_sure(visitor):
    """The moment does not matter: what an old source says stays old, be it open or closed now."""
    service = next(service for service in data().directory.services if _is_stale_all_year(service))
    visit = visitor().open(service=service.id)
    said = visit.detail.locator(".state")
    expect(said).to_have_class("state stale")
    assert said.evaluate("(said) => getComputedStyle(said, '::before').content") == '"~"'
    plain = visit.detail.locator(".ages").evaluate("(said) => getComputedStyle(said).color")
    expect(said).to_have_css("color", plain)


def _is_stale_all_year(service):
    moments = (NOW + dt.timedelta(days=day, hours=day % 24) for day in range(400))
    return all(
        services.opening_text(service, opening_state(service.schedules, now=at), at)[0] == "stale" for at in moments
    )


# --- what is kept ------------------------------------------------------------------------------------------------


def test_a_full_list_takes_no_more_until_something_leaves_it(visitor):
    found = answer(BUSY)
    kept = [hit.service.id for hit in found.hits(found.rows[-state.MOST_KEPT + 1 :])]
    visit = visitor().open(place=BUSY, keep=",".join(kept))
    ids = visit.cards.evaluate_all("(cards) => cards.map((card) => card.dataset.id)")
    one, other = [key for key in ids if key not in kept][:2]
    keep, refused = (visit.card(key).locator("button.keep") for key in (one, other))
    expect(refused).to_be_enabled()
    keep.click()
    expect(refused).to_be_disabled()
    expect(refused).to_have_attribute("title", re.compile(r"\w"))
    expect(keep).to_be_enabled()
    visit.expect_query(keep=",".join([*kept, one]))
    expect(visit.page.locator(".st-key-kept li")).to_have_count(state.MOST_KEPT)
    keep.click()
    expect(refused).to_be_enabled()
    visit.expect_query(keep=",".join(kept))


def test_a_link_keeps_no_more_than_fits(visitor):
    ids = [service.id for service in data().directory.services[: state.MOST_KEPT + 2]]
    visit = visitor().open(keep=",".join(ids))
    expect(visit.page.locator(".st-key-kept li")).to_have_count(state.MOST_KEPT)
    visit.expect_query(keep=",".join(ids[: state.MOST_KEPT]))


# --- where the reader stands --------------------------------------------------------------------------------------


def test_on_a_phone_a_service_opens_at_the_top_and_closes_where_it_was(visitor):
    visit = visitor(width=360).open(place=BUSY)
    fourth = visit.section("here").locator("[data-id]").nth(3).get_attribute("data-id")
    visit.title_of(fourth).click()
    expect(visit.detail).to_be_visible()
    visit.expect_at_top(visit.detail)
    visit.detail.locator("button.back").click()
    expect(visit.detail).to_have_count(0)
    expect(visit.title_of(fourth)).to_be_focused()
    expect(visit.title_of(fourth)).to_be_in_viewport()


def test_on_a_phone_a_link_to_a_service_opens_at_the_top(visitor):
    service = answer(BUSY).serving[0].service
    visit = visitor(width=360).open(place=BUSY, service=service.id)
    expect(visit.detail.get_by_role("heading", level=2)).to_have_text(service.name)
    visit.expect_shapes()
    visit.expect_at_top(visit.detail)


def test_the_map_has_its_title_from_the_first_view_on(visitor):
    visit = visitor().open(place="8900")
    expect(visit.page.locator('iframe[src*="streamlit_folium"]')).to_have_attribute(
        "title", "Kaart met hulp bij het opvoeden"
    )
    expect(visit.page.locator(".unplaced")).not_to_be_empty()
