"""Servers and browser of one run, started when first needed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks import directory_100k, workspace
from benchmarks.browser import Visit, start_chromium
from benchmarks.servers import Server, run_server

DATA = workspace.ROOT / "data"
LOAD_PATIENCE_S = 180


@dataclass
class Stage:
    """Servers and browser that the benchmarks share.

    `quick` asks for fewer repetitions.
    """

    quick: bool = False
    _open: ExitStack = field(default_factory=ExitStack)
    _servers: dict[str, Server] = field(default_factory=dict)

    def times(self, ordinary: int) -> int:
        """Return how often to repeat.

        A third as often when it must be quick, at least twice.
        """
        return max(2, ordinary // 3) if self.quick else ordinary

    def fresh(self, app: str) -> AbstractContextManager[Server]:
        """Start a server for the length of a block.

        `app` is `ours`, `plain`, `empty` or `empty_map`; with `@1000` behind it, it shows that many synthetic services.
        """
        name, _, size = app.partition("@")
        script = workspace.ROOT / "app.py" if name == "ours" else self._folder / f"{name}_app.py"
        if not size:
            return run_server(script)
        return run_server(
            script, patience_s=LOAD_PATIENCE_S, OPVOEDKAART_DIRECTORY=str(self._synthetic_folder(int(size)))
        )

    def server(self, app: str) -> Server:
        """Return an app's server, which runs until the stage closes."""
        if app not in self._servers:
            self._servers[app] = self._open.enter_context(self.fresh(app))
        return self._servers[app]

    @contextmanager
    def visit(self, app: str) -> Iterator[Visit]:
        """Open a page of an app in the browser.

        Its caches are empty.
        """
        visit = Visit(self._browser, app.partition("@")[0], self.server(app).url)
        try:
            yield visit
        finally:
            visit.close()

    def _synthetic_folder(self, size: int) -> Path:
        """Return the folder with a synthetic directory of some size."""
        folder = self._folder / f"synthetic-{size}"
        return (
            folder
            if folder.exists()
            else directory_100k.write_package(folder, directory_100k.make_tables(size, data=DATA))
        )

    @cached_property
    def _folder(self) -> Path:
        return workspace.prepare_folder(Path(self._open.enter_context(tempfile.TemporaryDirectory())))

    @cached_property
    def _browser(self) -> Browser:
        return self._open.enter_context(start_chromium())

    def close(self) -> None:
        """End all servers and the browser, and clean up."""
        self._open.close()
