"""What is known of one service: ages, area, address, certainty, opening hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from geo.directory import Location, Service, ServiceType
from geo.directory.freshness import freshness
from geo.directory.service import Confidence, Freshness, ServiceArea, Status
from geo.messages import N_
from geo.opening import Opening, OpeningState
from geo.opening.schedules import Reason
from geo.places.place import ServiceAreaLevel
from words import i18n, labels
from words.i18n import _

_REASONS = {
    Reason.PUBLIC_HOLIDAY: N_("Closed today: public holiday"),
    Reason.SCHOOL_HOLIDAY: N_("School holidays: ask first"),
    Reason.BY_APPOINTMENT: N_("By appointment"),
}


def ages_text(service: Service) -> str:
    """Return whom a service is for by age, and whether that is said by its source or only usual for its type."""
    said = labels.age_range_text(service.ages)
    return said if service.ages_stated else _("{ages} (usual for this kind of help)").format(ages=said)


def area_text(service: Service, names: Mapping[str, str]) -> str:
    """Return the area a service is meant for in one sentence, or nothing when none is known.

    `names` are those of areas by code, in the language being spoken.
    """
    areas = service.service_areas
    if {"02000", "04000"} <= {part.nis_code for part in areas}:
        return _("For everybody in Flanders and Brussels")
    wide = [part for part in areas if part.level is not ServiceAreaLevel.MUNICIPALITY]
    named = sorted({_area_name(part, names) for part in wide or areas})
    if not named:
        return ""
    if len(named) > 1 and not wide:
        return _("For {count} municipalities: {names}").format(count=len(named), names=_enumerate_names(named))
    is_part = any("(" in part.name for part in areas)
    said = _("For {area}") if is_part else _("For all of {area}")
    return said.format(area=_enumerate_names(named))


def _area_name(part: ServiceArea, names: Mapping[str, str]) -> str:
    """Return the name of a whole area in the reader's language; of a part of one, "Hoboken (Antwerpen)"."""
    whole, bracket, inner = part.name.partition(" (")
    return f"{inner.rstrip(')')} ({whole})" if bracket else names.get(part.nis_code, part.name)


def _enumerate_names(names: list[str]) -> str:
    return names[0] if len(names) == 1 else _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def address_text(service: Service) -> str:
    """Return the address, or say plainly that there is none."""
    lines = [location.address.line for location in service.locations if location.address.street]
    if lines and service.confidence is not Confidence.LOW:
        return " · ".join(dict.fromkeys(lines))
    if service.service_type is ServiceType.PARENTING_LINE:
        return _contact_ways_text(service)
    if service.service_type is ServiceType.MOBILE_SUPPORT:
        return _("Comes to your home")
    municipal = [part for part in service.service_areas if part.level is ServiceAreaLevel.MUNICIPALITY]
    towns = {part.nis_code: part.name.partition(" (")[0] for part in municipal}
    places = dict.fromkeys(_place_name(location, towns) for location in service.locations)
    town = " · ".join(name for name in places if name)
    return _("{town} (no street known: ask first)").format(town=town) if town else _("No address known: ask first")


def _contact_ways_text(service: Service) -> str:
    """Return how to reach a line: by what is known of it."""
    ways = [
        _("by phone") if service.phones else "",
        _("by mail") if service.email else "",
        _("on the website") if service.url else "",
    ]
    known = [way for way in ways if way]
    said = _enumerate_names(known) if known else _("By phone or chat: look for the number")
    return said[:1].upper() + said[1:]


def _place_name(location: Location, towns: dict[str, str]) -> str:
    """Return what is known of a place without a street: a building or village, and its municipality."""
    town = towns.get(location.nis_code, "")
    name = location.address.city or location.name
    return f"{name}, {town}" if name and town and town not in name else name or town


def certainty(service: Service) -> tuple[str, str]:
    """Return a class (`sure`, `lead`, `announced`, `closed`) and the sentence that marks anything but `sure`."""
    if service.status in (Status.DEFUNCT, Status.INACTIVE):
        return "stopped", _("This has stopped")
    if service.status is Status.TEMPORARILY_CLOSED:
        return "closed", _("Closed for a while")
    if service.status is Status.ANNOUNCED:
        return "announced", _("Announced, not confirmed: ask first")
    if service.confidence is Confidence.LOW:
        return "lead", _("Not confirmed: ask first")
    return "sure", ""


def checked_text(service: Service) -> str:
    """Return when the source last said so."""
    if service.assured_date is None:
        return _("Source without a date: ask if it is still right")
    return _("Source of {month}").format(month=i18n.month_text(service.assured_date))


def opening_text(service: Service, state: Opening, now: dt.datetime) -> tuple[str, str]:
    """Return a class (`open`, `closed`, `stale`, `unknown`) and the opening state in words.

    Hours from an old or undated source are told as what that source says, not as what is so.
    """
    said = _OPENING_TEXTS[state.state](state, now)
    if state.state is OpeningState.UNKNOWN:
        return "unknown", said or unknown_hours_text(service)
    is_always = state.state is OpeningState.OPEN and state.until is None
    if not is_always and freshness(service.assured_date, now.date()) in (Freshness.OLD, Freshness.UNDATED):
        return "stale", _("{said}, says an old source").format(said=said)
    return state.state.value, said


def unknown_hours_text(service: Service) -> str:
    """Return what to do when nobody knows the hours: by the contact that there is."""
    if service.phones and service.service_type is not ServiceType.PARENTING_LINE:
        return _("Hours not known: call first")
    if service.email:
        return _("Hours not known: mail first")
    if service.url:
        return _("Hours not known: look at the website")
    return _("Hours not known")


def _open_text(state: Opening, _now: dt.datetime) -> str:
    return _("Open until {time}").format(time=i18n.time_text(state.until)) if state.until else _("Open day and night")


def _unknown_text(state: Opening, _now: dt.datetime) -> str:
    return _(_REASONS[state.reason]) if state.reason in _REASONS else ""


def _closed_text(state: Opening, now: dt.datetime) -> str:
    if state.reason is Reason.PUBLIC_HOLIDAY:
        return _(_REASONS[state.reason])
    if state.opens_next is None:
        return _("Closed now")
    day, moment = state.opens_next.date(), i18n.time_text(state.opens_next)
    days = (day - now.date()).days
    if days == 0:
        return _("Closed now, opens at {time}").format(time=moment)
    if days == 1:
        return _("Closed now, opens tomorrow at {time}").format(time=moment)
    named = i18n.weekday_name(day) if days < 7 else i18n.date_text(day)
    return _("Closed now, opens {day} at {time}").format(day=named, time=moment)


_OPENING_TEXTS = {OpeningState.OPEN: _open_text, OpeningState.CLOSED: _closed_text, OpeningState.UNKNOWN: _unknown_text}
