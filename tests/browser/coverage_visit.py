"""What a visitor does on the coverage page: choose, read the table, look at the maps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Frame, Locator, WebSocket, expect

from geo.coverage import CoverageRequest
from tests.browser.visit import FILLS, FRAME, VIEW, Visit
from ui.coverage import state

MAPS_ARE_DRAWN = f"""(count) => {{
  const maps = [...document.querySelectorAll('{FRAME}')].map((frame) => frame.contentWindow?.opvoedkaart);
  return maps.length === count && maps.every((map) => map?.drawn > 0 && map.features && map.doors !== undefined);
}}"""
ROWS = """() => [...document.querySelectorAll('.cover-table tbody tr[data-code]')].map((row) => ({
  code: row.dataset.code,
  chosen: row.classList.contains('chosen'),
  cells: [...row.cells].map((cell) => (cell.querySelector('button, span') ?? cell).textContent.replace(/\\s+/g, ' ')),
  bounds: row.querySelector('small')?.textContent.replace(/\\s+/g, ' ') ?? '',
}))"""
SPOT = """(nis) => { const { map, features } = opvoedkaart;
  const { properties } = features.municipalities.find((f) => f.properties.nis === nis);
  const at = map.latLngToContainerPoint([properties.label[1], properties.label[0]]);
  return { x: at.x, y: at.y, isInside: map.getSize().contains(at) && at.x > 0 && at.y > 0 }; }"""


class CoverageVisit:
    """One visitor on the coverage page."""

    def __init__(self, visit: Visit, *, is_counted: bool) -> None:
        self.visit, self.page, self.watch = visit, visit.page, visit.watch
        self.received: list[int] = []
        self.asked: list[str] = []
        if is_counted:
            self.page.on("websocket", self._listen)
            self.page.on("request", lambda request: self.asked.append(request.url))

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda said: self.received.append(len(said)))

    # --- going somewhere ---------------------------------------------------------------------------------------

    def open(self, *, maps: int = 1, **query: str) -> CoverageVisit:
        """Open the table and the maps, and wait until they are there."""
        self.visit.go("coverage", **query)
        expect(self.table).to_be_visible()
        self.expect_maps(maps)
        return self

    def open_profile(self, code: str, **query: str) -> CoverageVisit:
        """Open the profile of an area."""
        self.visit.go("coverage", profile=code, **query)
        self.expect_profile()
        return self

    def expect_profile(self) -> None:
        """Wait until a profile is there, and dressed."""
        expect(self.profile).to_be_visible()
        expect(self.profile.locator(".strip").first).to_have_css("position", "relative")

    # --- what is on the page -----------------------------------------------------------------------------------

    @property
    def table(self) -> Locator:
        return self.page.locator("[data-testid=coverage]")

    @property
    def region(self) -> Locator:
        """The part of the page in which the table scrolls."""
        return self.table.locator(".scroll")

    @property
    def field(self) -> Locator:
        return self.table.locator("input[type=search]")

    @property
    def profile(self) -> Locator:
        return self.page.locator(".profile")

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the table as they stand: code, chosen or not, the words of the cells, and the bounds."""
        return list(self.page.evaluate(ROWS))

    @property
    def codes(self) -> list[str]:
        return [row["code"] for row in self.rows]

    def row(self, code: str) -> Locator:
        return self.table.locator(f'tr[data-code="{code}"]')

    def name(self, code: str) -> Locator:
        """Return the button with the name of an area."""
        return self.row(code).get_by_role("button")

    def heading(self, column: str) -> Locator:
        """Return the button that sorts by a column."""
        return self.table.locator(f'button[data-column="{column}"]')

    def column(self, name: str) -> list[str]:
        """Return the words of a column, as the rows stand."""
        return list(self.told(name)[name].values())

    def told(self, *names: str) -> dict[str, dict[str, str]]:
        """Return the words of columns by the code of the row, as the rows stand."""
        heads = self.table.locator("thead button").evaluate_all("(all) => all.map((each) => each.dataset.column)")
        rows = self.rows
        return {name: {row["code"]: row["cells"][heads.index(name)] for row in rows} for name in names}

    def headline(self, panel: int = 0) -> list[str]:
        """Return the sentences above a map."""
        return list(self.page.locator(f'.cover-head[data-panel="{panel}"] p').all_inner_texts())

    def legend(self, panel: int = 0) -> Locator:
        return self.page.locator(f'.cover-legend[data-panel="{panel}"] li')

    # --- choosing ----------------------------------------------------------------------------------------------

    def choose(self, key: str, option: int) -> None:
        """Choose an option of a list by its place in it."""
        self.page.locator(f".st-key-{key} input").first.click()
        self.page.get_by_role("option").nth(option).click()

    def add(self, key: str, name: str) -> None:
        """Choose one more option of a list that takes several."""
        self.page.locator(f".st-key-{key} input").first.click()
        self.page.get_by_role("option", name=name, exact=True).click()
        self.page.keyboard.press("Escape")

    def unfold(self) -> None:
        """Open the choices that are folded away."""
        self.page.locator(".st-key-coverage-more button").first.click()
        expect(self.page.locator(f".st-key-{state.LEADS} input")).to_be_attached()

    def fold(self) -> None:
        """Close them again."""
        self.page.keyboard.press("Escape")

    def expect_request(self, request: CoverageRequest) -> None:
        """Wait until the table answers a request, and the address says it."""
        expect(self.table).to_have_attribute("data-key", repr(sorted(request.to_query().items())))
        self.visit.expect_query(**request.to_query())

    def expect_chosen(self, code: str | None) -> None:
        """Wait until a municipality is chosen in the table and in the address, and no other."""
        expect(self.table.locator("tr.chosen")).to_have_count(1 if code else 0)
        if code:
            expect(self.name(code)).to_have_attribute("aria-pressed", "true")
        self.visit.expect_query(nis=code)

    # --- the maps ----------------------------------------------------------------------------------------------

    def expect_maps(self, count: int) -> None:
        """Wait until so many maps are there, drawn, with their marks."""
        self.page.wait_for_function(MAPS_ARE_DRAWN, arg=count)

    def frame(self, panel: int = 0) -> Frame:
        found = self.page.locator(FRAME).nth(panel).element_handle().content_frame()
        if found is None:
            raise LookupError("There is no such map on this page.")
        return found

    def on_map(self, expression: str, arg: object = None, *, panel: int = 0) -> Any:
        """Return what an expression says inside a frame, where `opvoedkaart.cover` is what is shown."""
        return self.frame(panel).evaluate(f"(arg) => {expression}", arg)

    def classes(self, panel: int = 0) -> dict[str, int]:
        """Return the class of each municipality on a map, as it is drawn."""
        said = self.on_map("[opvoedkaart.cover.codes, [...opvoedkaart.cover.classes]]", panel=panel)
        return dict(zip(*said, strict=True))

    def fills(self, panel: int = 0) -> dict[str, str]:
        """Return the colour that each municipality is filled with; "pattern" where it is no colour."""
        return dict(self.on_map(FILLS, panel=panel))

    def expect_on_map(self, condition: str, arg: object = None, *, panel: int = 0) -> None:
        self.frame(panel).wait_for_function(f"(arg) => {condition}", arg=arg)

    def click_on_map(self, code: str, panel: int = 0) -> None:
        """Press the name of a municipality on a map."""
        at = self.frame(panel).evaluate(SPOT, code)
        self.page.locator(FRAME).nth(panel).click(position={"x": at["x"], "y": at["y"]})

    def view(self, panel: int = 0) -> list[float]:
        """Return zoom, latitude and longitude of a map."""
        return list(self.on_map(VIEW, panel=panel))

    # --- what it costs -----------------------------------------------------------------------------------------

    def during(self, change: Callable[[], object]) -> tuple[int, list[str]]:
        """Return how many bytes came over the socket while something was done, and what was asked of the server."""
        self.received.clear()
        self.asked.clear()
        change()
        return sum(self.received), [url for url in self.asked if url.startswith(self.visit.address)]


def of(visit: Visit, *, is_counted: bool = False) -> CoverageVisit:
    """Return a visitor as one of the coverage page; what it costs is counted when asked for."""
    return CoverageVisit(visit, is_counted=is_counted)
