"""The profile of an area: numbers, services, gaps, records to check."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.coverage import CoverageReport, State
from geo.coverage.measures import Unit
from geo.coverage.profile import Profile, ServiceHere, profile_of
from geo.places import Area, AreaLevel
from geo.places.spelling import fold_name
from ui import cache, clock, components
from ui.coverage import caveats, controls, downloads, gaps, headline, state, strips
from ui.session import restore_language
from words import amounts, i18n, labels, phrases, services
from words.i18n import _

_PAGE = Markup('<div class="profile" id="results" tabindex="-1">{parts}</div>')
_HEAD = Markup(
    '<p class="back"><a href="{back}" target="_self">{word}</a></p><h1>{name}</h1><p class="facts">{facts}</p>'
)
_SECTION = Markup('<section aria-label="{title}"><h2>{title}</h2>{content}</section>')
_PARAGRAPH = Markup("<p>{}</p>")
_LIST = Markup("<ul>{}</ul>")
_ITEM = Markup("<li>{}</li>")
_REST = Markup("<details><summary>{more}</summary>{rest}</details>")
MOST_LINES = 15
_MOST_OUTSIDE = 12


def draw_profile(area: Area) -> None:
    """Draw the profile of an area."""
    with st.container(key="profile"):
        _draw_fragment(area)


@st.fragment
def _draw_fragment(area: Area) -> None:
    restore_language()
    state.keep_controls()
    controls.draw(cache.load_areas(), with_measure=False)
    today = clock.today()
    profile = profile_of(area, state.chosen_request(), cache.measure_coverage, today)
    components.mount("head-title", {"title": f"{phrases.area_title(area)} · Opvoedkaart"})
    st.html(_PAGE.format(parts=Markup("").join(_profile_parts(profile))))
    caveats.draw_lines(profile.report.request)
    downloads.draw_buttons(profile.report, today)
    state.write()


def _profile_parts(profile: Profile) -> list[Markup]:
    report = profile.report
    row = report.row_of(profile.area)
    to_check = gaps.records_to_check(report, row)
    found = headline.headline_sentences(report)
    lead = Markup("").join(_PARAGRAPH.format(line) for line in found)
    parts = [_profile_head(profile), Markup('<div class="lead" role="status">{}</div>').format(lead)]
    numbers = strips.comparison_table(profile) + _peers_line(profile)
    parts.append(_SECTION.format(title=_("The numbers, beside others"), content=numbers))
    missing = [line for line in gaps.gap_sentences(report, row) if not any(line in already for already in found)]
    if missing:
        parts.append(_SECTION.format(title=_("Gaps"), content=_list_lines(missing)))
    parts.append(
        _SECTION.format(title=_("Services for this area, and those within reach"), content=_services_list(profile))
    )
    if profile.outside:
        parts.append(_SECTION.format(title=_("Reached from outside"), content=_outside_list(profile)))
    if to_check:
        parts.append(_SECTION.format(title=_("Not known, to be checked"), content=_list_lines(to_check)))
    if profile.area.level is not AreaLevel.MUNICIPALITY:
        parts.append(_SECTION.format(title=_("Its municipalities"), content=_members_table(report)))
    return parts


def _profile_head(profile: Profile) -> Markup:
    row = profile.numbers[0].row
    facts = [
        _("{children} of {ages}").format(
            children=amounts.children_text(row.children), ages=phrases.ages_text(profile.report.request.groups)
        )
    ]
    if profile.area.level is AreaLevel.MUNICIPALITY:
        town = profile.report.dataset.municipalities.by_nis[profile.area.code]
        french = i18n.current_language() == "fr"
        facts.insert(0, town.province_fr if french else town.province_nl)
        facts.append(_need_text(row.deprivation_pct))
    else:
        facts.append(_("{count} municipalities").format(count=i18n.number_text(len(profile.area.nis_codes))))
    return _HEAD.format(
        back=state.map_link(nis=profile.area.code if profile.area.level is AreaLevel.MUNICIPALITY else "", profile=""),
        word=_("Back to the map and the table"),
        name=phrases.area_title(profile.area),
        facts=" · ".join(facts),
    )


def _peers_line(profile: Profile) -> Markup:
    """Return a line that names the municipalities that this one is held beside."""
    names = profile.report.dataset.municipalities.names(i18n.current_language())
    alike = [names[code] for code in profile.numbers[0].row.peers]
    line = _("Peers, most alike first: {names}.").format(names=phrases.enumerate_names(alike))
    return _PARAGRAPH.format(line) if alike else Markup("")


def _need_text(deprivation_pct: float | None) -> str:
    if deprivation_pct is None:
        return _("Births in deprived families: not known")
    return _("Births in deprived families: {percent} %").format(percent=i18n.number_text(deprivation_pct, decimals=1))


def _list_lines(lines: list[str]) -> Markup:
    return _fold_list([_ITEM.format(line) for line in lines], _LIST)


def _fold_list(items: list[Markup], around: Markup) -> Markup:
    """Return a list whose later items are folded away."""
    shown, rest = (around.format(Markup("").join(part)) for part in (items[:MOST_LINES], items[MOST_LINES:]))
    if len(items) <= MOST_LINES:
        return shown
    more = _("and {count} more").format(count=i18n.number_text(len(items) - MOST_LINES))
    return shown + _REST.format(more=more, rest=rest)


_SERVICE = Markup(
    '<li><img src="app/static/icons/{kind}.svg" alt="" width="24" height="24"><span>'
    '<a href="{href}" target="_self">{name}</a>'
    "<small>{facts}</small></span></li>"
)


def _services_list(profile: Profile) -> Markup:
    if not profile.services:
        return _PARAGRAPH.format(gaps.no_service_known())
    return _fold_list([_service_item(here, profile) for here in profile.services], Markup('<ul class="here">{}</ul>'))


def _service_item(here: ServiceHere, profile: Profile) -> Markup:
    names = profile.report.dataset.municipalities.names(i18n.current_language())
    facts = [labels.type_name(here.service.service_type)]
    facts.append(_("for this area") if here.is_for_it else _("from outside"))
    stands = phrases.enumerate_names([names[code] for code in here.stands_in])
    facts.append(_("place known in {towns}").format(towns=stands) if stands else _("place not known"))
    if here.share > 0:
        share = amounts.value_text(here.share, Unit.SHARE)
        facts.append(
            _("{share} of the children within {reach}").format(
                share=share, reach=amounts.reach_text(profile.report.request.reach_m)
            )
        )
    facts.append(services.checked_text(here.service))
    return _SERVICE.format(
        kind=here.service.service_type.value,
        href=f"./?service={here.service.id}",
        name=here.service.name,
        facts=" · ".join(facts),
    )


def _outside_list(profile: Profile) -> Markup:
    return _list_lines(gaps.known_outside(profile)[:_MOST_OUTSIDE])


_MEMBER = Markup(
    '<tr><th scope="row"><a href="{href}" target="_self">{name}</a></th><td>{children}</td>'
    "<td>{value}</td><td>{state}</td></tr>"
)
_MEMBERS = Markup(
    '<div class="wide"><table><thead><tr><th scope="col">{name}</th><th scope="col">{children}</th>'
    '<th scope="col">{value}</th><th scope="col">{state}</th></tr></thead><tbody>{rows}</tbody></table></div>'
)


def _members_table(report: CoverageReport) -> Markup:
    rows = Markup("").join(
        _MEMBER.format(
            href=state.profile_link(row.area.code),
            name=row.area.name(i18n.current_language()),
            children=i18n.number_text(round(row.children)),
            value=amounts.number_text(row.value, report.info.unit) if row.state is not State.UNKNOWN else "–",
            state=labels.state_name(row.state),
        )
        for row in sorted(report.rows, key=lambda row: fold_name(row.area.name(i18n.current_language())))
    )
    return _MEMBERS.format(
        name=_("Municipality"),
        children=_("Children"),
        value=labels.measure_name(report.request.measure),
        state=_("Reached?"),
        rows=rows,
    )
