"""Solve the program on standard input and write the answer to standard output; see `child_process`."""

from __future__ import annotations

import os
import pickle
import sys
import time

from geo.solver.highs import run


def main() -> None:
    """Read a pickled program and when to end (as `time.monotonic` says, the same in all processes), solve, answer."""
    # The answer leaves by a descriptor of its own: what the solver's library prints must not come between.
    answer = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    program, deadline = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  (from our own parent)
    found = run(program, deadline - time.monotonic())
    with os.fdopen(answer, "wb") as out:
        out.write(pickle.dumps(found))


if __name__ == "__main__":
    main()
