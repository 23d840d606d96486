"""The clock of a search: how far it is, when it must end, and what ended it."""

import pytest

from geo.solver.control import CancelledError, Ended, SearchControl, Step


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, monkeypatch):
        self.now = 0.0
        monkeypatch.setattr("geo.solver.control.time.perf_counter", lambda: self.now)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def told(control_of, *looks):
    """What a search tells that looks at these stages and parts of them."""
    heard = []
    control = SearchControl(limit_s=10.0, on_progress=lambda progress: heard.append(progress.part), started=0.0)
    for stage, done in looks:
        control_of(control, stage).check(Step.BOUND, done)
    return heard


def test_a_search_begins_now_by_the_clock_by_which_it_ends(clock):
    clock.now = 7.0
    control = SearchControl(limit_s=10.0)
    clock.now = 9.0
    assert (control.elapsed_s, control.left_s) == (2.0, 8.0)


def test_without_stages_the_time_tells_how_far_it_is(clock):
    heard = []
    control = SearchControl(limit_s=10.0, on_progress=heard.append, started=0.0)
    for clock.now in (0.0, 2.5, 20.0):
        control.check(Step.IMPROVE)
    assert [(each.part, each.elapsed_s) for each in heard] == [(0.0, 0.0), (0.25, 2.5), (1.0, 20.0)]


def test_stages_tell_the_part_of_the_work_whatever_the_time(clock):
    clock.now = 5.0
    halves = {"first": (0.0, 0.5), "second": (0.5, 1.0)}
    looks = [("first", 0.0), ("first", 0.5), ("second", 0.0), ("second", 0.5), ("second", 7.0)]
    assert told(lambda control, stage: control.stage(*halves[stage]), *looks) == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_a_stage_of_a_stage_lies_inside_it(clock):
    assert told(lambda control, _: control.stage(0.5, 1.0).stage(0.5, 1.0), ("", 0.0), ("", 1.0)) == [0.75, 1.0]


def test_a_stage_has_its_share_of_the_time_left_and_never_more_than_the_whole(clock):
    control = SearchControl(limit_s=10.0, started=0.0)
    clock.now = 4.0
    assert control.stage(0.0, 0.5, share=0.5).left_s == pytest.approx(3.0)
    assert control.stage(0.0, 0.5).left_s == pytest.approx(6.0)
    clock.now = 12.0
    assert control.stage(0.0, 0.5, share=0.5).left_s == 0.0


def test_time_that_is_over_in_a_stage_is_known_to_the_whole(clock):
    control = SearchControl(limit_s=10.0, started=0.0)
    stage = control.stage(0.0, 0.5, share=0.5)
    assert stage.may_go_on(Step.BOUND)
    assert control.ended is Ended.DONE
    clock.now = 6.0
    assert not stage.may_go_on(Step.BOUND)
    assert control.may_go_on(Step.BOUND)
    assert control.ended is Ended.TIME


def test_who_said_stop_once_is_not_asked_again():
    answers = iter([False, True, False])
    control = SearchControl(should_stop=lambda: next(answers))
    assert control.may_go_on(Step.IMPROVE)
    assert not control.stage(0.0, 1.0).may_go_on(Step.IMPROVE)
    assert not control.may_go_on(Step.IMPROVE)
    assert control.ended is Ended.STOPPED
    with pytest.raises(CancelledError):
        control.check(Step.IMPROVE)
    assert next(answers) is False
