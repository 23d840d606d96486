"""A search for networks runs beside the page, one for all who ask the same, and ends when nobody waits for it."""

import threading
from dataclasses import replace

import pytest

from geo.networks.proposal import NetworkPlan
from geo.networks.request import NetworkRequest
from geo.places import adjacency as places_adjacency
from geo.solver.control import CancelledError, Ended, Progress, Step
from tests.support.tiny_demand import dataset
from ui.networks import jobs
from ui.networks.jobs import Job

PATIENCE_S = 30
REQUEST, OTHER = NetworkRequest(area="10000"), NetworkRequest(area="20001")


class Visitor:
    """As much of the toolkit as one visit needs."""

    def __init__(self):
        self.session_state = {}


class Solver:
    """A search that goes on until it is let go or stopped, and then has found something, or nothing."""

    def __init__(self, monkeypatch, *, finds=True):
        self.begun, self.stopped, self.finds = [], [], finds
        self.is_running, self.may_end = threading.Event(), threading.Event()
        monkeypatch.setattr(jobs, "plan", self)

    def __call__(self, dataset, adjacency, request, *, places, should_stop, on_progress):
        self.begun.append(request)
        on_progress(Progress(step=Step.IMPROVE, elapsed_s=1.0, part=0.25))
        self.is_running.set()
        while not self.may_end.wait(0.005):
            if should_stop():
                self.stopped.append(request)
                if not self.finds:
                    raise CancelledError
                return replace(found(request), ended=Ended.STOPPED)
        return found(request)


def found(request):
    return NetworkPlan(
        request=request,
        networks=(),
        left_over=(),
        notes=(),
        bridges=(),
        spread=0.0,
        bound=0.0,
        fewest_left=0,
        data_version="tiny",
    )


@pytest.fixture(autouse=True)
def searches(monkeypatch):
    """Nothing is remembered yet, and no file is read."""
    kept = jobs._Searches()
    monkeypatch.setattr(jobs, "_searches", lambda: kept)
    monkeypatch.setattr(jobs, "_places", lambda _version: ())
    monkeypatch.setattr(places_adjacency.Adjacency, "from_parquet", lambda _path: None)
    return kept


@pytest.fixture
def come(monkeypatch):
    """Let a visitor come, or come back."""

    def come(visitor=None):
        visitor = visitor or Visitor()
        monkeypatch.setattr(jobs, "st", visitor)
        return visitor

    return come


def asked(request=REQUEST):
    return jobs.answer(dataset().coverage, request)


def waited(job):
    assert isinstance(job, Job)
    assert job.search.done.wait(PATIENCE_S)
    return job


def test_the_search_itself_tells_how_far_it_is(come, monkeypatch):
    solver = Solver(monkeypatch)
    come()
    job = asked()
    assert solver.is_running.wait(PATIENCE_S)
    assert job.search.part == 0.25
    assert not job.is_over
    solver.may_end.set()
    waited(job)
    assert asked() == found(REQUEST)


def test_stop_ends_the_search_and_gives_what_it_found_but_does_not_remember_it(come, searches, monkeypatch):
    solver = Solver(monkeypatch)
    visitor = come()
    job = asked()
    assert solver.is_running.wait(PATIENCE_S)
    jobs.stop()
    waited(job)
    assert solver.stopped == [REQUEST]
    assert asked().was_stopped
    come()
    solver.may_end.set()
    second = asked()
    if isinstance(second, Job):  # a busy machine
        second = waited(second).search.plan
    assert not second.was_stopped
    come(visitor)
    jobs.again()
    assert asked() is second
    assert solver.begun == [REQUEST, REQUEST]


def test_stop_before_anything_was_found_gives_nothing_and_again_begins_anew(come, monkeypatch):
    solver = Solver(monkeypatch, finds=False)
    come()
    job = asked()
    assert solver.is_running.wait(PATIENCE_S)
    jobs.stop()
    waited(job)
    assert asked() is job
    assert (job.was_stopped, job.is_over) == (True, True)
    assert (job.search.plan, job.search.error) == (None, None)
    jobs.again()
    second = asked()
    assert second is not job
    solver.may_end.set()
    waited(second)
    assert asked() == found(REQUEST)


def test_a_search_for_which_another_waits_goes_on(come, monkeypatch):
    solver = Solver(monkeypatch)
    one, other = come(), Visitor()
    first = asked()
    come(other)
    second = asked()
    assert second.search is first.search
    come(one)
    jobs.stop()
    jobs.stop()  # pressed twice
    assert first.is_over
    assert asked() is first
    assert not second.is_over
    assert not second.search.stop.is_set()
    come(other)
    jobs.stop()
    waited(second)
    assert solver.stopped == solver.begun == [REQUEST]


def test_who_comes_while_a_search_is_being_stopped_begins_another(come, monkeypatch):
    solver = Solver(monkeypatch)
    come()
    first = asked()
    assert solver.is_running.wait(PATIENCE_S)
    first.search.stop.set()
    come()
    second = asked()
    assert second.search is not first.search
    solver.may_end.set()
    waited(second)
    assert asked() == found(REQUEST)


def test_another_question_stops_the_search_for_the_first(come, monkeypatch):
    solver = Solver(monkeypatch)
    come()
    first = asked(REQUEST)
    assert solver.is_running.wait(PATIENCE_S)
    second = asked(OTHER)
    waited(first)
    assert solver.stopped == [REQUEST]
    solver.may_end.set()
    waited(second)
    assert asked(OTHER) == found(OTHER)


def test_a_search_stopped_before_its_turn_finds_nothing(come, searches, monkeypatch):
    solver = Solver(monkeypatch, finds=False)
    monkeypatch.setattr(searches, "_turns", threading.Semaphore(0))
    come()
    job = asked()
    jobs.stop()
    waited(job)
    assert asked() is job
    assert solver.begun == []


def test_what_ran_out_of_time_is_not_kept_for_others(come, searches, monkeypatch):
    late, may_end = replace(found(REQUEST), ended=Ended.TIME), threading.Event()
    monkeypatch.setattr(jobs, "plan", lambda *_, **__: may_end.wait(PATIENCE_S) and late)
    come()
    job = asked()
    may_end.set()
    waited(job)
    assert asked() is late
    assert searches.get((REQUEST, "tiny")) is None
