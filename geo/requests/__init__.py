"""What a reader may ask, declared once; not what is answered."""

from geo.requests.kinds import Choice, Codes, Flag, Number, Text
from geo.requests.lists import Ids, Points
from geo.requests.request import Request, choice

__all__ = ["Choice", "Codes", "Flag", "Ids", "Number", "Points", "Request", "Text", "choice"]
