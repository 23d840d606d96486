"""Count the work of a search, so that the request and not the clock bounds it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.solver.program import Program, Solved

_ROOT = 5  # branches that the first relaxation, its cuts and its heuristics are worth


@dataclass(slots=True)
class Effort:
    """Work that is left: terms of programs times the branches looked at, about two million a second."""

    left: float

    def bound(self, program: Program) -> Program:
        """Return the program with as many branches as the work left allows."""
        return replace(program, most_nodes=max(1, int(self.left // max(1, len(program.column)))))

    def spend(self, program: Program, solved: Solved) -> None:
        """Take off what solving a program has cost."""
        self.left -= len(program.column) * (solved.nodes + _ROOT)
