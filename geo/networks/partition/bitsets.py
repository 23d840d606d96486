"""Sets of municipalities as bit masks and sparse matrices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse

from geo.arrays import Flags, Floats


def masks(flags: Flags) -> list[int]:
    """Return the rows of bool[., m] as whole numbers."""
    return [int.from_bytes(row.tobytes(), "little") for row in np.packbits(flags, axis=1, bitorder="little")]


def matrix(groups: Sequence[int], blocks: int) -> Floats:
    """Return float64[g, m]: 1 where a set holds a block."""
    width = (blocks + 7) // 8
    packed = np.frombuffer(b"".join(group.to_bytes(width, "little") for group in groups), dtype=np.uint8)
    holds = np.unpackbits(packed.reshape(len(groups), width), axis=1, bitorder="little", count=blocks)
    return holds.astype(np.float64)


def sparse_matrix(groups: Sequence[int], blocks: int) -> sparse.csr_array:
    """Return the same as `matrix`, in little memory."""
    parts = [sparse.csr_array(matrix(groups[at : at + 20_000], blocks)) for at in range(0, len(groups), 20_000)]
    return sparse.csr_array(sparse.vstack(parts)) if parts else sparse.csr_array((0, blocks))


def bits(group: int) -> Iterator[int]:
    """Yield the numbers in a set, small first."""
    while group:
        lowest = group & -group
        yield lowest.bit_length() - 1
        group ^= lowest
