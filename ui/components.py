"""Mount our own parts of a page that run in the browser, and read what the reader wants in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from ui import browser_files

BASE = "app/static/"
SCRIPTS = {
    "head": ("page/finder.js", "head"),
    "head-title": ("page/finder.js", "title"),
    "near": ("page/finder.js", "near"),
    "services": ("page/finder.js", "list"),
    "report": ("page/coverage.js", "report"),
    "plan": ("page/planning.js", "plan"),
    "networks": ("page/networks.js", "networks"),
    "scenarios": ("page/scenarios.js", "scenarios"),
    "uploaders": ("page/scenarios.js", "uploaders"),
    "paper": ("page/scenarios.js", "paper"),
}
"""Each part of a page by name: its script below static/, and the function in it that draws the part."""
_MARKUP = {"near": '<button type="button" class="near"></button>'}
_UNSEEN = {"head", "head-title", "uploaders", "paper"}
"""Parts that draw nothing where they are mounted."""


def mount(name: str, data: Mapping[str, object], *, on_wish: Callable[[], None] | None = None) -> None:
    """Mount a part of the page; `on_wish` runs when the reader wants something, with `wish` saying what."""
    script, function = SCRIPTS[name]
    component = st.components.v2.component(
        f"opvoedkaart_{function}", html=_MARKUP.get(name), js=_loader(script, function), isolate_styles=False
    )
    component(key=name, data=dict(data), height=1 if name in _UNSEEN else "content", on_wish_change=on_wish)


def wish(name: str) -> dict[str, Any]:
    """Return what the reader wanted in a part of the page: `{"do": "select", "code": …}` and the like."""
    return dict(st.session_state[name].get("wish") or {})


@cache
def _loader(script: str, function: str) -> str:
    """Return the few lines that load a script from our own server and hand it the kit that all share."""
    files = [BASE + browser_files.versioned_address(each) for each in (script, "page/kit.js")]
    return f"""export default async (component) => {{
  const load = (file) => import(new URL(file, document.baseURI).href);
  const [own, kit] = await Promise.all({files!r}.map(load));
  own.{function}(component, kit);
}};
"""
