"""Turns the single values of a coverage report into the words and numbers that people read."""

from __future__ import annotations

import math
from collections.abc import Iterable

from geo.areas import Area, Level
from geo.coverage_report import CoverageRow, State
from geo.coverage_request import CoverageRequest
from geo.measures import MEASURES, Measure, Unit
from geo.messages import N_
from geo.models import AgeGroup, ServiceType
from geo.peers import DEFINITION
from ui import i18n
from ui.i18n import _

FEW = 50
"""Fewer children than this are never counted out in a sentence."""
_MOST_NAMED = 3

KINDS = {
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

ONE_OF_A_KIND = {
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

STATES = {State.REACHED: N_("Reached"), State.NOT_REACHED: N_("Not reached"), State.UNKNOWN: N_("Unknown")}
_LEVELS = {
    Level.PRIMARY_CARE_ZONE: N_("{name} (primary care zone)"),
    Level.ARRONDISSEMENT: N_("{name} (arrondissement)"),
    Level.PROVINCE: N_("{name} (province)"),
}
_WIDE = {
    "": N_("all of Flanders and Brussels"),
    "02000": N_("the Flemish Region"),
    "04000": N_("the Brussels-Capital Region"),
}
_STATE_DEFINITIONS = (
    (STATES[State.REACHED], N_("We know that at least some of the children are reached.")),
    (
        STATES[State.NOT_REACHED],
        N_(
            "We know of nobody who is reached, although records that we trust speak of the municipality or of one "
            "around it. Services whose address we do not know could reach half of the children at most."
        ),
    ),
    (
        STATES[State.UNKNOWN],
        N_(
            "We cannot tell: no record that we trust speaks of the municipality or of those around it (12 km), or "
            "services whose address we do not know may reach most of its children or stand nearer. Unknown never "
            "means none."
        ),
    ),
)
_BOUNDS = N_(
    "What the value could be, wherever the services stand of which we know the village, district or municipality "
    "only. Where no record that we trust speaks of a municipality, anything is possible."
)
_EVIDENCE = N_(
    "How many records of services a number rests on; how many of them are fresh (their source is at most 12 months "
    "old); and of how many the door, street or village is known."
)
_SMALL = N_("Fewer than 50 children: a chance difference weighs heavily, so there is no rank.")


def measure_name(measure: Measure) -> str:
    """Return the name of a measure: "Within reach"."""
    return _(MEASURES[measure].name)


def state(code: State) -> str:
    """Return the name of a state: "Not reached"."""
    return _(STATES[code])


def number(value: float | None, unit: Unit) -> str:
    """Return a value as a column wants it: short, and without "per 1,000 children", which its heading says."""
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return _share(value, less="< {number} %", more="> {number} %")
    return _metres(value) if unit is Unit.METRES else _amount(value)


def value(value: float | None, unit: Unit) -> str:
    """Return a value with its unit, "–" for None: "37 %", "3,4 km", "0,80 per 1.000 kinderen"."""
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return _share(value, less=_("less than {number} %"), more=_("more than {number} %"))
    said = number(value, unit)
    return _("{number} per 1,000 children").format(number=said) if unit is Unit.PER_THOUSAND else said


def bounds(row: CoverageRow, unit: Unit) -> str:
    """Return what the value of a row lies between: "between 5 % and 95 %"; nothing when both read the same."""
    if row.low is None:
        return ""
    if row.high is None:
        is_nothing = number(row.low, unit) == number(0.0, unit)
        return "" if is_nothing else _("at least {low}").format(low=value(row.low, unit))
    low, high = number(row.low, unit), number(row.high, unit)
    return "" if low == high else _("between {low} and {high}").format(low=low, high=value(row.high, unit))


def _share(value: float, *, less: str, more: str) -> str:
    """Return a share (0 to 1); one decimal near its ends, so that only nobody is 0 % and only everybody 100 %."""
    percent = value * 100
    if 0 < percent < 0.05:
        return less.format(number=i18n.number(0.1, decimals=1))
    if 99.95 <= percent < 100 - 1e-9:
        return more.format(number=i18n.number(99.9, decimals=1))
    is_near_an_end = 0 < percent < 0.95 or 99 < percent < 100 - 1e-9
    return _("{number} %").format(number=i18n.number(percent, decimals=1 if is_near_an_end else 0))


def _metres(value: float) -> str:
    return i18n.distance(value) if value >= 25 else _("{metres} m").format(metres=i18n.number(0))


def _amount(value: float) -> str:
    """Return a number of at least two significant digits, and at most four decimals."""
    if value <= 0:
        return i18n.number(0)
    return i18n.number(value, decimals=min(4, max(0, 1 - math.floor(math.log10(value)))))


def reach(reach_m: float) -> str:
    """Return a chosen reach as it was chosen: "3,75 km", "800 m"."""
    if reach_m < 1000:
        return _("{metres} m").format(metres=i18n.number(reach_m))
    decimals = next(places for places in (0, 1, 2, 3) if places == 3 or round(reach_m) % 10 ** (3 - places) == 0)
    return _("{kilometres} km").format(kilometres=i18n.number(reach_m / 1000, decimals=decimals))


def ages(groups: Iterable[AgeGroup]) -> str:
    """Return age groups in years, those that join as one: "0–5 and 12–17 years"."""
    spans: list[list[int]] = []
    for group in sorted(groups, key=lambda each: each.range):
        first, last = int(group.range.min_months) // 12, int(group.range.max_months) // 12 - 1
        if spans and spans[-1][1] == first - 1:
            spans[-1][1] = last
        else:
            spans.append([first, last])
    written = [f"{first}–{last}" for first, last in spans]
    return _("{ages} years").format(ages=_listed(written, _("{first} and {last}")))


def types(chosen: Iterable[ServiceType]) -> str:
    """Return types as they stand inside a sentence, without an article: "Huis van het Kind of opvoedingswinkel"."""
    kinds = _in_order(chosen)
    if len(kinds) > _MOST_NAMED:
        return _("{count} kinds of help").format(count=len(kinds))
    return _listed([_(KINDS[kind]) for kind in kinds], _("{first} or {last}"))


def one_of(chosen: Iterable[ServiceType]) -> str:
    """Return types with their articles: "een Huis van het Kind of een opvoedingswinkel"."""
    kinds = _in_order(chosen)
    if len(kinds) > _MOST_NAMED:
        return _("a service of one of the {count} chosen kinds").format(count=len(kinds))
    return _listed([_(ONE_OF_A_KIND[kind]) for kind in kinds], _("{first} or {last}"))


def _in_order(chosen: Iterable[ServiceType]) -> list[ServiceType]:
    wanted = set(chosen)
    return [kind for kind in ServiceType if kind in wanted]


def names(listed: Iterable[str], *, most: int = 1000) -> str:
    """Return names as one enumeration, "Aster, Berk and Ceder"; beyond `most` the others are only counted."""
    parts = list(listed)
    if len(parts) > most + 1:
        parts = [*parts[:most], _("{count} others").format(count=len(parts) - most)]
    return _listed(parts, _("{first} and {last}"))


def _listed(parts: list[str], last_two: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return last_two.format(first=", ".join(parts[:-1]), last=parts[-1])


def count(number: float) -> str:
    """Return a whole number as the language writes it: "12.345"."""
    return i18n.number(number)


def children(count: float) -> str:
    """Return a number of children with two or three digits that count: "41.000 kinderen", "minder dan 50 kinderen"."""
    if count <= 0:
        return _("no children")
    if count < FEW:
        return _("fewer than {number} children").format(number=FEW)
    step = 10 if count < 995 else 100 if count < 9950 else 1000
    return _("{number} children").format(number=i18n.number(round(count / step) * step))


def area_name(area: Area) -> str:
    """Return the name of an area inside a sentence; what shares its name with a municipality says what it is."""
    if area.code in _WIDE and area.level is not Level.MUNICIPALITY:
        return _(_WIDE[area.code])
    name = area.name(i18n.language())
    return _(_LEVELS[area.level]).format(name=name) if area.level in _LEVELS else name


def honesty(request: CoverageRequest) -> str:
    """Return in one line what these numbers are not."""
    info = MEASURES[request.measure]
    if not info.uses_doors:
        return _("Being served says nothing of distance, quality or hours, and is no official norm.")
    if not info.uses_reach:
        return _("Straight lines, not roads; where children live inside a municipality is an estimate.")
    said = _(
        "Straight lines, not roads; where children live inside a municipality is an estimate; {reach} is a choice, "
        "not an official norm."
    )
    return said.format(reach=reach(request.reach_m))


def definitions(measure: Measure) -> list[tuple[str, str]]:
    """Return the words of a report with what they mean: the measure, the states, bounds, evidence, peers."""
    info = MEASURES[measure]
    said = [(_(info.name), _(info.definition)), *((_(name), _(text)) for name, text in _STATE_DEFINITIONS)]
    said += [(_("Between"), _(_BOUNDS))] if info.uses_doors else []
    return [*said, (_("Evidence"), _(_EVIDENCE)), (_("Peers"), _(DEFINITION)), ("*", _(_SMALL))]
