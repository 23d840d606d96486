"""Opens the app without a browser, and reads what it would send to one."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from functools import cache
from html import unescape
from typing import Any

import numpy as np
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from geo.finder import SearchResult, ServiceFilter, search
from geo.opening.schedules import BRUSSELS_TIME
from geo.places import Place
from geo.places.gazetteer import AmbiguousName, Match
from geo.settings import ROOT
from geo.store import Dataset
from tests.support import shipped
from ui import browser_files
from ui.finder import state

FOLDED = (state.FUNCTION, state.SPOKEN, state.ONLY, state.PROFESSIONAL)
NOW = dt.datetime(2026, 3, 3, 10, 0, tzinfo=BRUSSELS_TIME)
"""The moment at which every test is, a Tuesday; no assertion depends on it."""
TODAY = NOW.date()


@cache
def data() -> Dataset:
    """Return the data that the app opens when nothing else is chosen."""
    return shipped.dataset()


def place(text: str) -> Place:
    """Return the one place that a text means."""
    found = data().gazetteer.resolve(text)
    assert isinstance(found, Match), text
    return found.place


def answer(text: str = "", **wanted: Any) -> SearchResult:
    """Return what the domain answers to a place and criteria."""
    return search(data(), place(text) if text else None, ServiceFilter(**wanted), now=NOW, limit=None)


def ambiguous() -> str:
    """Return a name that means several places."""
    names = sorted({name for name, _ in data().gazetteer.names})
    return next(name for name in names if isinstance(data().gazetteer.resolve(name), AmbiguousName))


def points(result: SearchResult) -> int:
    """Return how many located places a result has; a service may have several."""
    return int(result.mask[data().directory.loc_service].sum())


# --- the app -----------------------------------------------------------------------------------------------------


def opened(page: str = "", **query: str) -> AppTest:
    """Open the app as a link with this query does; `page` is a script under pages/."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(query)
    if page:
        app.switch_page(f"pages/{page}.py")
    return app.run()


def sent(app: AppTest) -> dict[str, Any]:
    """Return what the list gets."""
    return json.loads(_component(app, "services").json if _has(app, "services") else "{}")


def wish(app: AppTest, **said: object) -> AppTest:
    """Let the list or the map say what the reader wants, as the browser does, and run the app on it."""
    states = app._tree.get_widget_states()
    base = _component(app, "services").id
    states.widgets.append(
        WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{base}__events",
            json_trigger_value=json.dumps([{"event": "wish", "value": said}]),
        )
    )
    return app._run(states)


def near(app: AppTest, **said: object) -> AppTest:
    """Let the browser answer where it is."""
    states = app._tree.get_widget_states()
    base = _component(app, "near").id
    states.widgets.append(
        WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{base}__events",
            json_trigger_value=json.dumps([{"event": "wish", "value": said}]),
        )
    )
    return app._run(states)


def map_says(app: AppTest) -> dict[str, Any]:
    """Return what the map is told to show in this run."""
    return dict(sent(app)["map"])


def shown_on_map(app: AppTest) -> set[str]:
    """Return the ids of the services that the map may show, a located place or not."""
    services = data().directory.services
    bits = np.frombuffer(base64.b64decode(map_says(app)["mask"]), np.uint8)
    return {services[row].id for row in np.flatnonzero(np.unpackbits(bits, bitorder="little", count=len(services)))}


def base_script(app: AppTest) -> str:
    """Return the script that makes the map, once."""
    (element,) = app.get("component_instance")
    return str(json.loads(element.proto.json_args)["script"])


def ids(app: AppTest) -> list[str]:
    """Return the ids of the services on the cards, in order."""
    services = data().directory.services
    return [services[hit[0]].id for section in sent(app)["sections"] for hit in section["hits"]]


def cards(app: AppTest) -> dict[int, dict[str, Any]]:
    """Return the words of the cards that the list fetches, by row."""
    files = [json.loads((browser_files.STATIC_DIR / name).read_text(encoding="utf-8")) for name in sent(app)["shards"]]
    return {row: card for content in files for row, card in content["cards"]}


def text(app: AppTest) -> str:
    """Return all words of the page that do not come from the list: HTML without tags, widgets, notices."""
    markup = " ".join(element.proto.body for element in app.get("html"))
    words = [unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", markup, flags=re.DOTALL))]
    words += [str(element.value) for element in [*app.info, *app.error, *app.warning, *app.markdown]]
    return plain(" ".join(words))


def plain(said: str) -> str:
    """Return words with one ordinary space between them, as a reader sees them."""
    return " ".join(said.split())


def markup(app: AppTest) -> str:
    """Return the HTML of the page as it is sent."""
    return "".join(element.proto.body for element in app.get("html"))


def toggle(app: AppTest, key: str, *values: object) -> AppTest:
    """Choose exactly these values in a row of pills, in Dutch: the words on pills are made in the test's own thread."""
    if key in FOLDED and not any(group.key == key for group in app.button_group):
        app.button(key="more-choices").click().run()
    return app.button_group(key=key).set_value(list(values)).run()


def choices(app: AppTest) -> list[str]:
    """Return the ids of the places that the app offers to choose from."""
    return [button.key.removeprefix("choice-") for button in app.button if (button.key or "").startswith("choice-")]


def query(app: AppTest) -> dict[str, str]:
    """Return the address that the app wrote."""
    return {name: value if isinstance(value, str) else value[-1] for name, value in app.query_params.items()}


def _component(app: AppTest, name: str) -> Any:
    return next(
        element.proto
        for element in app.get("bidi_component")
        if element.proto.component_name == {"services": "opvoedkaart_list", "near": "opvoedkaart_near"}[name]
    )


def _has(app: AppTest, name: str) -> bool:
    wanted = {"services": "opvoedkaart_list", "near": "opvoedkaart_near"}[name]
    return any(element.proto.component_name == wanted for element in app.get("bidi_component"))
