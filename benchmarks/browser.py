"""Visits to the apps through Chromium, timed and weighed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

LONGEST_WAIT_MS = 120_000
SETTLE_MS = 400
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = ("--no-sandbox", "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
          "--disable-backgrounding-occluded-windows")  # fmt: skip

_TOOLS = """
  const frame = () => document.querySelector('iframe[src*="streamlit_folium"]');
  const inside = () => frame()?.contentWindow;
  const pills = () => [...document.querySelectorAll('.st-key-type [data-testid="stButtonGroup"] button')];
  const runs = () => [...document.querySelectorAll('p')].find((p) => p.textContent.startsWith('Runs: '));
  const cards = () => document.querySelector('[data-testid=services] .card');
  const markers = () => inside()?.document?.querySelectorAll('.leaflet-marker-icon').length ?? 0;
  const until = (ready) => new Promise((done) => {
    const holds = () => { try { return ready(); } catch { return false; } };
    const look = () => (holds() ? done() : setTimeout(look, 4));
    look();
  });
"""
_CLICKS = {
    "ours": """
      const map = inside().opvoedkaart, drawn = map.drawn, visible = map.visible;
      const started = performance.now(); pills()[which].click();
      await until(() => map.drawn > drawn && map.visible !== visible);
      return performance.now() - started;""",
    "plain": """
      const before = markers();
      const started = performance.now(); pills()[which].click();
      await until(() => markers() > 0 && markers() !== before);
      return performance.now() - started;""",
    "empty": """
      const before = runs().textContent;
      const started = performance.now(); document.querySelector('.st-key-type input').click();
      await until(() => runs().textContent !== before);
      return performance.now() - started;""",
}
_READY = {
    "ours": "pills().length && cards() && inside().opvoedkaart.drawn > 0",
    "plain": "pills().length && markers() > 0 && document.querySelector('[data-testid=stDataFrame]')",
    "empty": "runs() && document.querySelector('.st-key-type input')",
    "empty_map": "inside().document.querySelector('.leaflet-container').clientHeight > 0 && frame().clientHeight > 0",
}


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """Start Chromium: from CHROMIUM, the system, or Playwright."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*_FLAGS])
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """A page of an app in a fresh browser profile.

    Its caches are empty.
    """

    def __init__(self, browser: Browser, app: str, url: str) -> None:
        self.app, self._url = app, url
        self._context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-BE")
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(LONGEST_WAIT_MS)
        self.requests: list[str] = []
        self.bytes = 0
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", self._watch)

    def open(self) -> float:
        """Open the page and return the milliseconds until usable."""
        self.page.goto(self._url, wait_until="commit")
        return float(self._run(f"await until(() => {_READY[self.app]}); return performance.now();"))

    def go(self, page: str) -> None:
        """Open another page and wait until its map is drawn."""
        self.page.goto(f"{self._url.rstrip('/')}/{page}", wait_until="commit")
        self._run("await until(() => inside().opvoedkaart.drawn > 0 && inside().opvoedkaart.doors >= 0);")
        self.page.wait_for_timeout(SETTLE_MS)

    def choose_next(self, select: str) -> float:
        """Choose the next entry of a select box and time it.

        Return the milliseconds until the map is drawn anew.
        """
        self.page.locator(f"{select} input").click()
        self.page.keyboard.press("ArrowDown")
        waiting = """
          const map = inside().opvoedkaart, drawn = map.drawn;
          window.started = null;
          const start = () => { window.started = performance.now(); };
          document.addEventListener("keydown", start, { once: true, capture: true });
          window.took = until(() => map.drawn > drawn).then(() => performance.now() - window.started);"""
        self._run(waiting)
        self.page.keyboard.press("Enter")
        return float(self._run("return await window.took;"))

    def click(self, which: int = 0) -> float:
        """Click a filter pill and time the answer.

        `which` is its position; return the milliseconds until the page shows the answer.
        """
        took = float(self._run(_CLICKS[self.app], which))
        self.page.wait_for_timeout(SETTLE_MS)
        return took

    def bytes_of_click(self, which: int = 0) -> int:
        """Click as `click` does and return the websocket bytes.

        Both ways together.
        """
        before = self.bytes
        self.click(which)
        self.page.wait_for_timeout(2 * SETTLE_MS)
        return self.bytes - before

    def pills(self) -> int:
        """Return how many filter pills there are."""
        return int(self._run("return pills().length;"))

    def leave_mark(self, lat: float, lon: float, zoom: int) -> None:
        """Move the map and put a mark on its frame.

        The mark does not survive when the frame is made again.
        """
        move = "inside().opvoedkaart.map.setView([which[0], which[1]], which[2], {animate: false});"
        self._run(f"{move} inside().mark = 1;", [lat, lon, zoom])
        self.page.wait_for_timeout(SETTLE_MS)

    def view(self) -> tuple[object, ...]:
        """Return the mark, centre and zoom of the map."""
        found = "const map = inside().opvoedkaart.map, at = map.getCenter();"
        parts = "[inside().mark ?? 0, at.lat.toFixed(6), at.lng.toFixed(6), map.getZoom()]"
        return tuple(self._run(f"{found} return {parts};"))

    def close(self) -> None:
        """Leave, and forget the profile."""
        self._context.close()

    def _run(self, body: str, which: object = None) -> Any:
        return self.page.evaluate(f"async (which) => {{ {_TOOLS} {body} }}", which)

    def _watch(self, websocket: WebSocket) -> None:
        websocket.on("framereceived", self._count)
        websocket.on("framesent", self._count)

    def _count(self, payload: str | bytes) -> None:
        self.bytes += len(payload)
