"""What a visitor does on the planning page: ask, keep, refuse, move, look at the map."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Frame, Locator, expect

from tests.browser.visit import FRAME, VIEW, Visit
from ui.planning import state

IS_DRAWN = f"""() => {{
  const map = document.querySelector('{FRAME}')?.contentWindow?.opvoedkaart;
  return map?.drawn > 0 && map.features && map.proposals !== undefined;
}}"""
KEEP, FORBID, MOVE = range(3)


class PlanVisit:
    """One visitor on the planning page."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.page = visit, visit.page

    # --- going somewhere ---------------------------------------------------------------------------------------

    def open(self, **query: str) -> PlanVisit:
        """Open the page, and wait until the plan and its map are there."""
        self.visit.go("planning", **query)
        self.expect_there()
        return self

    def expect_there(self) -> None:
        """Wait until the plan and its map are there."""
        expect(self.plan).to_be_visible()
        self.page.wait_for_function(IS_DRAWN)

    # --- what is on the page -----------------------------------------------------------------------------------

    @property
    def plan(self) -> Locator:
        return self.page.locator("[data-testid=plan]")

    @property
    def places(self) -> Locator:
        return self.plan.locator(".proposals > li")

    @property
    def ids(self) -> list[str]:
        """The ids of the numbered places, in order."""
        return list(self.places.evaluate_all("(all) => all.map((each) => each.dataset.site)"))

    @property
    def headline(self) -> list[str]:
        return list(self.plan.locator(".cover-head p").all_inner_texts())

    @property
    def undo(self) -> Locator:
        return self.page.locator(".st-key-plan-undo-button button")

    @property
    def stop(self) -> Locator:
        return self.page.locator(".st-key-plan-stop button")

    @property
    def again(self) -> Locator:
        return self.page.locator(".st-key-plan-again button")

    def place(self, site: str) -> Locator:
        return self.plan.locator(f'.proposals > li[data-site="{site}"]')

    def button(self, site: str, which: int) -> Locator:
        """Return one of the buttons of a place: `KEEP`, `FORBID` or `MOVE`."""
        return self.place(site).locator(".actions > button").nth(which)

    def field(self, site: str) -> Locator:
        return self.place(site).locator("form input")

    def shown(self, which: int) -> Locator:
        """Return the button that shows the map after (0) or before (1)."""
        return self.page.locator(f'.st-key-{state.SHOWN} [data-testid="stButtonGroup"] button').nth(which)

    # --- changing ----------------------------------------------------------------------------------------------

    def choose(self, key: str, option: int) -> None:
        """Choose an option of a list by its place in it."""
        self.page.locator(f".st-key-{key} input").first.click()
        self.page.get_by_role("option").nth(option).click()

    def type_place(self, site: str, text: str) -> None:
        """Type another place for a numbered one, and press Enter."""
        self.button(site, MOVE).click()
        self.field(site).fill(text)
        self.field(site).press("Enter")

    def unfold(self) -> None:
        """Open everything that is folded away below the plan."""
        while (folded := self.plan.locator("details:not([open]) > summary")).count():
            folded.first.click()

    def drag(self, number: int, east: int, south: int) -> None:
        """Drag a numbered mark so many pixels."""
        mark = self.marks.nth(number - 1)
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        if box is None:
            raise LookupError(number)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + east / 2, y + south / 2)
        self.page.mouse.move(x + east, y + south, steps=4)
        self.page.mouse.up()

    # --- the map -----------------------------------------------------------------------------------------------

    @property
    def marks(self) -> Locator:
        """The numbered marks on the map."""
        return self.page.frame_locator(FRAME).locator(".leaflet-marker-icon.proposal")

    @property
    def frame(self) -> Frame:
        return self.visit.frame

    def on_map(self, expression: str) -> Any:
        return self.visit.on_map(expression)

    @property
    def classes(self) -> list[int]:
        """The class of each municipality of the area, as it is drawn."""
        return list(self.on_map("[...opvoedkaart.cover.classes]"))

    @property
    def view(self) -> list[float]:
        """Zoom, latitude and longitude of the map."""
        return list(self.on_map(VIEW))

    @property
    def numbers_in_sight(self) -> list[str]:
        """The numbers of the marks that stand inside the frame of the map, where the land says they are."""
        return list(
            self.on_map(
                """[...document.querySelectorAll('.proposal')].filter((mark) => {
                const at = mark.getBoundingClientRect(), frame = opvoedkaart.map.getContainer().getBoundingClientRect();
                return at.left > frame.left && at.right < frame.right && at.top > frame.top && at.bottom < frame.bottom;
                }).map((mark) => mark.textContent)"""
            )
        )

    def expect_marks(self, count: int) -> None:
        """Wait until so many numbered marks are on the map."""
        self.visit.expect_on_map("opvoedkaart.proposals === arg", count)


def of(visit: Visit) -> PlanVisit:
    """Return a visitor as one of the planning page."""
    return PlanVisit(visit)
