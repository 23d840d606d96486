"""Colour networks so that neighbours differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo.places.adjacency import Adjacency

NETWORK_COLOURS = ("#77aadd", "#ee8866", "#eedd88", "#ffaabb", "#44bb99", "#99ddff", "#bbcc33", "#aaaa00")
"""Told apart without full sight of colours too, and light enough for dark numbers on them."""


def colour_networks(touching: npt.NDArray[np.bool_], *, colours: int = len(NETWORK_COLOURS)) -> list[int]:
    """Return a colour per network, so that neighbours differ.

    Parameters
    ----------
    touching : bool[n, n]
        Which networks touch, symmetric, False on the diagonal.
    colours : int
        How many there are. With six or more, networks that each hang together always find one: those with the fewest
        neighbours are coloured last, and on a map some network always has five at most.

    Returns
    -------
    list of int
        0 to `colours` - 1. Only where none is free (networks in pieces), one that fewest neighbours have.
    """
    found = [-1] * len(touching)
    used = [0] * colours
    for at in reversed(_order_by_neighbours(touching)):
        around = [found[other] for other in np.flatnonzero(touching[at]).tolist() if found[other] >= 0]
        best = min(range(colours), key=lambda colour: (around.count(colour), used[colour], colour))
        found[at] = best
        used[best] += 1
    return found


def _order_by_neighbours(touching: npt.NDArray[np.bool_]) -> list[int]:
    """Return positions in the order in which they can be taken away, each with the fewest neighbours left."""
    left, order = set(range(len(touching))), list[int]()
    degree = touching.sum(axis=1).astype(int).tolist()
    while left:
        at = min(left, key=lambda each: (degree[each], each))
        left.remove(at)
        order.append(at)
        for other in np.flatnonzero(touching[at]).tolist():
            degree[other] -= 1
    return order


def touching_networks(members: Sequence[Sequence[str]], adjacency: Adjacency) -> npt.NDArray[np.bool_]:
    """Return bool[n, n]: which groups have municipalities that touch.

    Groups are of NIS codes.
    """
    codes = [code for group in members for code in group]
    borders = adjacency.borders_among(codes).astype(np.int64)
    group = np.repeat(np.arange(len(members)), [len(each) for each in members])
    inside = (np.arange(len(members))[:, None] == group).astype(np.int64)
    touch: npt.NDArray[np.bool_] = (inside @ borders @ inside.T) > 0
    return touch & ~np.eye(len(members), dtype=np.bool_)
