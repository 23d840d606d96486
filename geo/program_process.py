"""Solves one program read from standard input and writes the answer to standard output; see `program_solver`."""

from __future__ import annotations

import pickle
import sys

from geo.program_solver import run


def main() -> None:
    """Read a pickled program and its time limit, solve, write the pickled answer."""
    program, limit_s = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  (from our own parent)
    sys.stdout.buffer.write(pickle.dumps(run(program, limit_s)))


if __name__ == "__main__":
    main()
