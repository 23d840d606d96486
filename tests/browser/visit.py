"""What a visitor does in a browser: open, read the list, look at the map."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

from geo.ages import AgeGroup
from geo.directory.service_types import ServiceFunction
from tests.browser.watch import Watch
from ui.finder import state
from words import labels

PATIENCE_MS = 60_000
FRAME = 'iframe[src*="streamlit_folium"]'
PILLS: dict[str, list[str]] = {
    state.AGE: list(AgeGroup),
    state.TYPE: list(labels.FAMILY_TYPES),
    state.FUNCTION: list(ServiceFunction),
    state.ONLY: list(state.ONLY_CRITERIA),
    state.PROFESSIONAL: list(labels.PROFESSIONAL_TYPES),
}
MAP_IS_DRAWN = f"""() => {{
  const map = document.querySelector('{FRAME}')?.contentWindow?.opvoedkaart;
  return map?.drawn > 0 && map.features && (map.view === "everything" || map.view === map.shown?.view?.key);
}}"""
STYLES_ARE_THERE = """() => [...document.styleSheets].every((sheet) =>
  [...sheet.cssRules].every((rule) => !(rule instanceof CSSImportRule) || rule.styleSheet))"""
VIEW = "(({lat, lng}) => [opvoedkaart.map.getZoom(), lat, lng])(opvoedkaart.map.getCenter())"
"""Zoom, latitude and longitude of a map."""
FILLS = """Object.fromEntries(opvoedkaart.layers.municipalities.getLayers().map(({ feature, options }) =>
  [feature.properties.nis, options.fillColor instanceof CanvasPattern ? 'pattern' : options.fillColor]))"""
"""The colour that each municipality is filled with; "pattern" where it is no colour."""
AT_THE_TOP = """(part) => {
  const top = part.getBoundingClientRect().top, main = document.querySelector(".stMain");
  const isAtEnd = main.scrollTop >= main.scrollHeight - main.clientHeight - 2;
  return Math.abs(top) < 4 || (top > 0 && isAtEnd); }"""
SIDEWAYS = """() => Math.max(...['html', 'body', '.stApp', '.stMain', '.stMainBlockContainer'].map((name) => {
  const part = document.querySelector(name);
  return part ? part.scrollWidth - Math.min(part.clientWidth, window.innerWidth) : 0; }))"""


class Visit:
    """One visitor: a page in a browser profile of its own, at one address."""

    def __init__(self, page: Page, address: str, watch: Watch) -> None:
        self.page, self.address, self.watch = page, address, watch

    # --- going somewhere ---------------------------------------------------------------------------------------

    def open(self, **query: str) -> Visit:
        """Open the finder and wait until list and map are there."""
        self.go("", **query)
        expect(self.list).to_be_visible()
        self.page.wait_for_function(MAP_IS_DRAWN)
        return self

    def open_asked(self, **query: str) -> Visit:
        """Open the finder with a place that is not clear; wait until it asks, while the list waits, and for the map."""
        self.go("", **query)
        expect(self.question).to_be_visible()
        self.expect_no_list()
        self.page.wait_for_function(MAP_IS_DRAWN)
        return self

    def go(self, path: str, **query: str) -> Visit:
        """Open a page; wait for its foot, or for the notice that the data cannot be used, and for its styles."""
        self.page.goto(f"{self.address}/{path}" + (f"?{urlencode(query, safe=',')}" if query else ""))
        expect(self.page.locator("footer.foot, .broken").first).to_be_visible()
        self.page.wait_for_function(STYLES_ARE_THERE)
        return self

    def search(self, text: str) -> None:
        """Type a place and press Enter."""
        self.field.fill(text)
        self.field.press("Enter")

    # --- what is on the page -----------------------------------------------------------------------------------

    @property
    def field(self) -> Locator:
        return self.page.locator(".st-key-place input")

    @property
    def list(self) -> Locator:
        return self.page.locator("[data-testid=services]")

    @property
    def cards(self) -> Locator:
        return self.list.locator("[data-id]")

    @property
    def detail(self) -> Locator:
        return self.list.locator(".detail")

    @property
    def question(self) -> Locator:
        """What is asked or said of a place that is not clear."""
        return self.page.locator('.st-key-choices, [data-testid="stAlert"]').first

    def section(self, name: str) -> Locator:
        return self.list.locator(f'[data-section="{name}"]')

    def title_of(self, service_id: str) -> Locator:
        """Return the link on the card of a service."""
        return self.card(service_id).get_by_role("heading").get_by_role("link")

    def card(self, service_id: str) -> Locator:
        return self.list.locator(f'[data-id="{service_id}"]')

    def pill(self, choice: str) -> Locator:
        """Return the pill of an age, a type for families, or another criterion, whatever the language."""
        for key, choices in PILLS.items():
            if choice in choices:
                buttons = self.page.locator(f'.st-key-{key} [data-testid="stButtonGroup"] button')
                return buttons.nth(choices.index(choice))
        raise LookupError(choice)

    def unfold(self) -> None:
        """Open what is folded away below the pills."""
        self.page.locator(".st-key-more-choices button").click()
        self.page.locator(".st-key-unfolded").wait_for()

    def expect_count(self, count: int) -> None:
        """Wait until the list says it holds so many services."""
        expect(self.list).to_have_attribute("data-count", str(count))

    def expect_no_list(self) -> None:
        """Wait until the list is there and holds nothing to read."""
        expect(self.list).to_be_attached()
        expect(self.list.locator("section, li, h2, button")).to_have_count(0)
        expect(self.list).to_have_text("")

    # --- the address -------------------------------------------------------------------------------------------

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.page.url).query))

    def expect_query(self, **parts: str | None) -> None:
        """Wait until the address says so; None means that a name is absent."""
        self.page.wait_for_function(
            """(parts) => { const query = new URLSearchParams(location.search);
            return Object.entries(parts).every(([name, value]) => query.get(name) === value); }""",
            arg=parts,
        )

    # --- the map -----------------------------------------------------------------------------------------------

    @property
    def map(self) -> FrameLocator:
        return self.page.frame_locator(FRAME)

    @property
    def markers(self) -> Locator:
        return self.map.locator(".leaflet-marker-icon.service")

    @property
    def frame(self) -> Frame:
        """The map's frame; waits for it, since it comes after the list."""
        found = self.page.wait_for_selector(FRAME, state="attached").content_frame()
        if found is None:
            raise LookupError("There is no map on this page.")
        return found

    def on_map(self, expression: str, arg: object = None) -> Any:
        """Return what an expression says inside the map's frame, where `opvoedkaart` is the state of map.js."""
        return self.frame.evaluate(f"(arg) => {expression}", arg)

    def expect_on_map(self, condition: str, arg: object = None) -> None:
        """Wait until a condition holds inside the map's frame."""
        self.frame.wait_for_function(f"(arg) => {condition}", arg=arg)

    def move_map(self, lat: float, lon: float, zoom: int) -> None:
        """Look elsewhere on the map."""
        self.on_map(
            "void opvoedkaart.map.setView([arg.lat, arg.lon], arg.zoom, {animate: false})",
            {"lat": lat, "lon": lon, "zoom": zoom},
        )

    def click_on_map(self, at: dict[str, float]) -> None:
        """Press the map at a point of its frame, in pixels."""
        self.page.locator(FRAME).click(position={"x": at["x"], "y": at["y"]})

    def expect_shapes(self) -> None:
        """Wait until the boundaries are on the map."""
        self.expect_on_map("!!opvoedkaart.features")

    def expect_points(self, count: int) -> None:
        """Wait until the map shows so many located places."""
        self.expect_on_map("opvoedkaart.visible === arg && opvoedkaart.drawn > 0", count)

    # --- the layout --------------------------------------------------------------------------------------------

    def expect_at_top(self, part: Locator) -> None:
        """Wait until a part of the page stands at the top of the screen, or as high as the page can go."""
        self.page.wait_for_function(AT_THE_TOP, arg=part.element_handle())

    def sideways(self) -> float:
        """Return by how many pixels the page is wider than the window, counting the part that scrolls."""
        return float(self.page.evaluate(SIDEWAYS))

    def expect_to_fit(self) -> None:
        """Wait until the page, which was given another width, is laid out no wider than that."""
        self.page.wait_for_function(f"({SIDEWAYS})() <= 0")
