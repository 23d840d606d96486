"""Names, addresses and links in the directory stay what they are: text."""

import pytest
from playwright.sync_api import expect

from tests.browser.hostile import ATTACKS
from tests.browser.paper import pages_of
from ui.finder.state import MOST_KEPT

pytestmark = pytest.mark.browser

NAMES = list(ATTACKS)


def test_the_list_shows_them_as_text(visitor, hostile_server):
    visit = visitor(at=hostile_server).open(place="Mechelen")
    visit.list.locator("button.more").click()
    expect(visit.cards).to_have_count(len(NAMES))
    for name in NAMES:
        _shows_as_text(visit.card(name), name)
    _nothing_ran(visit)
    assert visit.sideways() <= 0


def test_the_list_fits_a_phone(visitor, hostile_server):
    visit = visitor(at=hostile_server, width=360).open(place="Mechelen")
    visit.list.locator("button.more").click()
    expect(visit.cards).to_have_count(len(NAMES))
    assert visit.sideways() <= 0


@pytest.mark.parametrize("name", NAMES)
def test_one_service_shows_them_as_text(visitor, hostile_server, name):
    visit = visitor(at=hostile_server, width=360).open(service=name, keep=name)
    expect(visit.detail).to_be_visible()
    _shows_as_text(visit.card(name), name)
    expect(visit.detail.locator("p", has_text=_line(ATTACKS[name])).first).to_be_attached()
    _nothing_ran(visit)
    assert visit.sideways() <= 0


def test_the_map_shows_them_as_text(visitor, hostile_server):
    visit = visitor(at=hostile_server).open(place="Mechelen")
    visit.move_map(51.0259 + 0.016, 4.4776, 14)
    visit.expect_on_map("document.querySelectorAll('.leaflet-marker-icon.service').length === arg", len(NAMES))
    for mark in (marks := visit.map.locator(".leaflet-marker-icon.service")).all():
        mark.dispatch_event("mouseover")
    titles = marks.evaluate_all("(marks) => marks.map((mark) => mark.title)")
    names = [_line(f"{name} {text}") for name, text in ATTACKS.items()]
    assert len(titles) == len(names)
    assert all(any(name.startswith(_line(title).removesuffix("…")) for name in names) for title in titles)
    _nothing_ran(visit)


@pytest.mark.parametrize("few", [NAMES[:MOST_KEPT], NAMES[MOST_KEPT:]], ids=["first", "rest"])
def test_the_sheet_to_print_shows_them_as_text(visitor, hostile_server, few):
    visit = visitor(at=hostile_server).go("", keep=",".join(few), print="1")
    expect(visit.page.locator(".sheet h2")).to_have_count(len(few))
    for heading, name in zip(visit.page.locator(".sheet h2").all(), few, strict=True):
        assert _line(heading.text_content()) == _line(f"{name} {ATTACKS[name]}")
    _nothing_ran(visit)


def test_a_name_without_end_does_not_break_the_sheet(visitor, hostile_server):
    visit = visitor(at=hostile_server, width=360).go("", keep="long,script", print="1")
    expect(visit.page.locator(".sheet h2")).to_have_count(2)
    assert visit.sideways() <= 0
    assert pages_of(visit.page.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_what_is_typed_stays_text(visitor):
    visit = visitor().open()
    visit.search(ATTACKS["image"])
    expect(visit.page.locator('[data-testid="stAlert"]')).to_contain_text(ATTACKS["image"])
    visit.search(ATTACKS["markdown"])
    said = visit.page.locator('.st-key-choices, [data-testid="stAlert"]').filter(has_text=ATTACKS["markdown"][:40])
    expect(said).to_be_visible()
    assert said.locator("a, img, strong, .katex").count() == 0
    _nothing_ran(visit)


def test_a_hostile_link_to_us_stays_text(visitor):
    link = {"place": "<script>window.__pwned=1</script>", "keep": "<img src=x>", "service": '"><b>', "lang": "<i>"}
    visit = visitor().open_asked(**link)
    expect(visit.question).to_contain_text(link["place"])
    expect(visit.field).to_have_value(link["place"])
    _nothing_ran(visit)
    visit.expect_query(lang=None)


def test_links_that_would_run_a_script_stop_the_app_in_words(visitor, refused_server):
    visit = visitor(at=refused_server).go("")
    notice = visit.page.locator(".broken")
    expect(notice.locator("li").first).to_contain_text("javascript:window.__pwned=1")
    expect(notice.locator("li")).to_have_count(2 * len(NAMES))
    assert visit.page.locator('a[href^="javascript"]').count() == 0
    assert visit.list.count() == 0
    _nothing_ran(visit, has_map=False)


def _shows_as_text(card, name):
    link = card.get_by_role("heading").get_by_role("link")
    assert _line(link.text_content()) == _line(f"{name} {ATTACKS[name]}")
    assert _line(card.locator(".alert").text_content()) == _line(ATTACKS[name])
    assert card.locator("script, svg, img:not(.symbol), [onclick], [onerror]").count() == 0
    assert card.locator("a").evaluate_all("(links) => links.every((a) => /^(https?|tel|mailto):$/.test(a.protocol))")


def _nothing_ran(visit, *, has_map=True):
    assert visit.page.evaluate("window.__pwned") is None
    if has_map:
        for frame in visit.page.frames:
            assert frame.evaluate("window.__pwned") is None


def _line(text):
    return " ".join(text.split())
