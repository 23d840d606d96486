"""Who helps this family here; coverage of areas is measured elsewhere."""

from geo.finder.filters import ServiceFilter
from geo.finder.hints import hints_for
from geo.finder.search import SearchResult, search

__all__ = ["SearchResult", "ServiceFilter", "hints_for", "search"]
