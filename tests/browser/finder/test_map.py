"""The map and the list answer to each other, and the map stays where the reader left it."""

import functools
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from geo.ages import AgeGroup
from geo.directory import ServiceType
from tests.app.support import answer, data, points
from tests.browser.visit import FRAME

pytestmark = pytest.mark.browser

BESIDE = """((nis) => { const { map, features } = opvoedkaart;
  for (const { properties } of features.municipalities) {
    const [lon, lat] = properties.label;
    if (properties.nis === nis || !map.getBounds().pad(-0.1).contains([lat, lon])) continue;
    const at = map.latLngToContainerPoint([lat, lon]);
    if (document.elementFromPoint(at.x, at.y)?.matches("canvas")) return { x: at.x, y: at.y, nis: properties.nis };
  }
  return null; })(arg)"""
"""A point of the frame where nothing covers the name of another municipality than this one."""
SHADE = """(([lon, lat]) => { const { map } = opvoedkaart;
  const canvas = document.querySelector("canvas.leaflet-zoom-animated"), shades = canvas.getContext("2d");
  const box = canvas.getBoundingClientRect();
  const at = map.latLngToContainerPoint([lat, lon]);
  const scale = canvas.width / box.width;
  return [...shades.getImageData((at.x - box.x) * scale, (at.y - box.y) * scale, 1, 1).data]; })(arg)"""
"""Red, green, blue and cover of the dataset under a point of the map."""
LIT = re.compile(r"\bglance\b")


ALONE_M = 1500
"""A service this far from every other has a mark of its own once the map shows one municipality."""


@functools.cache
def somewhere():
    """Return a town and a service with a door in it, far from others, that is among the first of its list."""
    directory = data().directory
    for town in data().municipalities.by_nis.values():
        for hit in answer(town.name_nl).nearby[:1]:
            at = hit.location
            away = np.hypot(directory.loc_x - at.x, directory.loc_y - at.y)
            is_one = len(hit.service.locations) == 1 and hit.service.confidence != "low"
            if is_one and at.nis_code == town.nis_code and (away < ALONE_M).sum() == 1:
                return town.name_nl, hit.service
    raise LookupError("No service stands alone.")


@pytest.fixture
def lonely(visitor):
    """A visit to a town with a service that has both a card and a mark of its own."""
    town, service = somewhere()
    visit = visitor().open(place=town)
    expect(visit.card(service.id)).to_be_attached()
    mark = visit.map.locator(f'.leaflet-marker-icon.service[title="{service.name}"]')
    expect(mark).to_be_visible()
    return visit, service, mark


def test_a_card_lights_its_mark_by_mouse_and_by_keyboard(lonely):
    visit, service, mark = lonely
    visit.card(service.id).hover()
    expect(mark).to_have_class(LIT)
    visit.page.locator(".intro").hover()
    expect(mark).not_to_have_class(LIT)
    visit.card(service.id).get_by_role("heading").get_by_role("link").focus()
    expect(mark).to_have_class(LIT)


def test_a_mark_lights_its_card(lonely):
    visit, service, mark = lonely
    mark.hover()
    expect(visit.card(service.id)).to_have_class(LIT)


def test_a_click_on_a_mark_opens_its_service(lonely):
    visit, service, mark = lonely
    place = visit.query["place"]
    mark.click()
    visit.expect_query(service=service.id, place=place)
    expect(visit.detail.get_by_role("heading", level=2)).to_have_text(service.name)
    expect(visit.map.locator(".leaflet-marker-icon.chosen")).to_have_attribute("title", service.name)


def test_enter_on_a_mark_opens_its_service(lonely):
    visit, service, mark = lonely
    mark.focus()
    mark.press("Enter")
    visit.expect_query(service=service.id)
    expect(visit.detail).to_be_visible()


def test_a_click_on_the_map_leaves_the_page_where_it_is(visitor):
    visit = visitor().open(place="Mechelen")
    before = visit.page.locator(FRAME).bounding_box()
    visit.page.mouse.move(before["x"] + 200, before["y"] + 200)
    visit.page.mouse.down()
    assert visit.page.locator(FRAME).bounding_box() == before
    visit.page.mouse.up()


def test_a_click_on_a_municipality_searches_it(visitor):
    visit = visitor().open(place="Mechelen")
    visit.expect_shapes()
    visit.move_map(51.0, 4.5, 11)
    spot = visit.on_map(BESIDE, "12025")
    visit.click_on_map(spot)
    town = data().municipalities.by_nis[spot["nis"]]
    visit.expect_query(place=town.name_nl)
    visit.expect_count(answer(town.name_nl).total)
    expect(visit.field).to_have_value(town.name_nl)
    visit.expect_on_map("opvoedkaart.shown.nis === arg", spot["nis"])


