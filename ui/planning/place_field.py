"""Match of a typed place with a candidate site."""

from __future__ import annotations

from dataclasses import dataclass

from geo.places import Gazetteer, Place
from geo.places.gazetteer import AmbiguousName, Match
from geo.places.place import PlaceKind
from geo.places.spelling import fold_name
from geo.planning.candidates import POINT_PREFIX, SUBMUNICIPALITY_PREFIX, Candidate, CandidateBook, point_id
from words import phrases
from words.i18n import _

MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The candidate that a text means, or a question about it.

    Without an id, `said` is what is asked, with pairs of id and name to choose from.
    """

    id: str = ""
    said: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def match_place(text: str, gazetteer: Gazetteer, book: CandidateBook) -> PlaceMatch:
    """Return the candidate that a typed name or id means."""
    typed = text.strip()[:100]
    if typed in book.by_id or typed.startswith(POINT_PREFIX):
        return PlaceMatch(typed)
    answer = gazetteer.resolve(typed)
    if isinstance(answer, Match):
        return PlaceMatch(candidate_id_at(answer.place, book))
    if isinstance(answer, AmbiguousName):
        said = _("There is more than one {name}. Which one do you mean?").format(name=answer.text)
        return PlaceMatch("", said, _place_choices(answer.choices, book))
    said = _("We do not know “{name}” in Flanders or Brussels.").format(name=typed)
    return PlaceMatch("", said, _place_choices(answer.suggestions, book))


def _place_choices(places: tuple[Place, ...], book: CandidateBook) -> tuple[tuple[str, str], ...]:
    named = {candidate_id_at(place, book): phrases.place_name(place) for place in places[:MOST_CHOICES]}
    return tuple(named.items())


def candidate_id_at(place: Place, book: CandidateBook) -> str:
    """Return the id of the candidate that stands for a place.

    It is itself, its deelgemeente of that name, or its point.
    """
    if place.id in book.by_id:
        return place.id
    same = _submunicipality_named(place, book)
    return same.id if same else point_id((place.lon, place.lat))


def _submunicipality_named(place: Place, book: CandidateBook) -> Candidate | None:
    if place.kind not in (PlaceKind.MUNICIPALITY, PlaceKind.FORMER_MUNICIPALITY, PlaceKind.LOCALITY):
        return None
    wanted = fold_name(place.name_nl)
    inside = [each for each in book.submunicipalities if each.nis_code == place.nis_code]
    for each in inside:
        if each.id.startswith(SUBMUNICIPALITY_PREFIX) and fold_name(each.name_nl).split(" (")[0] == wanted:
            return each
    return None
