"""The partition to make: what to cover, at what cost, within which bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.arrays import Flags, Floats, Rows64

_SLACK = 1e-9
"""Numbers are compared with this relative slack, so that sums in another order give the same answer."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Puzzle:
    """What is to be grouped: n municipalities.

    `children` is float64[n]; `km` is float64[n, n], symmetric, kilometres between centres; `borders` is bool[n, n],
    symmetric: who may be joined directly; `block` is int64[n], numbered from 0 without holes: those with the same
    number stay together. A group is feasible when it is whole blocks, hangs together, counts `min_children` or more
    and no two members are more than `max_km` apart.
    """

    children: Floats
    km: Floats
    borders: Flags
    block: Rows64
    min_children: float
    max_km: float

    def spread(self, members: Sequence[int] | Rows64) -> float:
        """Return the child-kilometres of a group: the children times the way to the centre of its best member."""
        rows = np.asarray(members, dtype=np.int64)
        return float((self.children[rows] @ self.km[np.ix_(rows, rows)]).min())

    def heart(self, members: Sequence[int] | Rows64) -> int:
        """Return the member whose centre is nearest to all children; the first of those that are equally good."""
        rows = np.asarray(members, dtype=np.int64)
        return int(rows[int((self.children[rows] @ self.km[np.ix_(rows, rows)]).argmin())])

    def span_km(self, members: Sequence[int] | Rows64) -> float:
        """Return the kilometres between the two members farthest apart."""
        rows = np.asarray(members, dtype=np.int64)
        return float(self.km[np.ix_(rows, rows)].max(initial=0.0))

    @property
    def enough(self) -> float:
        """The children from which a group has enough."""
        return self.min_children * (1 - _SLACK)

    @property
    def across(self) -> float:
        """The kilometres up to which a group is small enough."""
        return self.max_km * (1 + _SLACK) + _SLACK
