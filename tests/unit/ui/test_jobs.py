"""A search runs beside the page, one for all who ask the same, and ends when nobody waits for it."""

import threading
from dataclasses import dataclass

import pytest

from geo.errors import GeoError, RequestError
from geo.solver import CancelledError, Ended, Progress, Step
from ui import jobs
from ui.jobs import Job

PATIENCE_S = 30
SLOT = "some-job"
REQUEST, OTHER = "one question", "another question"


@dataclass(frozen=True)
class Answer:
    """What a search finds."""

    question: str
    ended: Ended = Ended.DONE


class Visitor:
    """As much of the toolkit as one visit needs."""

    def __init__(self):
        self.session_state = {}


class Solver:
    """A search that goes on until it is let go or stopped, and then has found something, or nothing, or fails."""

    def __init__(self, *, finds=True, error=None, ended=Ended.DONE):
        self.begun, self.stopped = [], []
        self.finds, self.error, self.ended = finds, error, ended
        self.is_running, self.may_end = threading.Event(), threading.Event()

    def of(self, question):
        def run(should_stop, on_progress):
            self.begun.append(question)
            on_progress(Progress(step=Step.IMPROVE, elapsed_s=1.0, part=0.25))
            self.is_running.set()
            while not self.may_end.wait(0.005):
                if should_stop():
                    self.stopped.append(question)
                    if not self.finds:
                        raise CancelledError
                    return Answer(question, Ended.STOPPED)
            if self.error is not None:
                raise self.error
            return Answer(question, self.ended)

        return run

    def asked(self, question=REQUEST, slot=SLOT):
        return jobs.answer(slot, question, self.of(question))


@pytest.fixture(autouse=True)
def searches(monkeypatch):
    """Nothing is remembered yet."""
    kept = jobs._Searches()
    monkeypatch.setattr(jobs, "_searches", lambda: kept)
    return kept


@pytest.fixture
def come(monkeypatch):
    """Let a visitor come, or come back."""

    def come(visitor=None):
        visitor = visitor or Visitor()
        monkeypatch.setattr(jobs, "st", visitor)
        return visitor

    return come


def waited(job):
    assert isinstance(job, Job)
    assert job.search.done.wait(PATIENCE_S)
    return job


def test_a_quick_answer_comes_at_once_and_the_next_visitor_needs_no_search(come):
    solver = Solver()
    solver.may_end.set()
    come()
    first = solver.asked()
    if isinstance(first, Job):  # a busy machine
        first = waited(first).search.outcome
    assert first == Answer(REQUEST)
    come()
    assert solver.asked() is first
    assert solver.begun == [REQUEST]


def test_a_search_tells_how_far_it_is_and_is_not_begun_twice(come):
    solver = Solver()
    come()
    job = solver.asked()
    assert solver.is_running.wait(PATIENCE_S)
    assert (job.search.progress.step, job.part) == (Step.IMPROVE, 0.25)
    assert solver.asked() is job
    assert (job.is_over, job.was_stopped) == (False, False)
    solver.may_end.set()
    waited(job)
    assert solver.asked() == Answer(REQUEST)
    assert solver.begun == [REQUEST]


def test_stop_gives_what_was_found_but_does_not_keep_it_for_others(come, searches):
    solver = Solver()
    visitor = come()
    job = solver.asked()
    assert solver.is_running.wait(PATIENCE_S)
    jobs.leave(SLOT)
    waited(job)
    assert solver.stopped == [REQUEST]
    assert solver.asked() == Answer(REQUEST, Ended.STOPPED)
    assert searches.get(REQUEST) is None
    come()
    solver.may_end.set()
    second = solver.asked()
    if isinstance(second, Job):  # a busy machine
        second = waited(second).search.outcome
    assert second == Answer(REQUEST)
    come(visitor)
    jobs.forget(SLOT)
    assert solver.asked() is second
    assert solver.begun == [REQUEST, REQUEST]


def test_stop_before_anything_was_found_gives_nothing_and_it_can_be_begun_anew(come):
    solver = Solver(finds=False)
    come()
    job = solver.asked()
    assert solver.is_running.wait(PATIENCE_S)
    jobs.leave(SLOT)
    waited(job)
    assert solver.asked() is job
    assert job.was_stopped
    assert (job.refusal, job.has_failed) == (None, False)
    jobs.forget(SLOT)
    second = solver.asked()
    assert second is not job
    solver.may_end.set()
    waited(second)
    assert solver.asked() == Answer(REQUEST)


