"""Solve in a Python of its own that can be killed."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from geo.errors import GeoError
from geo.solver.control import SearchControl, Step
from geo.solver.program import Program, Solved

_LOOK_S = 0.05
_GRACE_S = 2.0  # for a solver that looks at its clock too seldom


def solve_in_child(program: Program, control: SearchControl) -> Solved:
    """Solve in a Python of its own that is killed when the search must stop."""
    command = [sys.executable, "-m", "geo.solver"]
    folder = Path(__file__).resolve().parents[2]
    patient = replace(control, limit_s=control.limit_s + _GRACE_S)
    sent = pickle.dumps((program, time.monotonic() + control.left_s))
    said: list[tuple[bytes, bytes]] = []
    ended = threading.Event()  # and not the end of the thread: an interrupted join takes that for over

    def talk() -> None:
        try:
            with suppress(OSError, ValueError):  # an impatient second interrupt closes the pipes meanwhile
                said.append(child.communicate(sent))
        finally:
            ended.set()

    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder) as child:  # noqa: S603  (ourselves)
        talker = threading.Thread(target=talk, daemon=True)
        try:
            talker.start()
            while not ended.is_set() and patient.check(Step.PROVE):
                ended.wait(_LOOK_S)
            is_late = not ended.is_set()
        finally:
            if child.poll() is None:
                child.kill()
            if talker.ident is not None:
                ended.wait()
    if is_late:
        return Solved(None, -np.inf)
    answer, complaint = said[0] if said else (b"", b"")
    if child.returncode != 0 or not answer:
        reason = (complaint.decode(errors="replace").strip().splitlines() or ["it gave no reason"])[-1]
        raise GeoError(f"The solver ended without an answer (status {child.returncode}): {reason}")
    found: Solved = pickle.loads(answer)  # noqa: S301  (from our own child)
    return found
