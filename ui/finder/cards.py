"""The words of a service on cards and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from geo.directory import SERVICE_TYPES, Service
from geo.directory.freshness import freshness
from geo.directory.service import Confidence, Status
from geo.opening import Schedule
from geo.opening import state as opening_state
from geo.opening.schedules import is_usable
from geo.settings import Settings
from geo.store import Dataset
from geo.text import openable_url
from ui import browser_files
from words import i18n, labels, services
from words.i18n import _

Card = dict[str, Any]
SHARD = 500
"""Services in one file of cards."""


def card_words(service: Service, names: Mapping[str, str]) -> Card:
    """Return the words of a card that no place or time changes.

    Their language is that of the visit.

    `names` are those of areas by code, in that language.
    """
    standing, mark = services.certainty(service)
    return {
        "id": service.id,
        "type": service.service_type.value,
        "kind": labels.type_name(service.service_type),
        "name": service.name,
        "standing": standing,
        "mark": mark,
        "alert": service.alert,
        "where": services.address_text(service),
        "area": services.area_text(service, names),
        "ages": services.ages_text(service),
        "hours": services.unknown_hours_text(service),
        "phones": [[f"tel:{phone.number}", phone.national] for phone in service.phones],
        "website": openable_url(service.url),
        "email": service.email,
        "route": _route_url(service),
        "checked": services.checked_text(service),
        "source": openable_url(service.source_url),
    }


def _route_url(service: Service) -> str:
    """Return a link that plans a route to the street address."""
    for location in service.locations:
        if location.address.street and service.confidence is not Confidence.LOW and service.status is Status.ACTIVE:
            return "https://www.openstreetmap.org/directions?to=" + quote(location.address.line)
    return ""


def hit_row(service: Service, row: int, *, distance: str, now: dt.datetime) -> list[object]:
    """Return row, distance and opening state of a service.

    The commonest words, those of hours that nobody knows, stand on the card and are left empty here.
    """
    state, said = services.opening_text(service, opening_state.state_at(service.schedules, now=now), now)
    return [row, distance, state, "" if said == services.unknown_hours_text(service) else said]


def distance_text(metres: float | None, *, approximate: bool) -> str:
    """Return a distance in words, with ± for an approximate place."""
    if metres is None:
        return ""
    if approximate:  # the place is a whole village: more than kilometres would be false precision
        return _("± {distance}").format(distance=i18n.kilometres_text(metres))
    return i18n.distance_text(metres)


def interface_words() -> dict[str, str]:
    """Return the words that stand on every card."""
    return {
        "map": _("Map of parenting support"),
        "call": _("Call"),
        "website": _("Website"),
        "email": _("Mail"),
        "route": _("Route"),
        "keep": _("Keep"),
        "kept": _("Kept"),
        "source": _("Source"),
        "report": _("Report a mistake"),
        "report_subject": _("Opvoedkaart: something is not right about {name}"),
        "dutch": _("(in Dutch)"),
        "full": _("Your list is full. Take something off it first."),
        "report_body": _(
            "Hello,\n\nSomething is not right about {name} ({id}):\n{link}\n\nWhat is wrong:\n\n\nHow I know:\n\n"
        ),
        "back": _("Back to the list"),
    }


Line = str | tuple[str, str]


def detail_parts(service: Service, today: dt.date) -> list[tuple[str, list[Line]]]:
    """Return the further facts of a service: headings with lines.

    A pair is a text and its language.
    """
    info = SERVICE_TYPES[service.service_type]
    timed = [schedule for schedule in service.schedules if schedule.is_structured]
    evidence = _(labels.FRESHNESS_SENTENCES[freshness(service.assured_date, today)])
    found: list[tuple[str, list[Line]]] = [
        (_("What it is"), [_mark_dutch(service.description), _(info.definition)]),
        (_("Hours"), [*map(hours_text, timed), *map(_mark_dutch, hours_remarks(service))]),
        (_("For whom"), [_mark_dutch(service.eligibility)]),
        (_("Cost and appointment"), _access_lines(service)),
        (_("Languages"), [", ".join(map(labels.language_name, service.languages))]),
        (_("Offered by"), [service.organization.name if service.organization else ""]),
        (_("What it helps with"), [", ".join(_(labels.FUNCTION_NAMES[function]) for function in info.functions)]),
        (_("How sure we are"), [evidence, *_precision_lines(service)]),
    ]
    return [(heading, kept) for heading, lines in found if (kept := [line for line in lines if line])]


def _mark_dutch(text: str) -> Line:
    """Mark a Dutch text of the directory for other readers."""
    return (text, "nl") if text and i18n.current_language() != "nl" else text


def _access_lines(service: Service) -> list[Line]:
    lines: list[Line] = []
    if service.is_free:
        lines.append(_("Free"))
    if service.needs_appointment is not None:
        lines.append(_("By appointment") if service.needs_appointment else _("No appointment needed"))
    return lines


def _precision_lines(service: Service) -> list[Line]:
    return [
        _(labels.PRECISION_SENTENCES[precision])
        for precision in dict.fromkeys(at.precision for at in service.locations)
    ]


def hours_remarks(service: Service) -> list[str]:
    """Return the remarks of the sources about hours, each once."""
    return list(dict.fromkeys(schedule.description for schedule in service.schedules if schedule.description))


def hours_text(schedule: Schedule) -> str:
    """Return one line of opening hours: `maandag, dinsdag: 9:00–12:00`.

    It is empty without times.
    """
    if schedule.opens_at is None or schedule.closes_at is None or not is_usable(schedule) or schedule.interval > 2:
        return ""
    if schedule.freq == "MONTHLY" and schedule.interval > 1:
        return ""
    if schedule.opens_at == schedule.closes_at:
        span = _("day and night")
    else:
        span = _("{first}–{last}").format(
            first=i18n.time_text(schedule.opens_at), last=i18n.time_text(schedule.closes_at)
        )
    notes = [
        _("by appointment") if schedule.by_appointment else "",
        _("not in school holidays") if schedule.school_holidays is False else "",
    ]
    extra = "; ".join(note for note in notes if note)
    said = _("{days}: {hours}").format(days=", ".join(_day_names(schedule)), hours=span)
    return f"{said} ({extra})" if extra else said


_ANY_MONDAY = dt.date(2024, 1, 1)
_DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _day_names(schedule: Schedule) -> list[str]:
    if len(schedule.byday) == 7:
        return [_("every day")]
    said = []
    for day in schedule.byday:
        name = i18n.weekday_name(_ANY_MONDAY + dt.timedelta(days=_DAY_CODES.index(day[-2:])))
        nth = day[:-2]
        if nth:
            name = _("every {nth} {day} of the month").format(nth=_ordinal_word(int(nth)), day=name)
        elif schedule.interval == 2:
            name = _("every second {day}").format(day=name)
        said.append(name)
    return said


def _ordinal_word(nth: int) -> str:
    return {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), 5: _("fifth")}.get(nth, _("last"))


def shard(dataset: Dataset, row: int, keeper: str) -> str:
    """Return the file that holds the card of a service, in the language being spoken."""
    number = row // SHARD
    name = (
        f"cards-{i18n.current_language()}-{number}-{dataset.data_version}-{browser_files.short_hash(keeper.encode())}"
    )
    return browser_files.write_once(name, lambda: _cards(dataset, number * SHARD, keeper))


def _cards(dataset: Dataset, first: int, keeper: str) -> dict[str, object]:
    found = dataset.directory.services[first : first + SHARD]
    areas = dataset.municipalities.names(i18n.current_language())
    return {
        "words": {**interface_words(), "keeper": keeper, "names": browser_files.names_file(dataset)},
        "cards": [[first + at, card_words(service, areas)] for at, service in enumerate(found)],
    }


def files_ahead(dataset: Dataset, settings: Settings) -> list[str]:
    """Return what the browser will need in a moment, for it to fetch while the page is still being put together."""
    return [shard(dataset, 0, settings.keeper), browser_files.base_map(settings), browser_files.points_file(dataset)]
