"""Which municipalities join forces; places no services."""

from typing import TYPE_CHECKING

from geo.doors import open_door

if TYPE_CHECKING:
    from geo.networks.proposal import NetworkProposal
    from geo.networks.request import NetworkRequest
    from geo.networks.search import propose

__all__ = ["NetworkProposal", "NetworkRequest", "propose"]

__getattr__ = open_door(
    __name__,
    {
        "NetworkProposal": "proposal",
        "NetworkRequest": "request",
        "propose": "search",
    },
)
