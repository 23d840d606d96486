"""Finds the place that somebody types for a site, or says why it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

from geo.places.gazetteer import Ambiguous, Found, Gazetteer
from geo.places.place import Place, PlaceKind
from geo.places.spelling import fold
from geo.planning.candidates import POINT, SUBMUNICIPALITY, Candidate, CandidateBook, point_id
from words import phrases
from words.i18n import _

MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """The id of a candidate, or what is said instead, with pairs of id and name to choose from."""

    id: str = ""
    said: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def meant(text: str, gazetteer: Gazetteer, book: CandidateBook) -> Meant:
    """Return the candidate that a typed name or id means."""
    typed = text.strip()[:100]
    if typed in book.by_id or typed.startswith(POINT):
        return Meant(typed)
    answer = gazetteer.resolve(typed)
    if isinstance(answer, Found):
        return Meant(candidate_at(answer.place, book))
    if isinstance(answer, Ambiguous):
        said = _("There is more than one {name}. Which one do you mean?").format(name=answer.text)
        return Meant("", said, _choices(answer.choices, book))
    said = _("We do not know “{name}” in Flanders or Brussels.").format(name=typed)
    return Meant("", said, _choices(answer.suggestions, book))


def _choices(places: tuple[Place, ...], book: CandidateBook) -> tuple[tuple[str, str], ...]:
    named = {candidate_at(place, book): phrases.place_name(place) for place in places[:MOST_CHOICES]}
    return tuple(named.items())


def candidate_at(place: Place, book: CandidateBook) -> str:
    """Return the id of the candidate that stands for a place: itself, its deelgemeente of that name, or its point."""
    if place.id in book.by_id:
        return place.id
    same = _of_that_name(place, book)
    return same.id if same else point_id((place.lon, place.lat))


def _of_that_name(place: Place, book: CandidateBook) -> Candidate | None:
    if place.kind not in (PlaceKind.MUNICIPALITY, PlaceKind.FORMER_MUNICIPALITY, PlaceKind.LOCALITY):
        return None
    wanted = fold(place.name_nl)
    inside = [each for each in book.submunicipalities if each.nis_code == place.nis_code]
    for each in inside:
        if each.id.startswith(SUBMUNICIPALITY) and fold(each.name_nl).split(" (")[0] == wanted:
            return each
    return None
