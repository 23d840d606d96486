"""The upload field for a scenario file on either side."""

from __future__ import annotations

import streamlit as st

from geo.scenarios import plans
from geo.scenarios.file import LARGEST_BYTES, ScenarioError
from geo.scenarios.plans import Opened
from ui import cache, components
from ui.markdown import escape_markdown
from ui.session import restore_language
from words import i18n, problems
from words.i18n import _

HELD_KEY, TROUBLE_KEY, TURN_KEY, AGAIN_KEY, REFUSED_KEY = (
    f"scenario-{name}-" for name in ("held", "trouble", "turn", "again", "refused")
)
MOST_PROBLEMS = 10


def translate_fields() -> None:
    """Show both upload fields in the reader's language."""
    most = i18n.number_text(LARGEST_BYTES / 1_000_000)
    refused = _("This is no scenario: expected a JSON file of at most {most} MB. Nothing was changed.")
    said = {
        "choose": _("Choose a file"),
        "limit": _("JSON, at most {most} MB").format(most=most),
        "refused": refused.format(most=most),
        "remove": _("Remove"),
        "other": _("Another file"),
    }
    components.mount("uploaders", {"words": said})


def draw_field(side: str, label: str) -> None:
    """Draw the upload field and the problems of the last file."""
    turn = st.session_state.get(TURN_KEY + side, 0)
    st.file_uploader(
        label, type=["json"], max_upload_size=LARGEST_BYTES // 1_000_000, key=f"scenario-file-{side}-{turn}",
        on_change=_take_file, args=(side,),
    )  # fmt: skip
    for line in st.session_state.get(TROUBLE_KEY + side, ()):
        st.error(escape_markdown(line))


def scenario_on(side: str) -> Opened | None:
    """Return the scenario that is open on a side."""
    found: Opened | None = st.session_state.get(HELD_KEY + side)
    return found


def _take_file(side: str) -> None:
    """Read the uploaded file.

    One that cannot be used changes nothing.
    """
    restore_language()
    remembered = st.session_state
    turn = remembered.get(TURN_KEY + side, 0)
    given = remembered.get(f"scenario-file-{side}-{turn}")
    remembered[TROUBLE_KEY + side] = []
    if given is None:
        return
    remembered[TURN_KEY + side] = turn + 1  # what came of it is told below the field, which is free for another file
    try:
        remembered[HELD_KEY + side] = plans.read(given.getvalue(), cache.load_candidate_book())
    except ScenarioError as error:
        lines = [problems.sentence(each) for each in error.problems]
        rest = len(lines) - MOST_PROBLEMS
        more = [_("and {count} more").format(count=rest)] if rest > 0 else []
        head = _("This file cannot be opened; nothing was changed.")
        remembered[TROUBLE_KEY + side] = [head, *lines[:MOST_PROBLEMS], *more]
        return
    remembered.pop(AGAIN_KEY + side, None)
    remembered.pop(REFUSED_KEY + side, None)


def remove_scenario(side: str) -> None:
    """Forget the scenario of a side."""
    restore_language()
    for key in (HELD_KEY, TROUBLE_KEY, AGAIN_KEY, REFUSED_KEY):
        st.session_state.pop(key + side, None)
    st.session_state[TURN_KEY + side] = st.session_state.get(TURN_KEY + side, 0) + 1
