"""The solver: small programs at once, large ones in a process of their own that ends when it is told to."""

import math
import signal
from dataclasses import replace

import numpy as np
import pytest

from geo.errors import GeoError
from geo.solver import attempts as solver
from geo.solver import child_process
from geo.solver.control import CancelledError, Ended, SearchControl
from geo.solver.highs import run
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
    found = solver.solve(SMALL, SearchControl())
    assert found.x == pytest.approx([0, 1, 0, 1])
    assert found.bound == pytest.approx(5)


def test_a_process_of_its_own_finds_the_same(monkeypatch):
    monkeypatch.setattr(solver, "_LARGE", 0)
    found = solver.solve(SMALL, SearchControl())
    assert found.x == pytest.approx([0, 1, 0, 1])
    assert found.bound == pytest.approx(5)


def test_what_is_impossible_is_said_to_be():
    assert solver.solve(program([(0,)], (1,), low=2.0), SearchControl()).is_impossible


def test_no_time_is_no_answer():
    found = solver.solve(SMALL, SearchControl(limit_s=0.0))
    assert found.x is None
    assert found.bound == -math.inf


@pytest.mark.parametrize("large", [100_000, 0], ids=["at once", "in a process"])
def test_a_search_that_the_time_cuts_short_says_so_and_promises_nothing_more(monkeypatch, large):
    monkeypatch.setattr(solver, "_LARGE", large)
    control = SearchControl(limit_s=1.5)
    found = solver.solve(hard(bits=8), control)
    assert not found.is_done
    assert control.ended is Ended.TIME
    assert found.x is None or found.bound < sum(found.x) - 0.5


def test_a_process_that_fails_says_so(monkeypatch):
    monkeypatch.setattr(solver, "_LARGE", 0)
    with pytest.raises(GeoError, match=r"without an answer \(status 1\): \w+Error"):
        solver.solve(replace(SMALL, low=np.ones(7)), SearchControl())


def child_that_runs(monkeypatch, *lines):
    """Let the process of its own run some lines first."""
    start = child_process.subprocess.Popen

    def begun(command, **options):
        script = "; ".join([*lines, "from geo.solver.__main__ import main", "main()"])
        return start([command[0], "-c", script], **options)

    monkeypatch.setattr(solver, "_LARGE", 0)
    monkeypatch.setattr(child_process.subprocess, "Popen", begun)


def test_what_the_library_prints_does_not_come_between(monkeypatch):
    """From Python and from below it, before the answer and after."""
    shout = "import os, atexit, geo.solver.__main__ as own"
    run = "run = own.run; own.run = lambda *a: (print('by Python', flush=True), os.write(1, b'by HiGHS'), run(*a))[2]"
    child_that_runs(monkeypatch, shout, run, "atexit.register(os.write, 1, b'at the end')")
    found = solver.solve(SMALL, SearchControl())
    assert found.x == pytest.approx([0, 1, 0, 1])


def test_a_process_that_is_killed_or_answers_nothing_says_so(monkeypatch):
    with monkeypatch.context() as killed:
        child_that_runs(killed, "import os, signal", "os.kill(os.getpid(), signal.SIGKILL)")
        with pytest.raises(GeoError, match=r"\(status -9\): it gave no reason"):
            solver.solve(SMALL, SearchControl())
    child_that_runs(monkeypatch, "import sys", "sys.exit()")
    with pytest.raises(GeoError, match=r"\(status 0\): it gave no reason"):
        solver.solve(SMALL, SearchControl())


@pytest.mark.parametrize("at_once_s", [0.01, 60.0], ids=["then in a process", "at once"])
def test_where_it_is_solved_does_not_change_the_answer(monkeypatch, at_once_s):
    """The first attempt is far too short for so many branches, or long enough: the same branches decide."""
    monkeypatch.setattr(solver, "AT_ONCE_S", at_once_s)
    symmetric, control = replace(hard(bits=5), most_nodes=30), SearchControl(limit_s=600.0)
    found, alone = solver.solve(symmetric, control), run(symmetric, 600.0)
    assert found.is_done
    assert control.ended is Ended.DONE
    assert (found.nodes, found.bound) == (alone.nodes, alone.bound)
    assert (found.x == alone.x).all()


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
    found = solver.solve(SHARES, SearchControl())
    assert found.x == pytest.approx([0, 1, 0.5, 0])
    assert found.bound == pytest.approx(5.5)
    assert found.prices == pytest.approx([1, 3, 0])


def test_what_cannot_be_shared_out_is_said_to_be_impossible():
    found = solver.solve(replace(SHARES, most=np.ones(4), low=np.array([1.0, 3.0, -math.inf])), SearchControl())
    assert found.is_impossible
    assert found.prices is None


def test_branches_that_are_allowed_bound_the_work(monkeypatch):
    """When they are spent, no process looks further."""
    monkeypatch.setattr(solver, "solve_in_child", None)
    monkeypatch.setattr(solver, "AT_ONCE_S", 60.0)
    found = solver.solve(replace(hard(), most_nodes=0), SearchControl(limit_s=600.0))
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
        solver.solve(hard(), SearchControl(limit_s=600, should_stop=lambda: next(asked) >= 3))
    assert [child.returncode for child in children] == [-signal.SIGKILL]


def test_ctrl_c_ends_the_process_too(children):
    """It comes while the search waits for its process."""

    def should_stop():
        if children:
            signal.raise_signal(signal.SIGINT)
        return False

    with taking_ctrl_c(), pytest.raises(KeyboardInterrupt):
        solver.solve(hard(), SearchControl(limit_s=600, should_stop=should_stop))
    assert [child.returncode for child in children] == [-signal.SIGKILL]
