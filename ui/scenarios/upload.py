"""The field for a scenario file on either side: takes a file, or tells why it changes nothing."""

from __future__ import annotations

import streamlit as st

from geo.scenarios import plans
from geo.scenarios.file import LARGEST_BYTES, ScenarioError
from geo.scenarios.plans import Opened
from ui import cache, components
from ui.markdown import escaped
from ui.session import speak
from words import i18n, problems
from words.i18n import _

HELD, TROUBLE, TURN, AGAIN, REFUSED = (f"scenario-{name}-" for name in ("held", "trouble", "turn", "again", "refused"))
MOST_TOLD = 10


def words() -> None:
    """Let the browser say both fields in the reader's language."""
    most = i18n.number(LARGEST_BYTES / 1_000_000)
    refused = _("This is no scenario: expected a JSON file of at most {most} MB. Nothing was changed.")
    said = {
        "choose": _("Choose a file"),
        "limit": _("JSON, at most {most} MB").format(most=most),
        "refused": refused.format(most=most),
        "remove": _("Remove"),
        "other": _("Another file"),
    }
    components.mount("uploaders", {"words": said})


def draw(side: str, label: str) -> None:
    """Draw the field, and what is wrong with the file that was given last."""
    turn = st.session_state.get(TURN + side, 0)
    st.file_uploader(
        label, type=["json"], max_upload_size=LARGEST_BYTES // 1_000_000, key=f"scenario-file-{side}-{turn}",
        on_change=_take, args=(side,),
    )  # fmt: skip
    for line in st.session_state.get(TROUBLE + side, ()):
        st.error(escaped(line))


def held(side: str) -> Opened | None:
    """Return the scenario that is open on a side."""
    found: Opened | None = st.session_state.get(HELD + side)
    return found


def _take(side: str) -> None:
    """Read the file that was given; one that cannot be used changes nothing."""
    speak()
    remembered = st.session_state
    turn = remembered.get(TURN + side, 0)
    given = remembered.get(f"scenario-file-{side}-{turn}")
    remembered[TROUBLE + side] = []
    if given is None:
        return
    remembered[TURN + side] = turn + 1  # what came of it is told below the field, which is free for another file
    try:
        remembered[HELD + side] = plans.read(given.getvalue(), cache.candidate_book())
    except ScenarioError as error:
        lines = [problems.sentence(each) for each in error.problems]
        rest = len(lines) - MOST_TOLD
        more = [_("and {count} more").format(count=rest)] if rest > 0 else []
        head = _("This file cannot be opened; nothing was changed.")
        remembered[TROUBLE + side] = [head, *lines[:MOST_TOLD], *more]
        return
    remembered.pop(AGAIN + side, None)
    remembered.pop(REFUSED + side, None)


def remove(side: str) -> None:
    """Forget the scenario of a side."""
    speak()
    for key in (HELD, TROUBLE, AGAIN, REFUSED):
        st.session_state.pop(key + side, None)
    st.session_state[TURN + side] = st.session_state.get(TURN + side, 0) + 1
