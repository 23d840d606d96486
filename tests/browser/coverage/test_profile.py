"""From the table to the profile of an area, from there to a service and back, in any size and language."""

import pytest
from playwright.sync_api import expect

from geo.coverage.profile import profile_of
from tests.app.coverage.test_coverage import asked, dataset
from tests.browser.coverage_visit import of
from tests.browser.hostile import ATTACKS, TOWN
from ui.coverage import headline, state

pytestmark = pytest.mark.browser

GENT = "44021"
LINK = {"type": "play_and_encounter", "age": "0-2,3-5", "measure": "nearest", "area": "40000", "sort": "-children"}
NUMBERS = ".profile .beside tbody tr"


def test_from_the_table_to_a_profile_to_a_service_and_back_again(visitor):
    coverage = of(visitor()).open(**LINK, nis=GENT, find="gen")
    before = coverage.visit.query
    coverage.row(GENT).get_by_role("link").click()
    expect(coverage.profile).to_be_visible()
    expect(coverage.page).to_have_title("Gent · Opvoedkaart")
    expect(coverage.profile.get_by_role("heading", level=1)).to_have_text("Gent")
    coverage.visit.expect_query(profile=GENT, type="play_and_encounter", age="0-2,3-5", measure="nearest", area=None)
    assert coverage.page.locator("iframe").count() == 0

    first = coverage.profile.locator(".here a").first
    name = first.inner_text()
    first.click()
    expect(coverage.visit.detail.get_by_role("heading", level=2)).to_have_text(name)
    coverage.page.go_back()
    expect(coverage.profile).to_be_visible()
    coverage.page.go_back()
    expect(coverage.table).to_be_visible()
    assert coverage.visit.query == before
    coverage.expect_chosen(GENT)
    expect(coverage.field).to_have_value("gen")

    coverage.row(GENT).get_by_role("link").click()
    coverage.profile.locator(".back a").click()
    expect(coverage.table).to_be_visible()
    coverage.expect_chosen(GENT)
    coverage.visit.expect_query(profile=None, type="play_and_encounter", age="0-2,3-5", measure="nearest", nis=GENT)


def test_choices_and_language_change_the_profile_and_stay_in_the_address(visitor):
    coverage = of(visitor()).open_profile("12025")
    lead = coverage.profile.locator(".lead p").first
    expect(lead).to_have_text(headline.headline_sentences(asked(area="12025"))[0])
    coverage.choose(state.REACH, 0)
    coverage.visit.expect_query(reach="1.2", profile="12025")
    expect(lead).to_have_text(headline.headline_sentences(asked(area="12025", reach_m=1_200.0))[0])
    coverage.unfold()
    coverage.page.locator(f".st-key-{state.LEADS} label").first.click()
    coverage.visit.expect_query(confidence="high,low,medium")
    coverage.page.locator("a[data-lang=fr]").click()
    expect(coverage.page.locator("html")).to_have_attribute("lang", "fr")
    expect(coverage.profile.get_by_role("heading", level=1)).to_have_text("Malines")
    coverage.visit.expect_query(reach="1.2", profile="12025", confidence="high,low,medium", lang="fr")


def test_larger_areas_list_their_municipalities_and_lead_to_them(visitor):
    code = "partnership:huis-van-het-kind-genk"
    coverage = of(visitor()).open_profile(code)
    report = asked()
    profile = profile_of(dataset().areas.by_code(code), report.request,
                         lambda request, today: asked(measure=request.measure), report.today)  # fmt: skip
    expect(coverage.page.locator(NUMBERS)).to_have_count(len(profile.numbers))
    members = coverage.profile.locator("section table:not(.beside) tbody a")
    expect(members).to_have_count(len(profile.area.nis_codes))
    name = members.last.inner_text()
    members.last.click()
    expect(coverage.profile.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.parametrize(("code", "scheme"), [("73028", "dark"), ("30000", "light")])
def test_a_profile_fits_a_phone(visitor, code, scheme):
    coverage = of(visitor(width=360, scheme=scheme)).open_profile(code)
    assert coverage.visit.sideways() <= 0
    wide = coverage.profile.locator(".wide").first
    wide.focus()
    coverage.page.keyboard.press("End")
    strips = coverage.page.locator(".profile .strip")
    assert strips.evaluate_all(
        """(all) => all.every((strip) => { const box = strip.getBoundingClientRect();
        return [...strip.querySelectorAll('i')].every((mark) => { const own = mark.getBoundingClientRect();
          return own.left >= box.left - 10 && own.right <= box.right + 10; }); })"""
    ), "no mark leaves its strip"


def test_names_with_markup_stay_text(visitor, hostile_server):
    coverage = of(visitor(at=hostile_server, width=360)).open_profile(
        TOWN[1], type="parenting_shop", measure="fragility"
    )
    listed = coverage.profile.locator(".here a").all_text_contents()
    assert sorted(_line(name) for name in listed) == sorted(_line(f"{name} {text}") for name, text in ATTACKS.items())
    assert (
        coverage.profile.locator("script, svg, img:not([src^='app/static/icons/']), [onclick], [onerror]").count() == 0
    )
    assert coverage.page.evaluate("window.__pwned") is None
    assert coverage.visit.sideways() <= 0
    links = coverage.profile.locator("a").evaluate_all("(all) => all.map((a) => new URL(a.href).origin)")
    assert set(links) == {coverage.visit.address}


def _line(text):
    return " ".join(text.split())
