"""Help for searches that find little."""

from __future__ import annotations

from typing import Any

from geo.finder import SearchResult
from geo.finder.hints import CriterionHint, Hints
from geo.finder.proximity import Hit
from geo.places.place import ServiceAreaLevel
from ui.finder import cards
from words import labels
from words.i18n import _, ngettext


def help_section(result: SearchResult) -> dict[str, Any] | None:
    """Return the help of the list, or None when not needed.

    It holds a title, sentences, and choices that do what they say.
    """
    hints = result.hints
    hidden = [_hidden_text(name, count) for name, count in hints.hidden_unknown.items()]
    if not hints.is_little:
        return {"title": _("Good to know"), "lines": hidden, "choices": _choice_buttons(result)} if hidden else None
    nearest = _nearest_text(hints) if _is_nearest_useful(result) else ""
    lines = [line for line in (_nothing_text(result), nearest, _criterion_text(hints.criterion), *hidden) if line]
    if not lines and not _choice_buttons(result):
        return None
    return {"title": _section_title(result), "lines": lines, "choices": _choice_buttons(result)}


def _is_nearest_useful(result: SearchResult) -> bool:
    """Return whether the nearest match adds something.

    It does where filters were chosen and nothing here meets them.
    """
    serves_here = any(hit.area_level is not ServiceAreaLevel.EVERYWHERE for hit in result.serving)
    return bool(result.wanted.active_criteria()) and not serves_here


def _section_title(result: SearchResult) -> str:
    return _("We found little here") if result.total else _("Nothing fits all your choices")


def _nothing_text(result: SearchResult) -> str:
    if result.hints.nothing_known and not result.wanted.active_criteria():
        return _("We have no sure record here. That does not mean there is nothing: ask your municipality.")
    return ""


def _hit_text(hit: Hit) -> str:
    """Return a hit with its distance: "Huis van het Kind Lier (± 3,4 km)"."""
    said = cards.distance_text(hit.distance_m, approximate=hit.distance_is_approximate)
    return f"{hit.service.name} ({said})" if said else hit.service.name


def _nearest_text(hints: Hints) -> str:
    if hints.nearest_match is None:
        return ""
    return _("The nearest that fits: {service}.").format(service=_hit_text(hints.nearest_match))


def _criterion_text(hint: CriterionHint | None) -> str:
    if hint is None:
        return ""
    name = _(labels.CRITERION_NAMES[hint.name])
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
        criterion=name, service=_hit_text(hint.nearest)
    )


def _hidden_text(name: str, count: int) -> str:
    said = ngettext(
        "{count} service near you is not shown, because we do not know this of it: {criterion}.",
        "{count} services near you are not shown, because we do not know this of them: {criterion}.",
        count,
    )
    return said.format(count=count, criterion=_(labels.CRITERION_NAMES[name]))


def _choice_buttons(result: SearchResult) -> list[list[object]]:
    hints, wanted = result.hints, result.wanted
    found: list[list[object]] = []
    names = [hints.criterion.name] if hints.criterion else []
    for name in dict.fromkeys([*names, *hints.hidden_unknown]):
        label = _("Leave out “{criterion}”").format(criterion=_(labels.CRITERION_NAMES[name]))
        found.append([label, {"do": "without", "criterion": name}])
    if hints.nearest_match is not None and _is_nearest_useful(result):
        found.append([_("Show the nearest"), {"do": "service", "id": hints.nearest_match.service.id}])
    if len(wanted.active_criteria()) > 1:
        found.append([_("Leave out all choices"), {"do": "everything"}])
    return found
