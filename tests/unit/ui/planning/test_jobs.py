"""A search runs beside the page: it tells how far it is, stops when asked, and keeps its answer for the next."""

import threading

import pytest

from geo.errors import RequestError
from geo.messages import Message
from geo.planning import solve
from geo.planning.candidates import CandidateBook
from geo.planning.plan import Plan
from geo.solver.control import CancelledError, Progress, Step
from tests.support.tiny_demand import TODAY
from tests.support.tiny_plan import ask, book, planned
from ui.planning import jobs
from ui.planning.jobs import Job

PATIENCE_S = 30
REQUEST, OTHER = ask(sites=1), ask(sites=2)


class Visitor:
    """As much of the toolkit as one visit needs."""

    def __init__(self):
        self.session_state = {}


class Solver:
    """A search that goes on until it is let go or stopped; `begun` holds those that began."""

    def __init__(self, monkeypatch, *, error=None):
        self.begun, self.stopped, self.error = [], [], error
        self.is_running, self.may_end = threading.Event(), threading.Event()
        monkeypatch.setattr(jobs, "solve", self)

    def __call__(self, asked_of, request, *, today, time_limit_s, should_stop, on_progress):
        self.begun.append(request)
        on_progress(Progress(step=Step.BOUND, elapsed_s=1.0, part=0.25))
        self.is_running.set()
        while not self.may_end.wait(0.005):
            if should_stop():
                self.stopped.append(request)
                raise CancelledError
        if self.error:
            raise self.error
        assert isinstance(asked_of, CandidateBook)
        assert time_limit_s == solve.LIMIT_S
        return planned(sites=request.sites)


@pytest.fixture
def answers(monkeypatch):
    """Nothing is remembered yet."""
    kept = jobs._Answers()
    monkeypatch.setattr(jobs, "_answers", lambda: kept)
    return kept


@pytest.fixture
def come(monkeypatch, answers):
    """Let a visitor come, or come back."""

    def come(visitor=None):
        visitor = visitor or Visitor()
        monkeypatch.setattr(jobs, "st", visitor)
        return visitor

    return come


def asked(request=REQUEST):
    return jobs.answer(book(), request, TODAY)


def test_a_quick_answer_comes_at_once_and_the_next_visitor_needs_no_search(come, monkeypatch):
    solver = Solver(monkeypatch)
    solver.may_end.set()
    come()
    first = asked()
    if isinstance(first, Job):  # a busy machine
        assert first.done.wait(PATIENCE_S)
        first = asked()
    assert isinstance(first, Plan)
    assert first.request == REQUEST
    come()
    assert asked() is first
    assert solver.begun == [REQUEST]


def test_a_long_search_tells_how_far_it_is_and_is_not_begun_twice(come, monkeypatch):
    solver = Solver(monkeypatch)
    come()
    job = asked()
    assert solver.is_running.wait(PATIENCE_S)
    assert isinstance(job, Job)
    assert (job.progress.step, job.progress.part) == (Step.BOUND, 0.25)
    assert asked() is job
    assert not job.was_stopped
    solver.may_end.set()
    assert job.done.wait(PATIENCE_S)
    assert asked() is job.plan
    assert solver.begun == [REQUEST]


def test_stop_ends_the_search_and_again_begins_it_anew(come, monkeypatch):
    solver = Solver(monkeypatch)
    come()
    job = asked()
    jobs.stop()
    assert job.done.wait(PATIENCE_S)
    assert job.was_stopped
    assert (job.plan, job.error) == (None, None)
    assert asked() is job
    jobs.again()
    solver.may_end.set()
    second = asked()
    if isinstance(second, Job):
        assert second is not job
        assert second.done.wait(PATIENCE_S)
        second = second.plan
    assert second.request == REQUEST


def test_another_question_stops_the_search_for_the_first(come, monkeypatch):
    solver = Solver(monkeypatch)
    come()
    first = asked(REQUEST)
    second = asked(OTHER)
    assert first.done.wait(PATIENCE_S)
    assert first.was_stopped
    assert solver.stopped == [REQUEST]
    assert second.request == OTHER
    assert not second.done.is_set()
    solver.may_end.set()
    assert second.done.wait(PATIENCE_S)
    assert asked(OTHER) is second.plan


def test_an_answer_that_is_known_stops_the_search_that_is_not_needed_any_more(come, answers, monkeypatch):
    Solver(monkeypatch)
    known = planned(sites=2)
    answers.keep(known)
    come()
    job = asked(REQUEST)
    assert asked(OTHER) is known
    assert job.done.wait(PATIENCE_S)
    assert job.was_stopped


def test_one_visitor_does_not_stop_the_search_of_another(come, monkeypatch):
    solver = Solver(monkeypatch)
    come()
    first = asked(REQUEST)
    other = come()
    second = asked(OTHER)
    jobs.stop()
    assert second.done.wait(PATIENCE_S)
    assert second.was_stopped
    assert list(other.session_state.values()) == [second]
    assert not first.stop.is_set()
    assert solver.stopped == [OTHER]
    solver.may_end.set()
    assert first.done.wait(PATIENCE_S)
    assert first.plan is not None


def test_what_cannot_be_planned_is_told_and_not_called_stopped(come, monkeypatch):
    error = RequestError(Message("There is no place"))
    Solver(monkeypatch, error=error).may_end.set()
    come()
    job = asked()
    assert job.done.wait(PATIENCE_S)
    assert job.error is error
    assert not job.was_stopped
    assert asked() is job


def test_stop_without_a_search_does_nothing(come):
    visitor = come()
    jobs.stop()
    jobs.again()
    assert visitor.session_state == {}


def test_the_oldest_answers_are_forgotten(answers):
    plans = [planned(sites=1, share=(each + 1) / 100) for each in range(jobs._MOST_KEPT + 2)]
    for plan in plans:
        answers.keep(plan)
    known = [answers.get(plan.request, plan.data_version, plan.today) for plan in plans]
    assert known == [None, None, *plans[2:]]


def test_an_answer_belongs_to_its_data_and_its_day(answers):
    plan = planned(sites=1)
    answers.keep(plan)
    assert answers.get(plan.request, plan.data_version, plan.today) is plan
    assert answers.get(plan.request, "other data", plan.today) is None
    assert answers.get(plan.request, plan.data_version, plan.today.replace(day=4)) is None
