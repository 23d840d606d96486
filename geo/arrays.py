"""Array types, named by what they hold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rows32 = npt.NDArray[np.int32]
Rows64 = npt.NDArray[np.int64]
"""Rows of a table of municipalities or points."""
