"""Proposal of networks: members, leftovers and proof."""

from __future__ import annotations

from dataclasses import dataclass

from geo.ages import AgeGroup
from geo.directory import ServiceType
from geo.messages import N_, Message
from geo.networks.request import NetworkRequest
from geo.places import Place
from geo.places.adjacency import Bridge
from geo.solver.control import Ended

SPREAD_DEFINITION = N_(
    "Spread is the sum over municipalities of their children times the straight line, in km, from the centre of the "
    "municipality to the centre of the member of its network that makes this sum least. Centres are weighted by where "
    "people live. First as few municipalities as possible are left over, then spread is least."
)
"""Exactly what is minimised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Possible seat of a network.

    Of all centres of deelgemeenten the nearest to its children, on average.

    `mean_km` is the straight line from where children live (statistical sectors) to it.
    """

    place: Place
    mean_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is known of one type of service in a network.

    `located` are ids of services that stand in a member, `serving` of those only for one (or its province or
    region); `without` are the members for which none is known, which is not the same as none.
    """

    service_type: ServiceType
    located: tuple[str, ...]
    serving: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Whether none is known."""
        return not (self.located or self.serving)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One proposed network; children are estimates for the ages asked.

    `member_children` are NIS codes, sorted, each with its children; `children` are those of all per age group, young
    first; `heart` is the member whose centre is nearest to the children of all centres; `spread` is in
    child-kilometres to it; `span_km` lies between the two members farthest apart; `partnerships` are codes of those
    kept in it, `is_partnership` says whether it is exactly one of them.
    """

    member_children: tuple[tuple[str, float], ...]
    children: tuple[tuple[AgeGroup, float], ...]
    heart: str
    spread: float
    span_km: float
    seat: Seat
    offers: tuple[Offer, ...]
    partnerships: tuple[str, ...]
    is_partnership: bool

    @property
    def members(self) -> tuple[str, ...]:
        """NIS codes, sorted."""
        return tuple(code for code, _ in self.member_children)

    @property
    def total(self) -> float:
        """Children of all ages asked."""
        return sum(count for _, count in self.children)

    @property
    def mean_km(self) -> float:
        """Mean kilometres from a child's municipality to the heart.

        0 without children.
        """
        return self.spread / self.total if self.total else 0.0

    @property
    def missing(self) -> tuple[ServiceType, ...]:
        """Types of which no service is known."""
        return tuple(offer.service_type for offer in self.offers if offer.is_missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """A municipality in no network, its children, and why."""

    nis_code: str
    children: float
    why: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkProposal:
    """The answer to a request.

    `spread` and `bound` in child-kilometres: no answer that leaves over as few can have less spread than `bound`;
    `fewest_left` municipalities at least are left over in every answer. `ended` is what ended the search: after DONE,
    and whenever nothing better is possible, the same request on the same data has the same answer on every machine.
    """

    request: NetworkRequest
    networks: tuple[Network, ...]
    left_over: tuple[LeftOver, ...]
    notes: tuple[Message, ...]
    bridges: tuple[Bridge, ...]
    spread: float
    bound: float
    fewest_left: int
    data_version: str
    ended: Ended = Ended.DONE

    @property
    def gap(self) -> float | None:
        """At most this share of the spread could be saved; None when fewer might be left over, or nothing is known."""
        if self.fewest_left < len(self.left_over) or self.bound <= 0 < self.spread:
            return None
        return (self.spread - self.bound) / self.spread if self.spread > 0 else 0.0

    @property
    def was_stopped(self) -> bool:
        """Whether it is what was found when the search was stopped, and perhaps not the best."""
        return self.ended is Ended.STOPPED

    @property
    def mean_km(self) -> float:
        """Kilometres from a placed child's municipality to the heart of its network, on average."""
        placed = sum(network.total for network in self.networks)
        return self.spread / placed if placed else 0.0

    def summary(self) -> dict[str, float]:
        """Return the numbers that sum a proposal up, to compare it with another."""
        totals = [network.total for network in self.networks]
        gap = {} if self.gap is None else {"gap": self.gap}
        return {
            "networks": float(len(self.networks)),
            "municipalities_left_over": float(len(self.left_over)),
            "children_left_over": sum(each.children for each in self.left_over),
            "fewest_children": min(totals, default=0.0),
            "most_children": max(totals, default=0.0),
            "widest_km": max((network.span_km for network in self.networks), default=0.0),
            "mean_km": self.mean_km,
            "mean_km_to_seat": _mean_km_to_seat(self.networks),
            "spread": self.spread,
            "bound": self.bound,
            "types_missing": float(sum(len(network.missing) for network in self.networks)),
        } | gap


def _mean_km_to_seat(networks: tuple[Network, ...]) -> float:
    children = sum(network.total for network in networks)
    return sum(network.total * network.seat.mean_km for network in networks) / children if children else 0.0
