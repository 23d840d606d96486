"""Turns a proposal of networks into what the browser draws: colours, outlines, numbers, and the list beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.adjacency import Adjacency
from geo.areas import Area
from geo.network_plan import Network, NetworkPlan, Offer
from geo.store import Dataset
from ui import coverage_words as said
from ui import feed, i18n, network_sentences, words
from ui.i18n import _

COLOURS = ("#77aadd", "#ee8866", "#eedd88", "#ffaabb", "#44bb99", "#99ddff", "#bbcc33", "#aaaa00")
"""Told apart without full sight of colours too, and light enough for dark numbers on them."""
LEFT_OVER = -1
"""The class that the map draws as a pattern."""


def colouring(touching: npt.NDArray[np.bool_], *, colours: int = len(COLOURS)) -> list[int]:
    """Return a colour for each of n networks, so that no two that touch have the same.

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
    for at in reversed(_fewest_first(touching)):
        around = [found[other] for other in np.flatnonzero(touching[at]).tolist() if found[other] >= 0]
        best = min(range(colours), key=lambda colour: (around.count(colour), used[colour], colour))
        found[at] = best
        used[best] += 1
    return found


def _fewest_first(touching: npt.NDArray[np.bool_]) -> list[int]:
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


def touching(members: Sequence[Sequence[str]], adjacency: Adjacency) -> npt.NDArray[np.bool_]:
    """Return bool[n, n]: which of n groups of NIS codes have municipalities that border each other."""
    codes = [code for group in members for code in group]
    borders = adjacency.among(codes).astype(np.int64)
    group = np.repeat(np.arange(len(members)), [len(each) for each in members])
    inside = (np.arange(len(members))[:, None] == group).astype(np.int64)
    touch: npt.NDArray[np.bool_] = (inside @ borders @ inside.T) > 0
    return touch & ~np.eye(len(members), dtype=np.bool_)


def shown(data: Dataset, plan: NetworkPlan, adjacency: Adjacency) -> dict[str, Any]:
    """Return what choropleth.js and network-map.js draw: colours, groups, numbers at the seats, doors."""
    members = [network.members for network in plan.networks]
    colours = colouring(touching(members, adjacency))
    placed = [
        (code, colours[at], _tip(at, count))
        for at, network in enumerate(plan.networks)
        for code, count in network.member_children
    ]
    left = [
        (each.nis_code, LEFT_OVER, " · ".join((_("Left over"), said.children(each.children))))
        for each in plan.left_over
    ]
    codes, classes, tips = zip(*sorted([*placed, *left]), strict=True) if placed or left else ((), (), ())
    return {
        "points": feed.points(data),
        "mask": feed.mask(_doors(data, plan)),
        "codes": codes,
        "classes": classes,
        "colours": list(COLOURS),
        "tips": tips,
        "goto": [],
        "groups": members,
        "seats": [[network.seat.place.lat, network.seat.place.lon] for network in plan.networks],
        "mark": _("Network {number}"),
    }


def _tip(at: int, children: float) -> str:
    return " · ".join((_("Network {number}").format(number=i18n.number(at + 1)), said.children(children)))


def _doors(data: Dataset, plan: NetworkPlan) -> npt.NDArray[np.bool_]:
    rows = feed.row_of(data.directory)
    mask = np.zeros(len(data.directory), dtype=np.bool_)
    mask[[rows[each] for network in plan.networks for offer in network.offers for each in offer.located]] = True
    return mask


def listed(data: Dataset, plan: NetworkPlan, areas: Mapping[str, Area]) -> dict[str, Any]:
    """Return the networks with what is known of each, the municipalities left over, and what a reader must know."""
    names = data.municipalities.names(i18n.language())
    return {
        "networks": [_network(network, names, areas) for network in plan.networks],
        "services": _services(data, plan),
        "left": [
            {"code": each.nis_code, "said": network_sentences.left_over(each, data.municipalities)}
            for each in plan.left_over
        ],
        "notes": [network_sentences.note(each, data.municipalities) for each in plan.notes],
        "minimised": network_sentences.minimised(),
        "honest": network_sentences.honest(),
    }


def _network(network: Network, names: Mapping[str, str], areas: Mapping[str, Area]) -> dict[str, Any]:
    return {
        "heart": network.heart,
        "members": said.names(sorted(names[code] for code in network.members)),
        "facts": network_sentences.facts(network),
        "seat": network_sentences.seat(network),
        "kept": network_sentences.kept(network, areas),
        "missing": network_sentences.missing(network),
        "offers": [_offer(offer, names) for offer in network.offers if not offer.is_missing],
    }


def _offer(offer: Offer, names: Mapping[str, str]) -> dict[str, Any]:
    without = said.names(sorted(names[code] for code in offer.without), most=12)
    return {
        "kind": words.service_type(offer.service_type),
        "located": offer.located,
        "serving": offer.serving,
        "without": _("None known for {names}.").format(names=without) if without else "",
    }


def _services(data: Dataset, plan: NetworkPlan) -> dict[str, str]:
    """Return the names of all services that are listed, each once."""
    ids = {
        each
        for network in plan.networks
        for offer in network.offers
        for each in (*offer.located, *offer.serving)
    }  # fmt: skip
    return {service.id: service.name for service in data.directory.services if service.id in ids}
