"""What stands on a page while its search runs, and when it ended without an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from geo.solver import Progress
from geo.solver.control import LIMIT_S
from ui import jobs
from ui.jobs import Job
from ui.markdown import escape_markdown
from ui.session import restore_language
from words import i18n, problems
from words.i18n import _

Doing = Callable[[Progress | None], str]


def draw(job: Job[Any], *, key: str, doing: Doing) -> None:
    """Draw how far a search is, or why it has no answer with the way on; `doing` says what it does."""
    if job.refusal is not None:
        st.warning(escape_markdown(problems.refusal(job.refusal)))
    elif job.has_failed:
        st.error(_("The search ended by a fault in this program. Nothing was changed."))
        draw_again(job.slot, key=key)
    elif job.was_stopped:
        draw_stopped(job.slot, key=key)
    else:
        st.fragment(_draw_progress, run_every=0.4)(job, key, doing)


def draw_stopped(slot: str, *, key: str) -> None:
    """Say that a search was stopped with nothing to show, and offer it again."""
    st.info(_("Stopped. Nothing was changed."))
    draw_again(slot, key=key)


def draw_again(slot: str, *, key: str) -> None:
    """Offer to search again."""
    st.button(_("Search again"), on_click=jobs.forget, args=(slot,), key=f"{key}-again")


def draw_cut_short(slot: str, *, key: str, was_stopped: bool) -> None:
    """Say that an answer is that of a search cut short, and offer it again."""
    if was_stopped:
        st.info(_("Stopped. This is the best that was found by then."))
    draw_again(slot, key=key)


def _draw_progress(job: Job[Any], key: str, doing: Doing) -> None:
    """Tell how far the search is; when it ends, draw the page anew."""
    restore_language()
    if job.is_over:
        st.rerun(scope="app")
    most = _("At most {seconds} seconds.").format(seconds=i18n.number_text(LIMIT_S))
    with st.container(key=f"{key}-progress", horizontal=True, vertical_alignment="center"):
        st.progress(min(max(job.part, 0.02), 1.0), text=" ".join((doing(job.search.progress), most)))
        st.button(_("Stop"), on_click=jobs.leave, args=(job.slot,), key=f"{key}-stop")
