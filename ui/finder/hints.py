"""Says how to go on when little is found: a search never ends in nothing."""

from __future__ import annotations

from typing import Any

from geo.finder.hints import CriterionHint, Hints
from geo.finder.proximity import Hit
from geo.finder.search import SearchResult
from geo.places.place import AreaLevel
from ui.finder import cards
from words import labels
from words.i18n import _, ngettext


def section(result: SearchResult) -> dict[str, Any] | None:
    """Return the help for the list: a title, sentences, and choices that do what they say; None when not needed."""
    hints = result.hints
    hidden = [_hidden(name, count) for name, count in hints.hidden_unknown.items()]
    if not hints.is_little:
        return {"title": _("Good to know"), "lines": hidden, "choices": _choices(result)} if hidden else None
    nearest = _nearest(hints) if _is_useful(result) else ""
    lines = [line for line in (_nothing(result), nearest, _criterion(hints.criterion), *hidden) if line]
    if not lines and not _choices(result):
        return None
    return {"title": _title(result), "lines": lines, "choices": _choices(result)}


def _is_useful(result: SearchResult) -> bool:
    """Whether the nearest match says something new: there were choices, and nothing here meets them."""
    serves_here = any(hit.area_level is not AreaLevel.EVERYWHERE for hit in result.serving)
    return bool(result.wanted.criteria()) and not serves_here


def _title(result: SearchResult) -> str:
    return _("We found little here") if result.total else _("Nothing fits all your choices")


def _nothing(result: SearchResult) -> str:
    if result.hints.nothing_known and not result.wanted.criteria():
        return _("We have no sure record here. That does not mean there is nothing: ask your municipality.")
    return ""


def _where(hit: Hit) -> str:
    """Return a hit with its distance: "Huis van het Kind Lier (± 3,4 km)"."""
    said = cards.distance(hit.distance_m, approximate=hit.distance_is_approximate)
    return f"{hit.service.name} ({said})" if said else hit.service.name


def _nearest(hints: Hints) -> str:
    if hints.nearest_match is None:
        return ""
    return _("The nearest that fits: {service}.").format(service=_where(hints.nearest_match))


def _criterion(hint: CriterionHint | None) -> str:
    if hint is None:
        return ""
    name = _(labels.CRITERIA[hint.name])
    if hint.comes_back:
        said = ngettext(
            "Your choice “{criterion}” takes most away: without it you see {count} more near you.",
            "Your choice “{criterion}” takes most away: without it you see {count} more near you.",
            hint.comes_back,
        )
        return said.format(criterion=name, count=hint.comes_back)
    if hint.nearest is None:
        return ""
    return _("Without your choice “{criterion}” the nearest is {service}.").format(
        criterion=name, service=_where(hint.nearest)
    )


def _hidden(name: str, count: int) -> str:
    said = ngettext(
        "{count} service near you is not shown, because we do not know this of it: {criterion}.",
        "{count} services near you are not shown, because we do not know this of them: {criterion}.",
        count,
    )
    return said.format(count=count, criterion=_(labels.CRITERIA[name]))


def _choices(result: SearchResult) -> list[list[object]]:
    hints, wanted = result.hints, result.wanted
    found: list[list[object]] = []
    names = [hints.criterion.name] if hints.criterion else []
    for name in dict.fromkeys([*names, *hints.hidden_unknown]):
        label = _("Leave out “{criterion}”").format(criterion=_(labels.CRITERIA[name]))
        found.append([label, {"do": "without", "criterion": name}])
    if hints.nearest_match is not None and _is_useful(result):
        found.append([_("Show the nearest"), {"do": "service", "id": hints.nearest_match.service.id}])
    if len(wanted.criteria()) > 1:
        found.append([_("Leave out all choices"), {"do": "everything"}])
    return found
