"""Coming and going: near me, links, languages, the browser's own buttons, phone, dark."""

import pytest
from playwright.sync_api import expect

from geo.ages import AgeGroup
from geo.directory import ServiceType
from geo.finder import ServiceFilter, search
from tests.app.support import NOW, answer, data
from words import i18n

pytestmark = pytest.mark.browser

MARKET = {"latitude": 51.0259, "longitude": 4.4776}  # Grote Markt, Mechelen


def test_near_me_finds_what_is_near_and_tells_nobody_where(visitor):
    visit = visitor(geolocation=MARKET, permissions=["geolocation"]).open()
    visit.page.locator("button.near").click()
    here = data().gazetteer.position(MARKET["longitude"], MARKET["latitude"]).place
    expected = search(data(), here, ServiceFilter(), now=NOW)
    expect(visit.list).to_have_class("services placed")
    visit.expect_count(expected.total)
    assert expected.place.nis_code == "12025"
    assert "51" not in visit.page.url.removeprefix(visit.address)
    assert "4.4" not in visit.page.url
    assert visit.page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])").count("51.02") == 0


def test_near_me_refused_says_what_to_do_instead(visitor):
    visit = visitor().open()
    visit.page.locator("button.near").click()
    expect(visit.page.locator('[data-testid="stAlert"]')).to_be_visible()
    expect(visit.page.locator("button.near")).to_be_enabled()
    visit.search("Geel")
    visit.expect_count(answer("Geel").total)
    expect(visit.page.locator('[data-testid="stAlert"]')).to_have_count(0)


def test_a_list_that_streamlit_mounts_anew_leaves_the_page_alive(visitor):
    """Two lists that each watch the page and know another line would write over each other without end."""
    visit = visitor().open(place="Mechelen")
    said = visit.page.evaluate("""async () => {
      const loaded = (name) => import(performance.getEntriesByType("resource").find((e) => name.test(e.name)).name);
      const [{ list }, kit] = await Promise.all([loaded(/finder.js/), loaded(/kit.js/)]);
      const map = document.querySelector('iframe[src*="streamlit_folium"]').contentWindow.opvoedkaart.shown;
      for (const unplaced of ["one", "another"]) {
        const data = { lang: "nl", map, counts: {}, unplaced, shards: [] };
        await list({ data, parentElement: document.createElement("div"), setTriggerValue() {} }, kit).catch(() => {});
      }
      document.querySelector(".stMain").append(document.createElement("i"));
      await new Promise((resolve) => setTimeout(resolve, 50));
      return document.querySelector(".unplaced").textContent;
    }""")
    assert said == "another"


def test_near_me_far_away_says_so(visitor):
    visit = visitor(geolocation={"latitude": 48.85, "longitude": 2.35}, permissions=["geolocation"]).open()
    visit.page.locator("button.near").click()
    expect(visit.page.locator('[data-testid="stAlert"]')).to_be_visible()
    visit.expect_count(answer().total)


def test_a_link_restores_everything(visitor):
    types = frozenset({ServiceType.PARENTING_SHOP, ServiceType.HOUSE_OF_THE_CHILD})
    found = answer("Kortrijk", ages=frozenset({AgeGroup.PREGNANT}), types=types)
    one, two = (hit.service for hit in found.hits(found.rows[:2]))
    link = {
        "place": "Kortrijk",
        "type": "house_of_the_child,parenting_shop",
        "age": "pregnant",
        "keep": f"{one.id},{two.id}",
        "lang": "fr",
    }
    visit = visitor().open(**link, service=two.id)
    expect(visit.detail.get_by_role("heading", level=2)).to_have_text(two.name)
    expect(visit.field).to_have_value("Kortrijk")
    expect(visit.page.locator("html")).to_have_attribute("lang", "fr")
    expect(visit.page).to_have_title(f"{two.name} · Opvoedkaart")
    for choice in (AgeGroup.PREGNANT, ServiceType.PARENTING_SHOP, ServiceType.HOUSE_OF_THE_CHILD):
        expect(visit.pill(choice)).to_have_attribute("aria-pressed", "true")
    expect(visit.pill(AgeGroup.FROM_0_TO_2)).to_have_attribute("aria-pressed", "false")
    expect(visit.page.locator(".st-key-kept li")).to_have_text([one.name, two.name])
    visit.expect_query(**link, service=two.id)
    visit.detail.locator("button.back").click()
    visit.expect_count(found.total)


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_another_language_keeps_the_search(visitor, language):
    start = "en" if language == "nl" else "nl"
    visit = visitor().open(place="Gent", age="3-5", lang=start)
    count = visit.list.get_attribute("data-count")
    visit.page.locator(f'.languages a[data-lang="{language}"]').click()
    visit.expect_query(place="Gent", age="3-5", lang=None if language == i18n.DEFAULT_LANGUAGE else language)
    expect(visit.page.locator("html")).to_have_attribute("lang", language)
    expect(visit.page.locator('.languages [aria-current="true"]')).to_have_text(i18n.LANGUAGES[language])
    expect(visit.list).to_have_attribute("data-count", count)
    expect(visit.pill(AgeGroup.FROM_3_TO_5)).to_have_attribute("aria-pressed", "true")
    name = "Gand" if language == "fr" else "Gent"
    expect(visit.page).to_have_title(f"{name} · Opvoedkaart")
    visit.expect_on_map("document.documentElement.lang === arg", language)


