"""Which municipalities join forces; places no services."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.networks.proposal import NetworkProposal
    from geo.networks.request import NetworkRequest
    from geo.networks.search import propose

__all__ = ["NetworkProposal", "NetworkRequest", "propose"]
_ROOMS = {"NetworkProposal": "proposal", "NetworkRequest": "request", "propose": "search"}


def __getattr__(name: str) -> object:
    """Return what the door shows, its room read when first asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