def test_a_search_for_which_another_waits_goes_on(come):
    solver = Solver()
    one, other = come(), Visitor()
    first = solver.asked()
    come(other)
    second = solver.asked()
    assert second.search is first.search
    come(one)
    jobs.leave(SLOT)
    jobs.leave(SLOT)  # pressed twice
    assert first.is_over
    assert first.was_stopped
    assert solver.asked() is first
    assert not second.is_over
    assert not second.search.stop.is_set()
    come(other)
    jobs.leave(SLOT)
    waited(second)
    assert solver.stopped == solver.begun == [REQUEST]


def test_who_comes_while_a_search_is_being_stopped_begins_another(come):
    solver = Solver()
    come()
    first = solver.asked()
    assert solver.is_running.wait(PATIENCE_S)
    first.search.stop.set()
    come()
    second = solver.asked()
    assert second.search is not first.search
    solver.may_end.set()
    waited(second)
    assert solver.asked() == Answer(REQUEST)


def test_another_question_stops_the_search_for_the_first(come):
    solver = Solver()
    come()
    first = solver.asked(REQUEST)
    assert solver.is_running.wait(PATIENCE_S)
    second = solver.asked(OTHER)
    waited(first)
    assert solver.stopped == [REQUEST]
    solver.may_end.set()
    waited(second)
    assert solver.asked(OTHER) == Answer(OTHER)


def test_an_answer_that_is_known_stops_the_search_that_is_not_needed_any_more(come, searches):
    solver, known = Solver(), Answer(OTHER)
    searches.keep(OTHER, known)
    come()
    job = solver.asked(REQUEST)
    assert solver.asked(OTHER) is known
    waited(job)
    assert job.is_over


def test_another_slot_keeps_its_own_search(come):
    solver = Solver()
    visitor = come()
    job = solver.asked(REQUEST)
    other = solver.asked(OTHER, slot="other-job")
    jobs.leave("other-job")
    waited(other)
    assert not job.is_over
    assert list(visitor.session_state) == [SLOT, "other-job"]
    solver.may_end.set()
    waited(job)


def test_one_visitor_does_not_stop_the_search_of_another(come):
    solver = Solver()
    come()
    first = solver.asked(REQUEST)
    come()
    second = solver.asked(OTHER)
    jobs.leave(SLOT)
    waited(second)
    assert not first.search.stop.is_set()
    assert solver.stopped in ([], [OTHER])  # none when it was stopped before its turn
    solver.may_end.set()
    waited(first)
    assert first.search.outcome == Answer(REQUEST)


def test_a_search_stopped_before_its_turn_finds_nothing(come, searches, monkeypatch):
    solver = Solver(finds=False)
    monkeypatch.setattr(searches, "_turns", threading.Semaphore(0))
    come()
    job = solver.asked()
    jobs.leave(SLOT)
    waited(job)
    assert solver.asked() is job
    assert solver.begun == []


def test_what_the_time_cut_short_is_told_and_not_kept_for_others(come, searches):
    solver = Solver(ended=Ended.TIME)
    come()
    job = solver.asked()
    solver.may_end.set()
    waited(job)
    assert solver.asked() == Answer(REQUEST, Ended.TIME)
    assert searches.get(REQUEST) is None


def test_what_cannot_be_answered_is_told_and_not_called_stopped(come):
    error = RequestError("There is no place")
    solver = Solver(error=error)
    solver.may_end.set()
    come()
    job = waited(solver.asked())
    assert job.refusal is error
    assert (job.was_stopped, job.has_failed) == (False, False)
    assert solver.asked() is job


@pytest.mark.parametrize("error", [ZeroDivisionError("out of order"), GeoError("The solver is out of order")])
def test_an_error_that_is_no_refusal_is_a_state_of_its_own_and_the_search_can_be_begun_anew(come, caplog, error):
    solver = Solver(error=error)
    solver.may_end.set()
    come()
    job = waited(solver.asked())
    assert job.has_failed
    assert (job.was_stopped, job.refusal) == (False, None)
    assert "out of order" in caplog.text
    jobs.forget(SLOT)
    solver.error = None
    again = solver.asked()
    if isinstance(again, Job):  # a busy machine
        again = waited(again).search.outcome
    assert again == Answer(REQUEST)


def test_to_leave_without_a_search_does_nothing(come):
    visitor = come()
    jobs.leave(SLOT)
    jobs.forget(SLOT)
    assert visitor.session_state == {}


def test_the_oldest_answers_are_forgotten(searches):
    answers = [Answer(str(at)) for at in range(jobs._MOST_KEPT + 2)]
    for each in answers:
        searches.keep(each.question, each)
    assert [searches.get(each.question) for each in answers] == [None, None, *answers[2:]]
