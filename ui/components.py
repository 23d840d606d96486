"""Mounts our own parts of the page that run in the browser (static/finder.js, static/coverage.js)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from ui import browser_files

BASE = "app/static/"


@cache
def _script(part: str) -> str:
    """Return the few lines that load one part of finder.js from our own server."""
    address = BASE + browser_files.version("page/finder.js")
    return f"""export default async (component) => {{
  const url = new URL({address!r}, document.baseURI);
  (await import(url.href)).{part}(component);
}};
"""


@cache
def _script_with_kit(name: str, part: str, more: tuple[str, ...] = ()) -> str:
    """Return the few lines that load one part of another script, which builds on finder.js and what `more` share."""
    files = [BASE + browser_files.version(each) for each in (name, "page/finder.js", *more)]
    return f"""export default async (component) => {{
  const load = (file) => import(new URL(file, document.baseURI).href);
  const [own, ...kit] = await Promise.all({files!r}.map(load));
  own.{part}(component, Object.assign({{}}, ...kit));
}};
"""


def _script_of_planning(name: str, part: str) -> str:
    return _script_with_kit(name, part, ("page/kit.js",))


def report(data: Mapping[str, object], *, on_wish: Callable[[], None]) -> None:
    """Mount the coverage table and what stands around the maps; `on_wish` runs when the reader chooses or sorts."""
    mount = st.components.v2.component(
        "opvoedkaart_report", js=_script_with_kit("page/coverage.js", "report"), isolate_styles=False
    )
    mount(key="report", data=dict(data), on_wish_change=on_wish)


def report_wish() -> dict[str, Any]:
    """Return what the reader wanted in the table or on a map: `{"do": "select", "code": …}` and the like."""
    return dict(st.session_state["report"].get("wish") or {})


def plan(data: Mapping[str, object], *, on_wish: Callable[[], None]) -> None:
    """Mount the list of a plan's places and gains; `on_wish` runs when the reader keeps, forbids or moves one."""
    mount = st.components.v2.component(
        "opvoedkaart_plan", js=_script_of_planning("page/planning.js", "plan"), isolate_styles=False
    )
    mount(key="plan", data=dict(data), on_wish_change=on_wish)


def plan_wish() -> dict[str, Any]:
    """Return what the reader wanted in the plan or on its map: `{"do": "keep", "id": …}` and the like."""
    return dict(st.session_state["plan"].get("wish") or {})


def services(data: Mapping[str, object], *, on_wish: Callable[[], None]) -> None:
    """Mount the list of services; `on_wish` runs when the reader wants something, with `wish()` saying what."""
    mount = st.components.v2.component("opvoedkaart_list", js=_script("list"), isolate_styles=False)
    mount(key="services", data={**data, "base": BASE}, on_wish_change=on_wish)


def wish() -> dict[str, Any]:
    """Return what the reader wanted in the list or on the map: `{"do": "service", "id": …}` and the like."""
    return dict(st.session_state["services"].get("wish") or {})


def near_me(label: str, busy: str, *, on_answer: Callable[[], None]) -> None:
    """Mount the button that asks the browser for its place; only on a click."""
    mount = st.components.v2.component(
        "opvoedkaart_near",
        html='<button type="button" class="near"></button>',
        js=_script("near"),
        isolate_styles=False,
    )
    mount(key="near", data={"label": label, "busy": busy}, on_answer_change=on_answer)


def near_answer() -> dict[str, Any]:
    """Return the browser's answer: `lon` and `lat` in degrees, or `refused` with a reason."""
    return dict(st.session_state["near"].get("answer") or {})


def head(language: str, ahead: list[str]) -> None:
    """Mount what the head needs: the document's language, the language links, the print button, files `ahead`."""
    mount = st.components.v2.component("opvoedkaart_head", js=_script("head"), isolate_styles=False)
    mount(key="head", data={"lang": language, "ahead": [BASE + name for name in ahead]}, height=1)


def title(text: str) -> None:
    """Mount what names the page in the browser's tab, once it is known what it shows."""
    mount = st.components.v2.component("opvoedkaart_title", js=_script("title"), isolate_styles=False)
    mount(key="head-title", data={"title": f"{text} · Opvoedkaart"}, height=1)


def networks(data: Mapping[str, object], *, on_wish: Callable[[], None]) -> None:
    """Mount the list of networks and what stands around their map; `on_wish` runs when the reader chooses one."""
    mount = st.components.v2.component(
        "opvoedkaart_networks", js=_script_of_planning("page/networks.js", "networks"), isolate_styles=False
    )
    mount(key="networks", data=dict(data), on_wish_change=on_wish)


def networks_wish() -> dict[str, Any]:
    """Return what the reader chose in the list or on the map: `{"do": "select", "code": …}`."""
    return dict(st.session_state["networks"].get("wish") or {})


def scenarios(data: Mapping[str, object]) -> None:
    """Mount two scenarios beside each other: what stands around their maps, and the tables of differences."""
    mount = st.components.v2.component(
        "opvoedkaart_scenarios", js=_script_of_planning("page/scenarios.js", "scenarios"), isolate_styles=False
    )
    mount(key="scenarios", data=dict(data))


def uploaders(words: Mapping[str, str]) -> None:
    """Mount what says the fields for files in the reader's language."""
    mount = st.components.v2.component(
        "opvoedkaart_uploaders", js=_script_of_planning("page/scenarios.js", "uploaders"), isolate_styles=False
    )
    mount(key="uploaders", data={"words": dict(words)}, height=1)


def paper() -> None:
    """Mount what makes a printed page whole: folded parts open, maps that fit."""
    mount = st.components.v2.component(
        "opvoedkaart_paper", js=_script_of_planning("page/scenarios.js", "paper"), isolate_styles=False
    )
    mount(key="paper", data={}, height=1)
