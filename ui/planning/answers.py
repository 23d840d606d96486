"""Ask for a plan in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from geo.planning import Plan, PlanRequest, solve
from geo.planning.candidates import CandidateBook
from geo.solver import Progress
from ui import jobs
from ui.jobs import Job

SLOT = "plan-job"


def answer(book: CandidateBook, request: PlanRequest, today: dt.date) -> Plan | Job[Plan]:
    """Return the plan of a request, or the search for it."""

    def run(should_stop: Callable[[], bool], on_progress: Callable[[Progress], None]) -> Plan:
        return solve(book, request, today=today, should_stop=should_stop, on_progress=on_progress)

    return jobs.answer(SLOT, (request, book.dataset.data_version, today), run)
