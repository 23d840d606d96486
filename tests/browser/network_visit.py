"""What a visitor does in the tab of networks: asks, reads the list, looks at the map, takes files along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.coverage_visit import SPOT
from tests.browser.visit import FILLS, FRAME, VIEW, Visit

TAB = "networks"
LIST = """() => [...document.querySelectorAll('.networks [data-at]')].map((row) => ({
  number: row.querySelector('.sign').textContent,
  colour: row.querySelector('.sign').style.backgroundColor,
  members: row.querySelector('button > span:last-child').textContent,
  lines: [...row.querySelectorAll(':scope > p')].map((line) => line.textContent.replace(/\\s+/g, ' ')),
  services: [...row.querySelectorAll('details a')].map((link) => new URL(link.href).searchParams.get('service')),
}))"""
SEATS = """(() => { const found = []; opvoedkaart.map.eachLayer((layer) => {
  if (layer instanceof L.Marker && layer.options.icon.options.className.startsWith('proposal')) {
    const { lat, lng } = layer.getLatLng(); found.push([Number(layer.getElement().textContent), lat, lng]); } });
  return found.sort(([a], [b]) => a - b); })()"""
IS_IN_SIGHT = """(() => { const codes = new Set(arg); const bounds = opvoedkaart.map.getBounds();
  return opvoedkaart.features.municipalities.filter((each) => codes.has(each.properties.nis))
    .every((each) => bounds.contains(L.geoJSON(each).getBounds())); })()"""
SHOWS = f"""(groups) => {{
  const map = document.querySelector('.st-key-networks-map {FRAME}')?.contentWindow?.opvoedkaart;
  return map?.networks && map.doors !== undefined && (!groups || JSON.stringify(map.cover.groups) === groups); }}"""


class NetworkVisit:
    """One visitor in the tab of networks."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page

    # --- going somewhere ---------------------------------------------------------------------------------------

    def go(self, **query: str) -> NetworkVisit:
        """Open the tab, and wait for no answer."""
        self.visit.go("planning", tab=TAB, **query)
        return self

    def open(self, **query: str) -> NetworkVisit:
        """Open the tab, and wait until the networks and their map are there."""
        self.go(**query)
        expect(self.list).to_be_visible()
        self.expect_groups("")
        return self

    # --- what is on the page -----------------------------------------------------------------------------------

    @property
    def list(self) -> Locator:
        return self.page.locator("[data-testid=networks]")

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The networks as they stand: number, colour, members, lines, and the ids of services."""
        return list(self.page.evaluate(LIST))

    @property
    def headline(self) -> list[str]:
        return list(self.page.locator(".st-key-networks-head .cover-head p").all_inner_texts())

    @property
    def stop(self) -> Locator:
        return self.page.locator(".st-key-networks-stop button")

    @property
    def again(self) -> Locator:
        return self.page.locator(".st-key-networks-again button")

    @property
    def progress(self) -> Locator:
        return self.page.locator(".st-key-networks-progress").get_by_role("progressbar")

    def name(self, at: int) -> Locator:
        """Return the button of a network in the list."""
        return self.list.locator(f'[data-at="{at}"] > button')

    def left(self, code: str) -> Locator:
        return self.list.locator(f'[data-left="{code}"]')

    # --- changing ----------------------------------------------------------------------------------------------

    def type_number(self, key: str, value: str) -> None:
        """Type a number in a field, and press Enter."""
        field = self.page.locator(f".st-key-{key} input")
        field.fill(value)
        field.press("Enter")

    def choose(self, key: str, name: str) -> None:
        """Choose an option of a list by typing its words."""
        self.page.locator(f".st-key-{key} input").first.fill(name)
        self.page.get_by_role("option", name=name, exact=True).click()
        self.page.keyboard.press("Escape")

    def toggle(self, key: str) -> None:
        """Turn a switch over."""
        self.page.locator(f".st-key-{key} label").first.click()

    def unfold(self) -> None:
        """Open everything that is folded away in the list."""
        while (folded := self.list.locator("details:not([open]) > summary")).count():
            folded.first.click()

    def open_save(self) -> None:
        """Open what keeps the networks as a scenario."""
        self.page.locator(".st-key-networks-save button").first.click()
        expect(self.page.locator(".st-key-networks-save-name input")).to_be_visible()

    def taken(self, key: str, folder: Path) -> Path:
        """Press a button that gives a file, and return the file."""
        with self.page.expect_download() as caught:
            self.page.locator(f".st-key-{key} button").click()
        path = folder / caught.value.suggested_filename
        caught.value.save_as(path)
        return path

    # --- the map -----------------------------------------------------------------------------------------------

    @property
    def fills(self) -> dict[str, str]:
        return dict(self.visit.on_map(FILLS))

    @property
    def seats(self) -> list[list[float]]:
        """Number, latitude and longitude of each seat on the map."""
        return list(self.visit.on_map(SEATS))

    @property
    def view(self) -> list[float]:
        return list(self.visit.on_map(VIEW))

    def seat(self, number: int) -> Locator:
        return self.visit.map.locator(".proposal").get_by_text(str(number), exact=True)

    def click_on_map(self, code: str) -> None:
        """Press the name of a municipality on the map."""
        self.page.locator(FRAME).scroll_into_view_if_needed()
        self.visit.click_on_map(self.visit.frame.evaluate(SPOT, code))

    def zoom_in(self) -> None:
        self.visit.map.locator(".leaflet-control-zoom-in").click()

    def expect_in_sight(self, codes: tuple[str, ...]) -> None:
        """Wait until these municipalities are wholly inside the frame of the map."""
        self.visit.expect_on_map(IS_IN_SIGHT, list(codes))

    def expect_groups(self, groups: str) -> None:
        """Wait until the map shows these networks, JSON; empty: any."""
        self.page.wait_for_function(SHOWS, arg=groups)

    def expect_chosen(self, at: int, code: str | None) -> None:
        """Wait until a network is chosen in the list, on the map and in the address; -1: none is."""
        expect(self.list.locator(".chosen[data-at]")).to_have_count(1 if at >= 0 else 0)
        expect(self.list.locator('button[aria-pressed="true"]')).to_have_count(1 if at >= 0 else 0)
        if at >= 0:
            expect(self.name(at)).to_have_attribute("aria-pressed", "true")
        self.visit.expect_on_map("opvoedkaart.networks.chosen === arg", at)
        self.visit.expect_query(nis=code)


def of(visit: Visit) -> NetworkVisit:
    """Return a visitor as one of the tab of networks."""
    return NetworkVisit(visit)