def test_the_browsers_back_button_goes_back(visitor):
    visit = visitor().open(place="Mechelen")
    first = visit.cards.first.get_attribute("data-id")
    visit.cards.first.get_by_role("heading").get_by_role("link").click()
    visit.expect_query(service=first, place="Mechelen")
    expect(visit.detail).to_be_visible()
    visit.page.go_back()
    visit.expect_query(service=None, place="Mechelen")
    expect(visit.detail).to_have_count(0)
    visit.expect_count(answer("Mechelen").total)


def test_more_shows_more_and_keeps_the_reader_there(visitor):
    visit = visitor().open(place="Mechelen")
    section = visit.list.locator('[data-section="near"]')
    before = section.locator("[data-id]").count()
    section.locator("button.more").click()
    expect(section.locator("[data-id]").nth(before)).to_be_attached()
    expect(section.locator("[data-id]").nth(before).get_by_role("heading").get_by_role("link")).to_be_focused()


def test_another_spelling_offers_the_places_that_are_meant(visitor):
    visit = visitor().open()
    visit.search("qqqqq")
    expect(visit.page.locator('[data-testid="stAlert"]')).to_contain_text("qqqqq")
    visit.search("Beveren")
    choice = visit.page.locator(".st-key-choices button").first
    name = choice.inner_text()
    choice.click()
    expect(visit.list).to_have_class("services placed")
    expect(visit.field).not_to_have_value("Beveren")
    assert name


def test_dark_is_dark_everywhere(visitor):
    visit = visitor(scheme="dark").open(place="Mechelen")
    visit.expect_on_map("document.documentElement.dataset.theme === 'dark'")
    shades = visit.page.evaluate(
        """() => ['.stApp', '.card', '.st-key-place input'].map((name) => {
            const shade = getComputedStyle(document.querySelector(name)).color.match(/[0-9.]+/g).map(Number);
            return (shade[0] + shade[1] + shade[2]) / 3; })"""
    )
    assert min(shades) > 150, "light letters on a dark dataset"


PHONE_STATES = {
    "first": {},
    "place": {"place": "Mechelen"},
    "brussels": {"place": "1000", "lang": "fr"},
    "many choices": {"place": "Gent", "type": "house_of_the_child,parenting_shop", "age": "pregnant,0-2,3-5"},
    "nothing": {"place": "Herstappe", "type": "family_care_centre", "free": "1", "walkin": "1", "open": "1"},
}


@pytest.mark.parametrize("link", PHONE_STATES.values(), ids=PHONE_STATES)
def test_a_phone_never_scrolls_sideways(visitor, link):
    visit = visitor(width=360).open(**link)
    assert visit.sideways() <= 0


@pytest.mark.parametrize("path", ["about", "?print=1"])
def test_other_pages_fit_a_phone(visitor, path):
    visit = visitor(width=360).go(path)
    expect(visit.page.locator(".about, .sheet")).to_be_visible()
    assert visit.sideways() <= 0


@pytest.mark.parametrize("styles_come", [True, False])
def test_nothing_bare_is_shown_before_the_styles_unless_they_stay_away(visitor, styles_come):
    visit, held = visitor(width=360), []
    visit.page.add_init_script(STOP_THE_WAITING)
    visit.page.route("**/static/page/style.css*", lambda route: held.insert(0, route))
    visit.page.goto(visit.address)
    expect(visit.page.locator("footer.foot")).to_be_attached()
    visit.page.wait_for_function("window.waiting.length > 0")
    expect(visit.page.locator("footer.foot")).to_be_hidden()
    if styles_come:
        held[0].continue_()
    else:
        visit.page.evaluate("() => { window.isOver = true; window.waiting.forEach((each) => each.finish()); }")
    expect(visit.page.locator("footer.foot")).to_be_visible()


STOP_THE_WAITING = """window.waiting = [];
document.addEventListener("animationstart", (event) => {
  if (event.animationName !== "styles-come" || window.isOver) return;
  const found = event.target.getAnimations().filter((each) => each.animationName === "styles-come");
  found.forEach((each) => each.pause());
  window.waiting.push(...found); })"""
