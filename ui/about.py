"""The page that explains: drawn from the same tables and definitions that the finder uses."""

from __future__ import annotations

import html
from collections.abc import Iterable

import streamlit as st

from geo.manifest import Resource
from geo.models import Audience, Freshness, Precision, ServiceType
from geo.service_types import SERVICE_TYPES, ServiceTypeInfo
from ui import cache, i18n, words
from ui.i18n import _

_e = html.escape


def page() -> None:
    """Draw all definitions, sources, limits and promises."""
    data = cache.dataset()
    parts = [
        f"<h1>{_('What you see here')}</h1>",
        _paragraphs(
            _(
                "Opvoedkaart shows where parents and other carers in Flanders and Brussels find help with bringing up "
                "children: {count} services from public sources. It is free, and nobody pays to be shown."
            ).format(count=i18n.number(len(data.directory.services)))
        ),
        f"<h2>{_('Kinds of help')}</h2>",
        _types(),
        f"<h2>{_('Ages')}</h2>",
        _paragraphs(
            _(
                "A service fits when the ages it is for overlap with the ages you choose: “0–2 years” is from birth to "
                "the third birthday, and pregnancy is an age of its own. When a source says nothing about ages we take "
                "those that are usual for this kind of help, and say so."
            )
        ),
        f"<h2>{_('What serves you, and what is near')}</h2>",
        _paragraphs(
            _(
                "A service is first of all meant for an area: a municipality, a group of municipalities, a province or "
                "everybody. First you see what is meant for where you live, then what is near, also across the border. "
                "Distances are straight lines in kilometres, not travel times."
            )
        ),
        f"<h2>{_('How well a place is known')}</h2>",
        _list(_(words.PRECISIONS[precision]) for precision in Precision),
        _paragraphs(_("We never put a mark on the map for a place that we do not know.")),
        f"<h2>{_('How fresh a record is')}</h2>",
        _list(_(words.FRESHNESS[freshness]) for freshness in Freshness),
        _paragraphs(
            _(
                "Every card says of which month its source is and links to it. “Not confirmed” means that the source "
                "is old, partial or indirect: such services come last, and no doubtful address is shown."
            )
        ),
        f"<h2>{_('What we do not know')}</h2>",
        _limits(),
        f"<h2>{_('Sources and licences')}</h2>",
        _sources(data.manifest.resources),
        f"<h2>{_('Privacy')}</h2>",
        _paragraphs(
            _(
                "No account, no cookies to follow you, no statistics. What you type and where you are is used to "
                "answer you and then forgotten: it is not stored and not logged. “Near me” asks your browser only "
                "when you press it, and never ends up in a link."
            ),
            _(
                "Nothing on this page comes from another company's server, with one exception: the background of the "
                "map, when whoever runs this site has it on. A link to a website or a route opens only when you press "
                "it."
            ),
        ),
        f"<h2>{_('Accessibility')}</h2>",
        _paragraphs(
            _(
                "We aim at WCAG 2.2, level AA. Everything works with the keyboard and without the map: the list says "
                "all that the map says. Each kind of help has a shape, a letter and a word, never a colour alone."
            ),
            _(
                "Known shortcomings: the search field, the choices and the frame of the map come from a toolkit that "
                "carries a few English names for screen readers; the map itself is hard to use with a screen reader, "
                "so use the list. Tested with axe and by hand in Chromium; not yet with every screen reader."
            ),
        ),
        f"<p>{_('Data version')}: <code>{_e(data.data_version)}</code></p>",
    ]
    st.html(f'<div class="about">{"".join(parts)}</div>')


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{_e(text)}</p>" for text in texts)


def _list(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{_e(text)}</li>" for text in texts) + "</ul>"


def _types() -> str:
    return "<dl>" + "".join(_type(kind, info) for kind, info in SERVICE_TYPES.items()) + "</dl>"


def _type(kind: ServiceType, info: ServiceTypeInfo) -> str:
    functions = ", ".join(_(words.FUNCTIONS[function]) for function in info.functions)
    for_whom = _("For professionals and local authorities.") if info.audience is Audience.PROFESSIONALS else ""
    lines = [
        _(info.definition),
        for_whom,
        _("Usual ages: {ages}.").format(ages=words.span(info.ages)),
        _("Helps with: {functions}.").format(functions=functions.lower()),
        _(info.standing),
    ]
    text = " ".join(_e(line) for line in lines if line)
    source = f'<a href="{_e(info.source)}" target="_blank" rel="noopener noreferrer">{_("Source")}</a>'
    icon = f'<img src="app/static/icons/{kind.value}.svg" alt="" width="28" height="28">'
    return f"<dt>{icon} {_e(words.service_type(kind))}</dt><dd>{text} {source}</dd>"


def _limits() -> str:
    return _list(
        [
            _("Nobody has a complete list. A municipality without a mark may well have help: ask at the town hall."),
            _("Much of what we found is old. Call before you go."),
            _("Many services have no address in any source; we show the area they serve instead."),
            _("Opening hours are known for few services. “Unknown” does not mean closed."),
            _("Provincial centres and Flemish co-ordinators come from a decree of 2007 that was replaced in 2013."),
        ]
    )


def _sources(resources: Iterable[Resource]) -> str:
    rows = "".join(_source(resource) for resource in resources)
    head = "".join(f'<th scope="col">{word}</th>' for word in (_("Data"), _("From"), _("Licence"), _("Date")))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="{_("Sources and licences")}">{table}</div>'


def _source(resource: Resource) -> str:
    sources = "; ".join(dict.fromkeys(source.title for source in resource.sources if source.title))
    licences = ", ".join(dict.fromkeys(licence.name for licence in resource.licences if licence.name))
    dated = str(resource.raw.get("referenceDate", resource.raw.get("reference_date", "")))
    cells = (resource.title or resource.path, sources, licences, dated)
    return "<tr>" + "".join(f"<td>{_e(cell)}</td>" for cell in cells) + "</tr>"
