"""Map and list of a proposal, as the browser draws them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.networks import NetworkProposal
from geo.networks.proposal import Network, Offer
from geo.places import Area
from geo.places.adjacency import Adjacency
from geo.store import Dataset
from ui import browser_files
from ui.networks import sentences
from ui.networks.colouring import NETWORK_COLOURS, colour_networks, touching_networks
from words import amounts, i18n, labels, phrases, problems
from words.i18n import _

LEFT_OVER_CLASS = -1
"""The class that the map draws as a pattern."""


def map_for_browser(data: Dataset, plan: NetworkProposal, adjacency: Adjacency) -> dict[str, Any]:
    """Return what classes.js and networks.js draw: colours, groups, numbers at the seats, doors."""
    members = [network.members for network in plan.networks]
    colours = colour_networks(touching_networks(members, adjacency))
    placed = [
        (code, colours[at], _tip_text(at, count))
        for at, network in enumerate(plan.networks)
        for code, count in network.member_children
    ]
    left = [
        (each.nis_code, LEFT_OVER_CLASS, " · ".join((_("Left over"), amounts.children_text(each.children))))
        for each in plan.left_over
    ]
    codes, classes, tips = zip(*sorted([*placed, *left]), strict=True) if placed or left else ((), (), ())
    return {
        "points": browser_files.points_file(data),
        "mask": browser_files.pack_mask(_door_mask(data, plan)),
        "codes": codes,
        "classes": classes,
        "colours": list(NETWORK_COLOURS),
        "tips": tips,
        "goto": [],
        "groups": members,
        "seats": [[network.seat.place.lat, network.seat.place.lon] for network in plan.networks],
        "mark": _("Network {number}"),
    }


def _tip_text(at: int, children: float) -> str:
    return " · ".join((_("Network {number}").format(number=i18n.number_text(at + 1)), amounts.children_text(children)))


def _door_mask(data: Dataset, plan: NetworkProposal) -> npt.NDArray[np.bool_]:
    rows = browser_files.rows_by_id(data.directory)
    mask = np.zeros(len(data.directory), dtype=np.bool_)
    mask[[rows[each] for network in plan.networks for offer in network.offers for each in offer.located]] = True
    return mask


def rows_for_browser(data: Dataset, plan: NetworkProposal, areas: Mapping[str, Area]) -> dict[str, Any]:
    """Return the networks, the municipalities left over, and the notes.

    Each network comes with what is known of it.
    """
    names = data.municipalities.names(i18n.current_language())
    return {
        "networks": [_network_row(network, names, areas) for network in plan.networks],
        "services": _service_names(data, plan),
        "left": [{"code": each.nis_code, "said": problems.sentence(each.why)} for each in plan.left_over],
        "notes": [problems.sentence(each) for each in plan.notes],
        "minimised": sentences.spread_definition(),
        "honest": sentences.caveat_sentences(),
    }


def _network_row(network: Network, names: Mapping[str, str], areas: Mapping[str, Area]) -> dict[str, Any]:
    return {
        "heart": network.heart,
        "members": phrases.enumerate_names(sorted(names[code] for code in network.members)),
        "facts": sentences.facts_text(network),
        "seat": sentences.seat_text(network),
        "kept": sentences.kept_text(network, areas),
        "missing": sentences.missing_sentences(network),
        "offers": [_offer_row(offer, names) for offer in network.offers if not offer.is_missing],
    }


def _offer_row(offer: Offer, names: Mapping[str, str]) -> dict[str, Any]:
    without = phrases.enumerate_names(sorted(names[code] for code in offer.without), most=12)
    return {
        "kind": labels.type_name(offer.service_type),
        "located": offer.located,
        "serving": offer.serving,
        "without": _("None known for {names}.").format(names=without) if without else "",
    }


def _service_names(data: Dataset, plan: NetworkProposal) -> dict[str, str]:
    """Return the names of all services that are listed, each once."""
    ids = {
        each
        for network in plan.networks
        for offer in network.offers
        for each in (*offer.located, *offer.serving)
    }  # fmt: skip
    return {service.id: service.name for service in data.directory.services if service.id in ids}
