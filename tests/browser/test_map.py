"""The map and the list answer to each other, and the map stays where the reader left it."""

import pytest
from playwright.sync_api import expect

from geo.models import AgeGroup, ServiceType
from tests.app.support import answer, data, points
from tests.browser.visit import FRAME

pytestmark = pytest.mark.browser

ALONE = """(() => { const rows = [];
  opvoedkaart.layers.services.eachLayer((mark) => { const element = mark.getElement();
    const box = element.getBoundingClientRect();
    const inside = box.left > 60 && box.top > 10 && box.right < innerWidth - 10 && box.bottom < innerHeight - 40;
    if (mark.row !== undefined && inside) rows.push(mark.row); });
  return rows; })()"""
BESIDE_MECHELEN = """(() => { for (const feature of opvoedkaart.features.municipalities) {
    const [lon, lat] = feature.properties.label;
    if (feature.properties.nis === "12025" || !opvoedkaart.map.getBounds().pad(-0.1).contains([lat, lon])) continue;
    const at = opvoedkaart.map.latLngToContainerPoint([lat, lon]);
    if (document.elementFromPoint(at.x, at.y)?.matches("path.municipality"))
      return { x: at.x, y: at.y, nis: feature.properties.nis };
  }
  return null; })()"""
MARK = "(() => { let found = null; opvoedkaart.layers.services.eachLayer((mark) => { if (mark.row === arg) found = mark; }); return found; })()"


@pytest.fixture
def mechelen(visitor):
    """Mechelen, all its cards opened, with a service that has both a card and a mark of its own."""
    visit = visitor().open(place="Mechelen")
    visit.expect_count(answer("Mechelen").total)
    rows = visit.on_map(ALONE)
    cards = {int(card.get_attribute("data-row")) for card in visit.cards.all()}
    row = next(row for row in rows if row in cards)
    return visit, row, data().directory.services[row]


def test_a_card_lights_its_mark_by_mouse_and_by_keyboard(mechelen):
    visit, row, service = mechelen
    lit = f"{MARK}.getElement().classList.contains('glance')"
    visit.card(service.id).hover()
    visit.expect_on_map(lit, row)
    visit.page.locator(".intro").hover()
    visit.expect_on_map(f"!{lit}", row)
    visit.card(service.id).get_by_role("heading").get_by_role("link").focus()
    visit.expect_on_map(lit, row)


def test_a_mark_lights_its_card(mechelen):
    visit, row, service = mechelen
    visit.page.locator(FRAME).scroll_into_view_if_needed()
    _mark(visit, row).hover()
    expect(visit.card(service.id)).to_have_class("card sure glance")


def test_a_click_on_a_mark_opens_its_service(mechelen):
    visit, row, service = mechelen
    _mark(visit, row).click()
    visit.expect_query(service=service.id, place="Mechelen")
    expect(visit.detail.get_by_role("heading", level=2)).to_have_text(service.name)
    visit.expect_on_map(f"{MARK}.getElement().classList.contains('chosen')", row)


def test_enter_on_a_mark_opens_its_service(mechelen):
    visit, row, service = mechelen
    mark = _mark(visit, row)
    mark.focus()
    mark.press("Enter")
    visit.expect_query(service=service.id)
    expect(visit.detail).to_be_visible()


def _mark(visit, row):
    visit.on_map(f"{MARK}.getElement().setAttribute('data-tested', arg)", row)
    return visit.map.locator(f'[data-tested="{row}"]')


def test_a_click_on_a_municipality_searches_it(visitor):
    visit = visitor().open(place="Mechelen")
    visit.on_map("opvoedkaart.map.setView([51.0, 4.5], 11, {animate: false})")
    spot = visit.on_map(BESIDE_MECHELEN)
    visit.page.locator(FRAME).click(position={"x": spot["x"], "y": spot["y"]})
    town = data().municipalities.by_nis[spot["nis"]]
    visit.expect_query(place=town.name_nl)
    visit.expect_count(answer(town.name_nl).total)
    expect(visit.field).to_have_value(town.name_nl)
    visit.expect_on_map("opvoedkaart.shown.nis === arg", spot["nis"])


def test_filters_never_move_reload_or_replace_the_map(visitor):
    visit = visitor().open(place="Mechelen")
    visit.on_map("{ window.leftByTheReader = true; opvoedkaart.map.setView([50.9, 4.2], 11, {animate: false}); }")
    before = visit.on_map("[opvoedkaart.map.getZoom(), opvoedkaart.map.getCenter()]")
    page = visit.page

    visit.pill(AgeGroup.FROM_3_TO_5).click()
    visit.expect_points(points(answer("Mechelen", ages=frozenset({AgeGroup.FROM_3_TO_5}))))
    visit.pill(AgeGroup.FROM_3_TO_5).click()
    visit.expect_points(points(answer("Mechelen")))
    shops = frozenset({ServiceType.PARENTING_SHOP})
    visit.pill(ServiceType.PARENTING_SHOP).click()
    visit.expect_points(points(answer("Mechelen", types=shops)))
    page.locator('[data-testid="stExpander"] summary').click()
    page.locator(".st-key-address label").click()
    visit.expect_query(address="1")
    visit.expect_points(points(answer("Mechelen", types=shops, with_address=True)))
    visit.expect_count(answer("Mechelen", types=shops, with_address=True).total)

    assert visit.on_map("window.leftByTheReader") is True
    assert visit.on_map("[opvoedkaart.map.getZoom(), opvoedkaart.map.getCenter()]") == before


def test_the_same_names_and_shapes_stand_on_the_map_without_tiles(tileless):
    visit = tileless
    names = visit.map.locator(".label .name")
    expect(names.filter(has_text="Mechelen").first).to_be_attached()
    assert visit.on_map("document.querySelectorAll('path.municipality').length") == 304
    assert visit.map.locator(".leaflet-tile").count() == 0
    assert visit.watch.tiles == []


def test_a_service_without_a_door_shows_its_area(visitor):
    found = answer("Mechelen")
    service = next(
        hit.service
        for hit in found.serving
        if not any(at.is_located for at in hit.service.locations)
        and {area.nis_code for area in hit.service.service_areas} == {"12025"}
    )
    visit = visitor().open(place="Mechelen", service=service.id)
    expect(visit.detail).to_be_visible()
    assert visit.on_map("opvoedkaart.shown.areas") == ["12025"]
    opacity = (
        "opvoedkaart.layers.municipalities.getLayers().find((l) => l.feature.properties.nis === arg).options.fillOpacity"
    )
    assert visit.on_map(opacity, "12025") > visit.on_map(opacity, "11002")


def test_a_cluster_opens_by_a_click(visitor):
    visit = visitor().open()
    zoom = visit.on_map("opvoedkaart.map.getZoom()")
    visit.map.locator(".leaflet-marker-icon.cluster").first.click(force=True)
    visit.expect_on_map("opvoedkaart.map.getZoom() > arg", zoom)
    visit.expect_query(service=None)
