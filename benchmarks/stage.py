"""Keeps the servers and the browser of one run, each started when first needed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import directory_100k, workspace
from benchmarks.browser import Visit, chromium
from benchmarks.servers import Server, running

DATA = workspace.ROOT / "data"
LOAD_PATIENCE_S = 180


@dataclass
class Stage:
    """Where the measures play; `quick` asks for fewer repetitions."""

    quick: bool = False
    _open: ExitStack = field(default_factory=ExitStack)
    _servers: dict[str, Server] = field(default_factory=dict)

    def times(self, ordinary: int) -> int:
        """Return how often to repeat: a third as often when it must be quick, at least twice."""
        return max(2, ordinary // 3) if self.quick else ordinary

    def script(self, app: str) -> Path:
        """Return the script of an app: `ours`, `plain`, `empty` or `empty_map`."""
        return workspace.ROOT / "app.py" if app == "ours" else self._folder / f"{app}_app.py"

    def fresh(self, app: str) -> AbstractContextManager[Server]:
        """Start a server of an app for the length of a block; `large` is ours with the synthetic directory."""
        if app != "large":
            return running(self.script(app))
        return running(self.script("ours"), patience_s=LOAD_PATIENCE_S, OPVOEDKAART_DIRECTORY=str(self.synthetic))

    def server(self, app: str) -> Server:
        """Return the server of an app that runs until the stage closes."""
        if app not in self._servers:
            self._servers[app] = self._open.enter_context(self.fresh(app))
        return self._servers[app]

    @contextmanager
    def visit(self, app: str) -> Iterator[Visit]:
        """Open one page of an app in the browser, ready for use."""
        url = self.server(app).url
        visit = Visit(self._browser, "ours" if app == "large" else app, url)
        try:
            yield visit
        finally:
            visit.close()

    @cached_property
    def synthetic(self) -> Path:
        """The folder with the synthetic directory."""
        return directory_100k.write(self._folder / "synthetic", directory_100k.tables(data=DATA))

    @cached_property
    def _folder(self) -> Path:
        return workspace.prepare(Path(self._open.enter_context(tempfile.TemporaryDirectory())))

    @cached_property
    def _browser(self) -> Browser:
        return self._open.enter_context(chromium())

    def close(self) -> None:
        """End all servers and the browser, and remove what was made for them."""
        self._open.close()
