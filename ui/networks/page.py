"""The tab that proposes networks: controls, list and map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st
from markupsafe import Markup

from geo.ages import CHILD_AGES
from geo.errors import RequestError
from geo.networks import NetworkProposal
from geo.networks.request import FEWEST, MOST, NARROWEST_KM, WIDEST_KM
from geo.places import Area
from geo.solver import Ended
from ui import cache, components, save_scenario, search_panel
from ui.markdown import escape_markdown
from ui.networks import answers, sentences, state, view
from ui.session import restore_language
from words import i18n, labels, phrases, problems
from words.i18n import _
from words.labels import FAMILY_TYPES

Choice = TypeVar("Choice", bound=StrEnum)


def draw(areas: Mapping[str, Area]) -> None:
    """Draw the controls, the search or the networks, and their map."""
    state.start(areas)
    state.keep_controls()
    _draw_controls(state.area_choices(areas))
    try:
        request = state.chosen_request()
        found = answers.answer(cache.load_dataset(), request)
    except RequestError as error:
        st.warning(escape_markdown(problems.refusal(error)))
        return
    with st.container(key="networks-head"):
        if isinstance(found, NetworkProposal):
            _draw_head(found, areas)
        else:
            search_panel.draw(found, key="networks", doing=sentences.doing)
    with st.container(key="networks-body"):
        with st.container(key="networks-answer"):
            if isinstance(found, NetworkProposal):
                components.mount("networks", _proposal_for_browser(found, areas), on_wish=_handle_wish)
            else:
                st.html('<div id="results" tabindex="-1"></div>')  # where the head's skip link leads
        with st.container(key="networks-map"):
            _draw_map()
    if not (isinstance(found, NetworkProposal) and found.was_stopped):
        with st.container(key="networks-command"), st.expander(_("The command that gives the same")):
            st.code(request.command(), language=None, wrap_lines=True)
    state.write(request)


def _draw_controls(larger: Mapping[str, Area]) -> None:
    with st.container(key="networks-controls", horizontal=True, vertical_alignment="bottom"):
        titles = {code: phrases.area_title(area) for code, area in larger.items()}
        st.selectbox(_("Where"), list(titles), format_func=titles.__getitem__, key=state.AREA)
        _draw_multiselect(_("Children of"), state.AGES, list(CHILD_AGES), labels.age_group_name)
        st.number_input(_("Children, at least"), FEWEST, MOST, step=100, key=state.CHILDREN)
        st.number_input(
            _("Kilometres across, at most"), NARROWEST_KM, WIDEST_KM, step=1.0, format="%g", key=state.ACROSS
        )
        _draw_multiselect(_("What should each have?"), state.TYPES, list(FAMILY_TYPES), labels.type_name)
        with st.container(key="networks-toggles", horizontal=True):
            st.toggle(_("May cross provinces"), key=state.CROSS)
            st.toggle(_("Keep partnerships together"), key=state.KEEP)


def _draw_multiselect(label: str, key: str, options: list[Choice], said: Callable[[Choice], str]) -> None:
    st.multiselect(label, options, format_func=said, key=key, select_all=False, placeholder=_("Choose"))


def _draw_map() -> None:
    from ui import maps  # noqa: PLC0415  (folium takes long to load: the answer goes first)

    maps.draw_map(
        cache.load_settings(), key="networks-map-frame", more=("map_frame/classes.js", "map_frame/networks.js")
    )
    st.html('<div class="cover-legend" data-panel="networks"></div>')


# --- the answer --------------------------------------------------------------------------------------------------


_HEADLINE = Markup('<div class="cover-head" role="status">{first}{more}</div>')
_FIRST, _MORE = Markup('<p class="first">{}</p>'), Markup('<p class="more">{}</p>')


def _draw_head(plan: NetworkProposal, areas: Mapping[str, Area]) -> None:
    """Draw the headline, the proof, and the downloads once complete."""
    first, *more = sentences.headline_sentences(plan, areas[plan.request.area])
    st.html(_HEADLINE.format(first=_FIRST.format(first), more=Markup("").join(map(_MORE.format, more))))
    if plan.ended is not Ended.DONE:
        search_panel.draw_cut_short(answers.SLOT, key="networks", was_stopped=plan.was_stopped)
    if plan.was_stopped:
        return  # half a search is nothing to take along: the same request gives something else
    with st.container(key="networks-tools", horizontal=True, vertical_alignment="center"):
        _draw_files(plan)


_PRINT = Markup('<button type="button" class="print-networks" data-print="1">{word}</button>')


def _draw_files(plan: NetworkProposal) -> None:
    name = f"opvoedkaart-networks-{plan.request.area or 'all'}-{plan.data_version}".replace(":", "-")
    for kind, (label, mime) in {"geojson": ("GeoJSON", "application/geo+json"), "csv": ("CSV", "text/csv")}.items():
        st.download_button(
            label, data=_file_maker(plan, kind), file_name=f"{name}.{kind}", mime=mime, key=f"networks-{kind}",
            on_click="ignore",
        )  # fmt: skip
    save_scenario.draw_save_button(plan, key="networks")
    st.html(_PRINT.format(word=_("Print")))


def _file_maker(plan: NetworkProposal, kind: str) -> Callable[[], bytes]:
    """Return the maker of a file, called when it is asked for."""
    data = cache.load_dataset()

    def made() -> bytes:
        from geo.networks import files  # noqa: PLC0415  (only who downloads needs it)

        write = {"geojson": files.to_geojson, "csv": files.to_csv}[kind]  # the same file as the command line gives
        return write(files.ProposalFile(plan, data.municipalities, data.boundaries)).encode()

    return made


def _proposal_for_browser(plan: NetworkProposal, areas: Mapping[str, Area]) -> dict[str, Any]:
    """Return what static/page/networks.js draws."""
    data = cache.load_dataset()
    return {
        "lang": i18n.current_language(),
        "title": _("Networks") + " · Opvoedkaart",
        "map": view.map_for_browser(data, plan, data.adjacency),
        "began": state.first_selection(),
        **view.rows_for_browser(data, plan, areas),
        "made": sentences.origin_text(plan),
        "words": _interface_words(),
    }


def _interface_words() -> dict[str, str]:
    return {
        "map": _("Map of the networks"),
        "networks": _("The networks"),
        "network": _("Network {number}"),
        "services": _("Services we know"),
        "located": _("In it:"),
        "serving": _("Also for it:"),
        "left": _("Left over"),
        "notes": _("Good to know"),
        "minimised": _("What is made as small as can be"),
        "honest": _("What this is not"),
        "legend": _("Legend"),
        "colours": _("A colour and a thick line per network; the colours only tell neighbours apart."),
        "pattern": _("Left over: in no network"),
        "seat": _("A number: the possible seat; zoom in where numbers would overlap"),
        "door": _("A dot or ring: a service we know of"),
    }


# --- what the reader wants ---------------------------------------------------------------------------------------


def _handle_wish() -> None:
    """Remember the network chosen in the list or on the map."""
    restore_language()
    wish = components.wish("networks")
    if wish.get("do") == "select":
        code = str(wish.get("code", ""))
        st.session_state[state.CHOSEN] = code if code in cache.load_areas() else ""
