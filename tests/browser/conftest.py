"""Servers and a browser for all tests of a process, and for every test a profile that watches what leaves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser import hostile
from tests.browser.chromium import find
from tests.browser.servers import ROOT, serving
from tests.browser.visit import PATIENCE_MS, Visit
from tests.browser.watch import Watch

RESULTS = ROOT / "test-results"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
Visitor = Callable[..., Visit]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        chromium = playwright.chromium.launch(executable_path=find(), args=[*FLAGS])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with the data of the repository."""
    with serving(tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with a directory whose every text tries to be more than text."""
    folder = tmp_path_factory.mktemp("hostile")
    directory = hostile.write(folder / "hostile.json")
    with serving(folder / "log.txt", OPVOEDKAART_DIRECTORY=str(directory), OPVOEDKAART_TILES="none") as address:
        yield address


@pytest.fixture(scope="session")
def refused_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with a directory whose links would run a script, so that it cannot be used."""
    folder = tmp_path_factory.mktemp("refused")
    directory = hostile.write(folder / "scripts.json", link="javascript:window.__pwned=1")
    with serving(folder / "log.txt", OPVOEDKAART_DIRECTORY=str(directory)) as address:
        yield address


@pytest.fixture(scope="session")
def tileless_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app of who wants no tiles."""
    with serving(tmp_path_factory.mktemp("tileless") / "log.txt", OPVOEDKAART_TILES="none") as address:
        yield address


@pytest.fixture
def tileless(visitor: Visitor, tileless_server: str) -> Visit:
    """A visit to Mechelen where whoever runs the app wants no tiles."""
    return visitor(at=tileless_server).open(place="Mechelen")


@pytest.fixture
def visitor(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Return a function that lets a visitor come: `visitor(width=360, scheme="dark", at=address)`."""
    seen: list[tuple[BrowserContext, Visit]] = []

    def come(*, width: int = 1280, scheme: str = "light", at: str = server, **more: Any) -> Visit:
        size = {"width": width, "height": 900 if width > 700 else 740}
        context = browser.new_context(
            viewport=size, color_scheme=scheme, locale="nl-BE", reduced_motion="reduce", **more
        )
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(at)
        watch.follow(context)
        visit = Visit(context.new_page(), at, watch)
        seen.append((context, visit))
        return visit

    yield come
    for number, (context, visit) in enumerate(seen, start=1):
        _leave(context, visit, _evidence(request.node, number) if request.node.stash.get(FAILED, True) else None)
    assert [url for _, visit in seen for url in visit.watch.left] == [], "requests left the server"
    assert [error for _, visit in seen for error in visit.watch.errors] == []


def _evidence(node: pytest.Item, number: int) -> Path:
    RESULTS.mkdir(exist_ok=True)
    return RESULTS / f"{re.sub(r'[^a-zA-Z0-9-]+', '-', node.name)}-{number}"


def _leave(context: BrowserContext, visit: Visit, evidence: Path | None) -> None:
    """Close the profile; after a failure keep a picture and what stood in the page and its frames."""
    try:
        if evidence:
            visit.page.screenshot(path=f"{evidence}.png", full_page=True)
            for number, frame in enumerate(visit.page.frames):
                Path(f"{evidence}.{number}.html").write_text(frame.content(), encoding="utf-8")
    finally:
        context.close()
