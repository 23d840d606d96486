"""Solves one program read from standard input and writes the answer to standard output; see `program_solver`."""

from __future__ import annotations

import pickle
import sys
import time

from geo.solver.highs import run


def main() -> None:
    """Read a pickled program and when to end (as `time.monotonic` says, the same in all processes), solve, answer."""
    program, deadline = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  (from our own parent)
    sys.stdout.buffer.write(pickle.dumps(run(program, deadline - time.monotonic())))


if __name__ == "__main__":
    main()
