"""Types, ages, areas and enumerations, as they stand inside a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from geo.ages import AgeGroup
from geo.directory import ServiceType
from geo.messages import N_
from geo.places import Area, AreaLevel, Place
from geo.places.place import PlaceKind
from words import i18n
from words.i18n import _

_MOST_NAMED = 3

TYPE_NAMES = {
    ServiceType.HOUSE_OF_THE_CHILD: N_("Huis van het Kind"),
    ServiceType.PARENTING_SHOP: N_("parenting shop"),
    ServiceType.IAPSC_TEAM: N_("walk-in team"),
    ServiceType.PLAY_AND_ENCOUNTER: N_("place to play and meet"),
    ServiceType.COUNSELLING_CENTRE: N_("baby clinic"),
    ServiceType.MOBILE_SUPPORT: N_("service for support at home"),
    ServiceType.EDUCATIONAL_OPPORTUNITIES: N_("initiative for play, language and school"),
    ServiceType.FAMILY_CARE_CENTRE: N_("family care centre (CKG)"),
    ServiceType.PUPIL_GUIDANCE_CENTRE: N_("pupil guidance centre (CLB)"),
    ServiceType.PARENTING_LINE: N_("help line"),
    ServiceType.PROVINCIAL_CENTRE: N_("provincial support centre"),
    ServiceType.FLEMISH_COORDINATOR: N_("co-ordinator for Flanders"),
}
"""Each type as it stands inside a sentence, without an article."""

TYPE_NAMES_WITH_ARTICLE = {
    ServiceType.HOUSE_OF_THE_CHILD: N_("a Huis van het Kind"),
    ServiceType.PARENTING_SHOP: N_("a parenting shop"),
    ServiceType.IAPSC_TEAM: N_("a walk-in team"),
    ServiceType.PLAY_AND_ENCOUNTER: N_("a place to play and meet"),
    ServiceType.COUNSELLING_CENTRE: N_("a baby clinic"),
    ServiceType.MOBILE_SUPPORT: N_("a service for support at home"),
    ServiceType.EDUCATIONAL_OPPORTUNITIES: N_("an initiative for play, language and school"),
    ServiceType.FAMILY_CARE_CENTRE: N_("a family care centre (CKG)"),
    ServiceType.PUPIL_GUIDANCE_CENTRE: N_("a pupil guidance centre (CLB)"),
    ServiceType.PARENTING_LINE: N_("a help line"),
    ServiceType.PROVINCIAL_CENTRE: N_("a provincial support centre"),
    ServiceType.FLEMISH_COORDINATOR: N_("a co-ordinator for Flanders"),
}
"""Each type as it stands inside a sentence, with the article that goes with it (in French always "un" or "une")."""
_IN_SENTENCE = {
    AreaLevel.PRIMARY_CARE_ZONE: N_("{name} (primary care zone)"),
    AreaLevel.ARRONDISSEMENT: N_("{name} (arrondissement)"),
    AreaLevel.PROVINCE: N_("{name} (province)"),
}
_TITLES = {
    AreaLevel.MUNICIPALITY: N_("{name}"),
    AreaLevel.PARTNERSHIP: N_("Partnership {name}"),
    AreaLevel.PRIMARY_CARE_ZONE: N_("Primary care zone {name}"),
    AreaLevel.ARRONDISSEMENT: N_("Arrondissement {name}"),
    AreaLevel.PROVINCE: N_("Province of {name}"),
    AreaLevel.REGION: N_("{name}"),
    AreaLevel.ALL: N_("Flanders and Brussels"),
}
_WIDE_AREA_NAMES = {
    "": N_("all of Flanders and Brussels"),
    "02000": N_("the Flemish Region"),
    "04000": N_("the Brussels-Capital Region"),
}


def ages_text(groups: Iterable[AgeGroup]) -> str:
    """Return age groups in years, joined: "0–5 and 12–17 years"."""
    spans: list[list[int]] = []
    for group in sorted(groups, key=lambda each: each.range):
        first, last = int(group.range.min_months) // 12, int(group.range.max_months) // 12 - 1
        if spans and spans[-1][1] == first - 1:
            spans[-1][1] = last
        else:
            spans.append([first, last])
    written = [f"{first}–{last}" for first, last in spans]
    return _("{ages} years").format(ages=_join_parts(written, _("{first} and {last}")))


def types_text(chosen: Iterable[ServiceType]) -> str:
    """Return types inside a sentence, without an article.

    For example "Huis van het Kind of opvoedingswinkel".
    """
    kinds = _sort_types(chosen)
    if len(kinds) > _MOST_NAMED:
        return _("{count} kinds of help").format(count=len(kinds))
    return _join_parts([_(TYPE_NAMES[kind]) for kind in kinds], _("{first} or {last}"))


def one_of_types(chosen: Iterable[ServiceType]) -> str:
    """Return types with articles: "een Huis van het Kind of een opvoedingswinkel".

    More than three are only counted.
    """
    kinds = _sort_types(chosen)
    if len(kinds) > _MOST_NAMED:
        return _("a service of one of the {count} chosen kinds").format(count=len(kinds))
    return _join_parts([_(TYPE_NAMES_WITH_ARTICLE[kind]) for kind in kinds], _("{first} or {last}"))


def _sort_types(chosen: Iterable[ServiceType]) -> list[ServiceType]:
    wanted = set(chosen)
    return [kind for kind in ServiceType if kind in wanted]


def enumerate_names(listed: Iterable[str], *, most: int = 1000) -> str:
    """Enumerate names: "Aster, Berk and Ceder".

    Beyond `most` the others are only counted.
    """
    parts = list(listed)
    if len(parts) > most + 1:
        parts = [*parts[:most], _("{count} others").format(count=len(parts) - most)]
    return _join_parts(parts, _("{first} and {last}"))


def _join_parts(parts: list[str], last_two: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return last_two.format(first=", ".join(parts[:-1]), last=parts[-1])


def area_name(area: Area) -> str:
    """Return the name of an area inside a sentence.

    What shares its name with a municipality says what it is.
    """
    if area.code in _WIDE_AREA_NAMES and area.level is not AreaLevel.MUNICIPALITY:
        return _(_WIDE_AREA_NAMES[area.code])
    name = area.name(i18n.current_language())
    return _(_IN_SENTENCE[area.level]).format(name=name) if area.level in _IN_SENTENCE else name


def area_title(area: Area) -> str:
    """Return the name of an area as it stands alone, with what it is: "Provincie Antwerpen"."""
    name = area.name(i18n.current_language())
    if area.level is AreaLevel.PROVINCE and area.code == "04000":
        return name
    return _(_TITLES[area.level]).format(name=name)


def place_name(place: Place) -> str:
    """Return a place's name in the language being spoken, with its municipality where that is another name."""
    name = place.name_fr if i18n.current_language() == "fr" else place.name_nl
    town = place.municipality_fr if i18n.current_language() == "fr" else place.municipality_nl
    if place.kind is PlaceKind.POSITION:
        return _("your place (in {town})").format(town=town)
    return name if town in name else f"{name} ({town})"
