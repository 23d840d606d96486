"""Two-step floating catchment (2SFCA, E2SFCA)."""

from __future__ import annotations

import numpy as np

from geo.arrays import Floats
from geo.coverage.measures import E2SFCA_STEPS


def step_weights(distance_m: Floats, reach_m: float) -> Floats:
    """Return the E2SFCA weight of each distance.

    Same shape; by `E2SFCA_STEPS`, 0 beyond the reach.
    """
    weights = np.zeros_like(distance_m)
    for part, weight in reversed(E2SFCA_STEPS):
        weights[distance_m <= part * reach_m] = weight
    return weights


def flat_weights(distance_m: Floats, reach_m: float) -> Floats:
    """Return the 2SFCA weight of each distance.

    1 within the reach (included) and 0 beyond.
    """
    return (distance_m <= reach_m).astype(np.float64)


def floating_catchment(weights: Floats, load: Floats, *, capacity: Floats | float = 1.0) -> Floats:
    """Return the share of each service for each point.

    float64[...], the second step of 2SFCA and E2SFCA, pair by pair.

    Parameters
    ----------
    weights : float64[...]
        Weight of the distance between a point and a service, 0 out of reach: a table of points by services, or a
        list of pairs.
    load : float64[...]
        The people of all points around that service, each by the same weight (the first step); a shape that fits.
    capacity : float64[...] or float
        Offer of that service.

    Notes
    -----
    First ``R_j = S_j / sum_k P_k W_kj``, then ``A_i = sum_j R_j W_ij``; this gives the terms of the last sum. Out of
    reach the answer is a real 0. A service divided over nobody has no bound for a point within its reach. Summed over
    people, the answer gives back the capacity of all services that somebody can reach. Luo and Wang 2003 (doi
    10.1068/b29120), Luo and Qi 2009 (doi 10.1016/j.healthplace.2009.06.002).
    """
    shape = np.broadcast_shapes(np.shape(weights), np.shape(load))
    ratio = np.divide(capacity, load, out=np.full(shape, np.inf), where=np.broadcast_to(load, shape) > 0)
    share: Floats = np.multiply(weights, ratio, out=np.zeros(shape), where=np.broadcast_to(weights, shape) > 0)
    return share
