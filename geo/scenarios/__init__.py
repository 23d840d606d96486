"""Plans and proposals kept as files; a screen draws them."""

from geo.scenarios.file import Scenario
from geo.scenarios.plans import read, write

__all__ = ["Scenario", "read", "write"]
