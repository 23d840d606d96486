"""The page that explains words, sources and limits.

It is drawn from the tables and definitions that the finder uses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from geo.directory import SERVICE_TYPES, ServiceType
from geo.directory.index import index_of
from geo.directory.service import Freshness, Precision
from geo.directory.service_types import ServiceTypeInfo
from geo.messages import N_
from geo.store.manifest import Resource
from ui import cache
from ui.about import coverage, planning
from words import i18n, labels
from words.i18n import _

_INTRO = N_(
    "Opvoedkaart shows where parents and other carers in Flanders and Brussels find help with bringing up "
    "children: {count} services from public sources. It is free, and nobody pays to be shown."
)
_AGES = N_(
    "A service fits when the ages it is for overlap with the ages you choose: “0–2 years” is from birth to "
    "the third birthday, and pregnancy is an age of its own. When a source says nothing about ages we take "
    "those that are usual for this kind of help, and say so."
)
_AREAS = N_(
    "A service is first of all meant for an area: a municipality, a group of municipalities, a province or "
    "everybody. First you see what is meant for where you live, then what is near, also across the border. "
    "Distances are straight lines in kilometres, not travel times."
)
_CARDS = N_(
    "Every card says of which month its source is and links to it. “Not confirmed” means that the source "
    "is old, partial or indirect: such services come last, and no doubtful address is shown."
)
_NOT_KEPT = N_(
    "No account, no cookies to follow you, no statistics. What you type and where you are is used to answer you and "
    "then forgotten: it is not stored and not logged by us. Your search does stand in the address of the page, so that "
    "you can share it: your browser remembers it as any page you visit. “Near me” asks your browser only when you "
    "press it, and never ends up in that address."
)
_OWN_SERVER = N_(
    "Nothing on this page comes from another company's server, with one exception: the background of the map, when "
    "whoever runs this site has it on. Its provider then sees which part of the map you look at. A link to a website "
    "or a route opens only when you press it."
)
_ACCESSIBLE = N_(
    "We aim at WCAG 2.2, level AA. Everything works with the keyboard and without the map: the list says "
    "all that the map says. Each kind of help has a shape, a letter and a word, never a colour alone."
)
_SHORTCOMINGS = N_(
    "Known shortcomings: the search field, the choices and the frame of the map come from a toolkit that "
    "carries a few English names for screen readers; the map itself is hard to use with a screen reader, "
    "so use the list. Tested with axe and by hand in Chromium; not yet with every screen reader."
)


def draw() -> None:
    """Draw all definitions, sources, limits and promises."""
    data = cache.load_dataset()
    count = i18n.number_text(int(index_of(data.directory).findable.sum()))
    sections: tuple[tuple[str, tuple[Markup, ...]], ...] = (
        (_("Kinds of help"), (_types_html(),)),
        (_("Ages"), (_paragraphs_html(_(_AGES)),)),
        (_("What serves you, and what is near"), (_paragraphs_html(_(_AREAS)),)),
        (_("How well a place is known"), _precision_parts()),
        (_("How fresh a record is"), _freshness_parts()),
        (_("Coverage: how we count"), coverage.definition_parts()),
        (_("Planning: how we propose"), planning.definition_parts()),
        (_("What we do not know"), (_limits_html(),)),
        (_("Sources and licences"), (_sources_html(data.manifest.resources),)),
        (_("Privacy"), (_paragraphs_html(_(_NOT_KEPT), _(_OWN_SERVER)),)),
        (_("Accessibility"), (_paragraphs_html(_(_ACCESSIBLE), _(_SHORTCOMINGS)),)),
    )
    parts = [_heading_html(_("What you see here"), level=1), _paragraphs_html(_(_INTRO).format(count=count))]
    for title, content in sections:
        parts += [_heading_html(title), *content]
    parts.append(_paragraphs_html(_("Data version: {version}").format(version=data.data_version)))
    st.html(Markup('<div class="about">{}</div>').format(Markup("").join(parts)))


def _precision_parts() -> tuple[Markup, ...]:
    never = _("We never put a mark on the map for a place that we do not know.")
    return _list_html(_(labels.PRECISION_SENTENCES[precision]) for precision in Precision), _paragraphs_html(never)


def _freshness_parts() -> tuple[Markup, ...]:
    return _list_html(_(labels.FRESHNESS_SENTENCES[freshness]) for freshness in Freshness), _paragraphs_html(_(_CARDS))


_TYPE = Markup(
    '<dt><img src="app/static/icons/{kind}.svg" alt="" width="28" height="28"> {name}</dt><dd>{text} '
    '<a href="{source}" target="_blank" rel="noopener noreferrer">{word}</a></dd>'
)
_TABLE = Markup(
    '<div class="wide" tabindex="0" role="region" aria-label="{label}">'
    "<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
)


def _fill_each(template: Markup, texts: Iterable[str]) -> Markup:
    return Markup("").join(template.format(text) for text in texts)


def _heading_html(text: str, *, level: int = 2) -> Markup:
    return Markup("<h{level}>{text}</h{level}>").format(level=level, text=text)


def _paragraphs_html(*texts: str) -> Markup:
    return _fill_each(Markup("<p>{}</p>"), texts)


def _list_html(texts: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(_fill_each(Markup("<li>{}</li>"), texts))


def _types_html() -> Markup:
    return Markup("<dl>{}</dl>").format(Markup("").join(_type_html(kind, info) for kind, info in SERVICE_TYPES.items()))


def _type_html(kind: ServiceType, info: ServiceTypeInfo) -> Markup:
    functions = ", ".join(_(labels.FUNCTION_NAMES[function]) for function in info.functions)
    lines = [
        _(info.definition),
        _("Usual ages: {ages}.").format(ages=labels.age_range_text(info.ages)),
        _("Helps with: {functions}.").format(functions=functions.lower()),
        _(info.standing),
    ]
    return _TYPE.format(
        kind=kind.value,
        name=labels.type_name(kind),
        text=" ".join(line for line in lines if line),
        source=info.source,
        word=_("Source"),
    )


def _limits_html() -> Markup:
    return _list_html(
        [
            _("Nobody has a complete list. A municipality without a mark may well have help: ask at the town hall."),
            _("Much of what we found is old. Call before you go."),
            _("Many services have no address in any source; we show the area they serve instead."),
            _("Opening hours are known for few services. “Unknown” does not mean closed."),
            _("Provincial centres and Flemish co-ordinators come from a decree of 2007 that was replaced in 2013."),
        ]
    )


def _sources_html(resources: Iterable[Resource]) -> Markup:
    return _TABLE.format(
        label=_("Sources and licences"),
        head=_fill_each(Markup('<th scope="col">{}</th>'), (_("Data"), _("From"), _("Licence"), _("Date"))),
        rows=Markup("").join(_source_row(name, files) for name, files in _files_by_title(resources).items()),
    )


def _files_by_title(resources: Iterable[Resource]) -> dict[str, list[Resource]]:
    """Group the files by the names that people know.

    To them the tables of the directory are one thing.
    """
    found: dict[str, list[Resource]] = defaultdict(list)
    for resource in resources:
        found[next((name for start, name in SOURCE_TITLES.items() if resource.path.startswith(start)), "")].append(
            resource
        )
    return {name or resource.title: files for name, files in found.items() for resource in files[:1]}


SOURCE_TITLES = {
    "boundaries/": N_("Boundaries of municipalities, provinces and their parts"),
    "municipalities.parquet": N_("The municipalities of 2025"),
    "gazetteer.parquet": N_("Names of places, postcodes and stations"),
    "demand.parquet": N_("Children per neighbourhood (an estimate)"),
    "need.parquet": N_("Need per municipality"),
    "directory/": N_("The services"),
}


def _source_row(name: str, files: list[Resource]) -> Markup:
    sources = "; ".join(dict.fromkeys(part.title for file in files for part in file.sources if part.title))
    licences = ", ".join(dict.fromkeys(part.name for file in files for part in file.licences if part.name))
    dates = ", ".join(dict.fromkeys(str(file.raw.get("reference_date", "")) for file in files))
    return Markup("<tr>{}</tr>").format(_fill_each(Markup("<td>{}</td>"), (_(name), sources, licences, dates)))
