"""Integer programs that can be stopped; not what they model."""

from geo.solver.attempts import solve
from geo.solver.control import CancelledError, Ended, Progress, SearchControl, Step
from geo.solver.program import Program, Solved

__all__ = ["CancelledError", "Ended", "Program", "Progress", "SearchControl", "Solved", "Step", "solve"]
