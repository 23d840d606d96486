"""Keeps an eye on what a page asks of other hosts, and on its errors."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage

TILES = "https://tile.openstreetmap.org/**"
TILE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4BAAA9ADz7eNCbgAAAABJRU5ErkJggg==")
HARMLESS = (
    # the toolkit looks for its server below the address of the page first, then one step up
    r"status of 404 .*/(about|coverage|planning)/_stcore/(health|host-config)",
)
"""Console errors that do no harm, as regular expressions."""


@dataclass
class Watch:
    """What went wrong or left the server during a test."""

    server: str
    left: list[str] = field(default_factory=list)
    tiles: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Answer tiles with one pixel; write down every other request to another host, and every error."""
        context.route(TILES, lambda route: route.fulfill(status=200, content_type="image/png", body=TILE))
        context.on("request", lambda request: self._request(request.url))
        context.on("weberror", lambda error: self.errors.append(f"error: {error.error}"))
        context.on("console", self._console)

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("data", "blob", "about") or parts.netloc == urlsplit(self.server).netloc:
            return
        (self.tiles if parts.netloc == "tile.openstreetmap.org" else self.left).append(url)

    def _console(self, message: ConsoleMessage) -> None:
        said = f"{message.text} ({message.location.get('url', '')})"
        if message.type == "error" and not any(re.search(known, said) for known in HARMLESS):
            self.errors.append(f"console: {said}")
