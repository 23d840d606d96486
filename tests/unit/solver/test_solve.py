"""The solver: small programs at once, large ones in a process of their own that ends when it is told to."""

import math
import signal
from dataclasses import replace

import numpy as np
import pytest

from geo.errors import GeoError
from geo.solver import child_process
from geo.solver import solve as solver
from geo.solver.control import CancelledError, Ended, Watch
from geo.solver.program import Program
from tests.support.signals import taking_ctrl_c


def program(rows, cost, low=1.0, high=math.inf):
    """Choose columns so that each row holds at least `low` of its own."""
    return Program(
        cost=np.array(cost, dtype=float),
        starts=np.cumsum([0, *(len(row) for row in rows)]),
        column=np.array([column for row in rows for column in row]),
        factor=np.ones(sum(len(row) for row in rows)),
        low=np.full(len(rows), low),
        high=np.full(len(rows), high),
        most=np.ones(len(cost)),
        is_whole=np.ones(len(cost), dtype=bool),
    )


SMALL = program([(0, 1), (1, 2), (3,)], (3, 4, 3, 1))


def hard(bits=7):
    """A covering of triples so symmetric that no solver proves it in seconds."""
    rows = [(a, b, a ^ b) for a in range(1, 2**bits) for b in range(a + 1, 2**bits) if b < a ^ b]
    return program([tuple(each - 1 for each in row) for row in rows], np.ones(2**bits - 1))


def test_a_small_program_is_solved_at_once():
    found = solver.solve(SMALL, Watch())
    assert found.x == pytest.approx([0, 1, 0, 1])
    assert found.bound == pytest.approx(5)


def test_a_process_of_its_own_finds_the_same(monkeypatch):
    monkeypatch.setattr(solver, "_LARGE", 0)
    found = solver.solve(SMALL, Watch())
    assert found.x == pytest.approx([0, 1, 0, 1])
    assert found.bound == pytest.approx(5)


def test_what_is_impossible_is_said_to_be():
    assert solver.solve(program([(0,)], (1,), low=2.0), Watch()).is_impossible


def test_no_time_is_no_answer():
    found = solver.solve(SMALL, Watch(limit_s=0.0))
    assert found.x is None
    assert found.bound == -math.inf


def test_a_long_search_gives_its_bound_when_the_time_is_over():
    """However slow the computer is: in some time there is a first bound, and never a proof."""
    for limit_s in (4.0, 16.0, 64.0, 256.0):
        watch = Watch(limit_s=limit_s)
        found = solver.solve(hard(), watch)
        if found.x is not None and found.bound > 1:
            break
    assert 1 < found.bound < sum(found.x) - 0.5
    assert watch.ended is Ended.TIME


def test_a_process_that_fails_says_so(monkeypatch):
    monkeypatch.setattr(solver, "_LARGE", 0)
    with pytest.raises(GeoError, match=r"without an answer \(status 1\): \w+Error"):
        solver.solve(replace(SMALL, low=np.ones(7)), Watch())


SHARES = replace(
    SMALL,
    low=np.array([1.0, 1.5, -math.inf]),
    high=np.array([1.0, math.inf, 5.0]),
    most=np.full(4, math.inf),
    is_whole=np.zeros(4, dtype=bool),
)
"""The first row exactly 1, the second at least 1.5, the third at most 5."""


@pytest.mark.parametrize("large", [100_000, 0], ids=["at once", "in a process"])
def test_without_whole_numbers_each_row_has_its_price(monkeypatch, large):
    monkeypatch.setattr(solver, "_LARGE", large)
    found = solver.solve(SHARES, Watch())
    assert found.x == pytest.approx([0, 1, 0.5, 0])
    assert found.bound == pytest.approx(5.5)
    assert found.prices == pytest.approx([1, 3, 0])


def test_what_cannot_be_shared_out_is_said_to_be_impossible():
    found = solver.solve(replace(SHARES, most=np.ones(4), low=np.array([1.0, 3.0, -math.inf])), Watch())
    assert found.is_impossible
    assert found.prices is None


def test_branches_that_are_allowed_bound_the_work(monkeypatch):
    """When they are spent, no process looks further."""
    monkeypatch.setattr(solver, "in_a_process", None)
    found = solver.solve(replace(hard(), most_nodes=0), Watch())
    assert found.is_done
    assert not found.is_impossible


@pytest.fixture
def children(monkeypatch):
    """The processes that were started; every program gets one."""
    started, start = [], child_process.subprocess.Popen

    def listed(*args, **options):
        started.append(start(*args, **options))
        return started[-1]

    monkeypatch.setattr(solver, "_LARGE", 0)
    monkeypatch.setattr(child_process.subprocess, "Popen", listed)
    return started


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN], ids=["at a terminal", "under nohup"])
def test_a_long_search_ends_as_soon_as_it_is_told(children, handler):
    """Its process is ended, and does not end by itself; whoever starts the program may have Ctrl-C ignored."""
    asked = iter(range(100))
    with taking_ctrl_c(handler), pytest.raises(CancelledError):
        solver.solve(hard(), Watch(limit_s=600, should_stop=lambda: next(asked) >= 3))
    assert [child.returncode for child in children] == [-signal.SIGKILL]


def test_ctrl_c_ends_the_process_too(children):
    """It comes while the search waits for its process."""

    def should_stop():
        if children:
            signal.raise_signal(signal.SIGINT)
        return False

    with taking_ctrl_c(), pytest.raises(KeyboardInterrupt):
        solver.solve(hard(), Watch(limit_s=600, should_stop=should_stop))
    assert [child.returncode for child in children] == [-signal.SIGKILL]
