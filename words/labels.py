"""Names of codes, as they stand alone: types, ages, states, measures."""

from __future__ import annotations

import math
from enum import StrEnum

from geo.ages import AGE_GROUP_NAMES, AgeGroup, AgeRange
from geo.coverage import Measure, State
from geo.coverage.measures import MEASURES
from geo.coverage.row import STATE_MEANINGS, STATE_NAMES
from geo.directory import SERVICE_TYPES, ServiceType
from geo.directory.service import CONFIDENCE_NAMES, STATUS_NAMES, Confidence, Freshness, Precision, Status
from geo.directory.service_types import Audience, ServiceFunction
from geo.messages import N_
from geo.places import AreaLevel
from geo.places.areas import LEVEL_NAMES
from words import i18n
from words.i18n import _


def measure_name(measure: Measure) -> str:
    """Return the name of a measure: "Within reach"."""
    return _(MEASURES[measure].name)


def state_name(code: State) -> str:
    """Return the name of a state: "Not reached"."""
    return _(STATE_NAMES[code])


def state_meaning(code: State) -> str:
    """Return what a state means, in one or two sentences."""
    return _(STATE_MEANINGS[code])


def age_group_name(group: AgeGroup) -> str:
    """Return the name of an age group: "0–2 years"."""
    return _(AGE_GROUP_NAMES[group])


def level_name(level: AreaLevel) -> str:
    """Return the name of a kind of area: "Primary care zone"."""
    return _(LEVEL_NAMES[level])


def status_name(status: Status) -> str:
    """Return a status as it stands inside a sentence: "closed for a while"."""
    return _(STATUS_NAMES[status])


def confidence_name(confidence: Confidence) -> str:
    """Return a confidence as it stands inside a sentence: "low (leads)"."""
    return _(CONFIDENCE_NAMES[confidence])


FUNCTION_NAMES = {
    ServiceFunction.INFORMATION: N_("Information"),
    ServiceFunction.PEDAGOGIC_ADVICE: N_("Advice about bringing up children"),
    ServiceFunction.MEETING: N_("Meeting other parents"),
    ServiceFunction.PRACTICAL_SUPPORT: N_("Practical help"),
    ServiceFunction.EMOTIONAL_SUPPORT: N_("Somebody who listens"),
    ServiceFunction.EARLY_IDENTIFICATION: N_("Following growth, and finding the right help"),
    ServiceFunction.INTENSIVE_HELP: N_("More intensive help"),
}
LANGUAGE_NAMES = {
    "nl": N_("Dutch"), "fr": N_("French"), "en": N_("English"), "ar": N_("Arabic"), "tr": N_("Turkish"),
    "es": N_("Spanish"), "de": N_("German"), "uk": N_("Ukrainian"), "ru": N_("Russian"), "pl": N_("Polish"),
    "ro": N_("Romanian"), "bg": N_("Bulgarian"), "so": N_("Somali"), "ps": N_("Pashto"), "fa": N_("Persian (Dari)"),
}  # fmt: skip
CRITERION_NAMES = {
    "types": N_("the kind of help"),
    "ages": N_("the age"),
    "languages": N_("the language"),
    "functions": N_("what you are looking for"),
    "free": N_("free"),
    "no_appointment": N_("without an appointment"),
    "open_now": N_("open now"),
    "with_address": N_("only with an address"),
}
ONLY_LABELS = {
    "free": N_("Free"),
    "no_appointment": N_("Without an appointment"),
    "open_now": N_("Open now"),
    "with_address": N_("With an address"),
}
PRECISION_SENTENCES = {
    Precision.ADDRESS: N_("The place on the map is the door."),
    Precision.STREET: N_("The place on the map is the street, not the door."),
    Precision.LOCALITY: N_("The place on the map is the middle of the village or district, not the door."),
    Precision.MUNICIPALITY: N_("Only the municipality is known, so there is no mark on the map."),
}
FRESHNESS_SENTENCES = {
    Freshness.FRESH: N_("The source is at most 12 months old"),
    Freshness.AGEING: N_("The source is 1 to 3 years old"),
    Freshness.OLD: N_("The source is more than 3 years old"),
    Freshness.UNDATED: N_("The source has no date"),
}


def code_name(code: StrEnum) -> str:
    """Return the name of an age group, a type or a measure; other codes are for files and stay as they are."""
    if isinstance(code, AgeGroup):
        return age_group_name(code)
    if isinstance(code, ServiceType):
        return type_name(code)
    return measure_name(code) if isinstance(code, Measure) else code.value


def type_name(code: ServiceType) -> str:
    """Return the name of a type: "Huis van het Kind"."""
    return _(SERVICE_TYPES[code].name)


def language_name(code: str) -> str:
    """Return the name of a spoken language, or its code when we have no name for it."""
    return _(LANGUAGE_NAMES[code]) if code in LANGUAGE_NAMES else code


def years_text(months: float) -> str:
    """Return an age as a number of years: "2,5"."""
    return i18n.number_text(months / 12, decimals=0 if months % 12 == 0 else 1)


def age_range_text(ages: AgeRange) -> str:
    """Return an age range in words: "pregnancy to 3 years"."""
    if ages.min_months < 0:
        if math.isinf(ages.max_months):
            return _("all ages")
        if ages.max_months <= 0:
            return _("during pregnancy")
        return _("pregnancy to {last} years").format(last=years_text(ages.max_months))
    if math.isinf(ages.max_months):
        return _("from {first} years").format(first=years_text(ages.min_months)) if ages.min_months else _("all ages")
    return _("{first} to {last} years").format(first=years_text(ages.min_months), last=years_text(ages.max_months))


FAMILY_TYPES = tuple(t for t in ServiceType if SERVICE_TYPES[t].audience is Audience.FAMILIES)
PROFESSIONAL_TYPES = tuple(t for t in ServiceType if SERVICE_TYPES[t].audience is Audience.PROFESSIONALS)
