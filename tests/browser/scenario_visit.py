"""What a visitor does in the tab of scenarios: gives files, reads what they say, looks at two maps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Frame, FrameLocator, Locator, expect

from tests.browser.visit import FRAME, VIEW, Visit

MAPS_SHOW = f"""(marks) => {{
  const frames = [...document.querySelectorAll('[class*="st-key-scenario-panel"] {FRAME}')];
  const maps = frames.map((frame) => frame.contentWindow?.opvoedkaart);
  const isDrawn = (map, i) => map?.drawn > 0 && map.features && map.doors !== undefined && map.proposals === marks[i];
  return maps.length === marks.length && maps.every(isDrawn); }}"""
IN_STEP = f"""(before) => {{
  const frames = [...document.querySelectorAll('[class*="st-key-scenario-panel"] {FRAME}')];
  const [one, other] = frames.map(({{ contentWindow: {{ opvoedkaart }} }}) => {VIEW});
  return one.every((value, at) => Math.abs(value - other[at]) < 1e-9) && one.join() !== before?.join() && one; }}"""
FIELD = """(letter) => {
  const all = [...document.querySelectorAll(`.st-key-scenario-side-${letter} [class*="st-key-scenario-file-"]`)];
  return all.length === 1 ? all[0].className.match(/st-key-\\S+/)[0] : null; }"""
"""The key of the field of a side; null while an old one makes room."""
TABLE = """(region) => [...region.querySelectorAll('tr')].map((row) =>
  [...row.cells].map((cell) => cell.textContent.replace(/\\s+/g, ' ')))"""
MARKS = """(() => { const found = []; opvoedkaart.map.eachLayer((layer) => {
  if (layer instanceof L.Marker && layer.options.icon.options.className.startsWith('proposal')) {
    const { lat, lng } = layer.getLatLng(); found.push([Number(layer.getElement().textContent), lat, lng]); } });
  return found.sort(([a], [b]) => a - b); })()"""


class ScenarioVisit:
    """One visitor in the tab of scenarios."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page

    # --- going somewhere ---------------------------------------------------------------------------------------

    def open(self, **query: str) -> ScenarioVisit:
        """Open the tab without a file."""
        self.visit.go("planning", tab="scenarios", **query)
        expect(self.choice("b")).to_be_visible()
        return self

    # --- giving files ------------------------------------------------------------------------------------------

    def side(self, letter: str) -> Locator:
        """Return one of the two sides: a or b."""
        return self.page.locator(f".st-key-scenario-side-{letter}")

    def choice(self, letter: str) -> Locator:
        """Return the button that asks for a file."""
        return self.side(letter).locator('[data-testid="stFileUploaderDropzone"] button').first

    def offer(self, letter: str, content: bytes | str, *, name: str = "scenario.json") -> None:
        """Offer a file on a side, whatever comes of it."""
        data = content if isinstance(content, bytes) else content.encode()
        given = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.side(letter).locator("input[type=file]").set_input_files([given])

    def give(self, letter: str, content: bytes | str, *, name: str = "scenario.json") -> None:
        """Give a file on a side, and wait until the field is free for another one."""
        before = self.page.evaluate(FIELD, letter)
        self.offer(letter, content, name=name)
        self.page.wait_for_function(
            f"([letter, before]) => ![null, before].includes(({FIELD})(letter))", arg=[letter, before]
        )

    def give_all(self, **contents: str) -> ScenarioVisit:
        """Give files, and wait until the card of each is there."""
        for letter, content in contents.items():
            self.give(letter, content)
            expect(self.card(letter)).to_be_visible()
        return self

    def do(self, what: str, letter: str) -> None:
        """Press a button below a card: open, work, remove."""
        self.page.locator(f".st-key-scenario-{what}-{letter} button").click()

    # --- what is on the page -----------------------------------------------------------------------------------

    def card(self, letter: str) -> Locator:
        return self.side(letter).locator(".scenario-card")

    def heading(self, letter: str) -> Locator:
        return self.card(letter).get_by_role("heading")

    def trouble(self, letter: str) -> Locator:
        """Return the notices on a side: what is wrong with a file, what to know of it."""
        return self.side(letter).locator('[data-testid="stAlert"]')

    def refused(self, letter: str) -> Locator:
        """Return the files that the field itself does not take."""
        return self.side(letter).locator(".stFileChip")

    @property
    def answer(self) -> Locator:
        return self.page.locator("[data-testid=compared]")

    def table(self, at: int) -> list[list[str]]:
        """Return the words of a table, its head first: 0 the numbers, 1 the municipalities."""
        return list(self.answer.locator(".scroll").nth(at).evaluate(TABLE))

    def head(self, panel: int) -> Locator:
        """Return what stands above a map."""
        return self.page.locator(f'.scenario-head[data-panel="{panel}"]')

    # --- the maps ----------------------------------------------------------------------------------------------

    def expect_maps(self, *marks: int) -> None:
        """Wait until there are so many maps, each drawn with so many numbered marks."""
        self.page.wait_for_function(MAPS_SHOW, arg=list(marks))

    def map(self, panel: int) -> FrameLocator:
        return self.page.frame_locator(f".st-key-scenario-panel-{panel} {FRAME}")

    def frame(self, panel: int) -> Frame:
        found = self.page.locator(f".st-key-scenario-panel-{panel} {FRAME}").element_handle().content_frame()
        if found is None:
            raise LookupError(panel)
        return found

    def on_map(self, panel: int, expression: str) -> Any:
        return self.frame(panel).evaluate(expression)

    def view(self, panel: int) -> list[float]:
        return list(self.on_map(panel, VIEW))

    def marks(self, panel: int) -> list[list[float]]:
        """Return number, latitude and longitude of each mark on a map."""
        return list(self.on_map(panel, MARKS))

    def expect_marks(self, panel: int, marks: list[list[float]]) -> None:
        """Wait until the marks of a map stand just there."""
        self.frame(panel).wait_for_function(f"(marks) => JSON.stringify({MARKS}) === JSON.stringify(marks)", arg=marks)

    def expect_in_step(self, *, but_not: list[float] | None = None) -> list[float]:
        """Wait until both maps look at the same land, another than before, and return what they look at."""
        view = self.page.wait_for_function(IN_STEP, arg=but_not)
        return list(view.json_value())

    def drag(self, panel: int, target: Locator, east: int, south: int) -> None:
        """Drag something on a map so many pixels."""
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        if box is None:
            raise LookupError(panel)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + east / 2, y + south / 2)
        mouse.move(x + east, y + south, steps=4)
        mouse.up()


def saved(visit: Visit, key: str, folder: Path, *, name: str = "", note: str = "") -> Path:
    """Keep what a tab shows as a scenario, and return the file; `key` is the tab's: plan or networks."""
    page = visit.page
    page.locator(f".st-key-{key}-save button").first.click()
    page.locator(f".st-key-{key}-save-name input").fill(name)
    page.locator(f".st-key-{key}-save-note textarea").fill(note)
    page.locator(f".st-key-{key}-save-make button").click()
    with page.expect_download() as caught:
        page.locator(f".st-key-{key}-save-file button").click()
    return _kept(caught.value, folder)


def _kept(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def of(visit: Visit) -> ScenarioVisit:
    """Return a visitor as one of the tab of scenarios."""
    return ScenarioVisit(visit)
