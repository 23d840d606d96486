"""Meanings of the taxonomy terms on services, locations and schedules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from geo.directory.service import Confidence, Precision
from geo.directory.service_types import ServiceType
from geo.hsds.tables import Row, Tables

OWN_VALUE = ""  # the attribute's own value is the fact

# term -> (name of the fact, what it says)
MEANINGS: dict[str, tuple[str, str]] = {
    **{f"service_type:{kind.value}": ("service_type", kind.value) for kind in ServiceType},
    **{f"confidence:{level.value}": ("confidence", level.value) for level in Confidence},
    **{f"precision:{level.value}": ("precision", level.value) for level in Precision},
    "source:url": ("source_url", OWN_VALUE),
    "source:note": ("source_note", OWN_VALUE),
    "status_detail:announced": ("status_detail", "announced"),
    "age:pregnancy": ("pregnancy", "yes"),
    "access:no_appointment": ("needs_appointment", "no"),
    "access:by_appointment": ("needs_appointment", "yes"),
    "order:first": ("comes_first", "yes"),
    "hours:not_in_school_holidays": ("school_holidays", "no"),
    "hours:also_in_school_holidays": ("school_holidays", "yes"),
    "hours:not_on_public_holidays": ("public_holidays", "no"),
    "hours:also_on_public_holidays": ("public_holidays", "yes"),
    "hours:by_appointment": ("by_appointment", "yes"),
}

OTHER_NAMES = {
    "boosting_education": ServiceType.EDUCATIONAL_OPPORTUNITIES,
    "clb": ServiceType.PUPIL_GUIDANCE_CENTRE,
    "ckg": ServiceType.FAMILY_CARE_CENTRE,
}
_TYPE_NAMES = {kind.value: kind.value for kind in ServiceType} | {
    name: kind.value for name, kind in OTHER_NAMES.items()
}

Facts = dict[str, str]


def facts_of(tables: Tables) -> dict[str, dict[str, Facts]]:
    """Return the facts that attributes state.

    Entity ("service", "location", "schedule") -> id -> fact -> text.
    """
    known: dict[str, dict[str, Facts]] = defaultdict(lambda: defaultdict(dict))
    for _, row, (fact, said) in known_attributes(tables):
        known[row.get("link_entity") or "service"][row.get("link_id", "")].setdefault(
            fact, said or row.get("value", "")
        )
    return known


def known_attributes(tables: Tables) -> Iterator[tuple[int, Row, tuple[str, str]]]:
    """Yield each attribute of known meaning, with its fact.

    Its index and row, then the fact and what it says.

    What it says is empty where the attribute's own value is the fact.
    """
    terms = {row.get("id", ""): row for row in tables.rows("taxonomy_term")}
    meanings: dict[str, tuple[str, str] | None] = {}
    for index, row in enumerate(tables.rows("attribute")):
        term = row.get("taxonomy_term_id", "")
        if term not in meanings:
            meanings[term] = _meaning_of(term, terms.get(term, {}))
        meaning = meanings[term] or _type_in_value(row.get("value", ""), row)
        if meaning:
            yield index, row, meaning


def _meaning_of(term_id: str, term: Row) -> tuple[str, str] | None:
    """Return what a term means: by its id, its code (alone or after its taxonomy) or, for types, its name."""
    code, name = term.get("code", ""), term.get("name", "")
    for text in (term_id, code, f"{term.get('taxonomy_id', '')}:{code}"):
        if text in MEANINGS:
            return MEANINGS[text]
    for text in (code, name, term_id):
        kind = service_type_code(text)
        if kind:
            return ("service_type", kind)
    return None


def _type_in_value(value: str, row: Row) -> tuple[str, str] | None:
    """Return the type that an attribute of a service names in its own value."""
    kind = service_type_code(value) if row.get("link_entity", "service") in ("", "service") else ""
    return ("service_type", kind) if kind else None


def service_type_code(text: str) -> str:
    """Return the code of a service type by code or name.

    However spelt; empty when there is none.
    """
    plain = text.strip().lower().removeprefix("service_type:").replace(" ", "_").replace("-", "_")
    return _TYPE_NAMES.get(plain, "")