def test_filters_never_move_reload_or_replace_the_map(visitor):
    visit = visitor().open(place="Mechelen")
    visit.on_map("{ window.leftByTheReader = true; opvoedkaart.map.setView([50.9, 4.2], 11, {animate: false}); }")
    before = visit.on_map("[opvoedkaart.map.getZoom(), opvoedkaart.map.getCenter()]")

    visit.pill(AgeGroup.FROM_3_TO_5).click()
    visit.expect_points(points(answer("Mechelen", ages=frozenset({AgeGroup.FROM_3_TO_5}))))
    visit.pill(AgeGroup.FROM_3_TO_5).click()
    visit.expect_points(points(answer("Mechelen")))
    shops = frozenset({ServiceType.PARENTING_SHOP})
    visit.pill(ServiceType.PARENTING_SHOP).click()
    visit.expect_points(points(answer("Mechelen", types=shops)))
    visit.unfold()
    visit.pill("with_address").click()
    visit.expect_query(address="1")
    visit.expect_points(points(answer("Mechelen", types=shops, with_address=True)))
    visit.expect_count(answer("Mechelen", types=shops, with_address=True).total)

    assert visit.on_map("window.leftByTheReader") is True
    assert visit.on_map("[opvoedkaart.map.getZoom(), opvoedkaart.map.getCenter()]") == before


def test_the_same_names_and_shapes_stand_on_the_map_without_tiles(tileless):
    visit = tileless
    visit.expect_shapes()
    names = visit.map.locator(".label .name")
    expect(names.filter(has_text="Mechelen").first).to_be_attached()
    assert visit.on_map("opvoedkaart.layers.municipalities.getLayers().length") == len(data().municipalities.by_nis)
    assert visit.on_map("opvoedkaart.layers.provinces.getLayers().length") == 6
    assert visit.on_map("document.querySelectorAll('path').length") == 0, "one picture, not an element for each shape"
    town = data().municipalities.by_nis["12025"]
    assert visit.on_map(SHADE, [town.lon, town.lat])[3] > 0, "the chosen municipality is drawn"
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
    visit.expect_shapes()
    assert visit.on_map("opvoedkaart.shown.areas") == ["12025"]
    town = "opvoedkaart.layers.municipalities.getLayers().find((layer) => layer.feature.properties.nis === arg)"
    opacity = f"{town}.options.fillOpacity"
    assert visit.on_map(opacity, "12025") > visit.on_map(opacity, "11002")


def test_a_cluster_opens_by_a_click(visitor):
    visit = visitor().open()
    zoom = visit.on_map("opvoedkaart.map.getZoom()")
    visit.map.locator(".leaflet-marker-icon.cluster").first.click(force=True)
    visit.expect_on_map("opvoedkaart.map.getZoom() > arg", zoom)
    visit.expect_query(service=None)


@functools.cache
def same_spot():
    """Return longitude, latitude and the services of the spot shared by several that is farthest from any other."""
    spots: dict[tuple[float, float], list] = {}
    for row, at in zip(data().directory.loc_service, data().directory.locations, strict=True):
        spots.setdefault((round(at.lon, 5), round(at.lat, 5)), []).append((at, data().directory.services[row]))
    shown = set(np.flatnonzero(answer().mask))
    rows = {service.id: row for row, service in enumerate(data().directory.services)}
    shared = {
        spot: here
        for spot, here in spots.items()
        if len({service.id for _, service in here}) > 1 and all(rows[service.id] in shown for _, service in here)
    }
    spot = max(shared, key=lambda spot: _away(shared[spot]))
    return spot, [service for _, service in shared[spot]]


def _away(here):
    directory, at = data().directory, here[0][0]
    away = np.hypot(directory.loc_x - at.x, directory.loc_y - at.y)
    return np.sort(away)[len(here)]


AT_SPOT = """([...opvoedkaart.marks.values()].find((mark) => {
  const { lat, lng } = mark.getLatLng();
  return mark.getElement().matches(".cluster") && Math.hypot(lng - arg[0], lat - arg[1]) < 1e-4; }))"""
"""The cluster that stands on a spot, not merely near it."""


def test_services_on_one_spot_are_listed_at_every_zoom(visitor):
    (lon, lat), services = same_spot()
    visit = visitor().open()
    listed = visit.map.locator(".leaflet-popup .stack button")
    for zoom in (12, 15, 18):
        visit.move_map(lat, lon, zoom)
        visit.expect_on_map(f"!!{AT_SPOT}", [lon, lat])
        _press_spot(visit, lon, lat)
        expect(listed).to_have_count(len(services))
        assert sorted(listed.all_text_contents()) == sorted(service.name for service in services)
        assert visit.on_map("opvoedkaart.map.getZoom()") == zoom
    listed.first.click()
    chosen = next(service for service in services if service.name == listed.first.text_content())
    visit.expect_query(service=chosen.id)
    expect(visit.detail.get_by_role("heading", level=2)).to_have_text(chosen.name)


def test_a_list_on_a_spot_closes_and_opens_again(visitor):
    (lon, lat), services = same_spot()
    visit = visitor().open()
    listed = visit.map.locator(".leaflet-popup .stack button")
    visit.move_map(lat, lon, 15)
    visit.expect_on_map(f"!!{AT_SPOT}", [lon, lat])
    for _ in range(2):
        _press_spot(visit, lon, lat)
        expect(listed).to_have_count(len(services))
        visit.map.locator(".leaflet-popup-close-button").click()
        expect(listed).to_have_count(0)


def _press_spot(visit, lon, lat):
    """Press the cluster on a spot and wait until its list is open, not merely fading away."""
    visit.click_on_map(visit.on_map("opvoedkaart.map.latLngToContainerPoint([arg[1], arg[0]])", [lon, lat]))
    expect(visit.map.locator(".leaflet-popup")).to_have_count(1)
    expect(visit.map.locator(".leaflet-popup")).to_have_css("opacity", "1")
