"""Assumptions of a plan, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.messages import N_, Message, Rounded
from geo.planning.candidates import Candidate
from geo.planning.choices import CandidateKind, Objective
from geo.planning.problem import SitingProblem
from geo.solver.control import Ended

STOPPED = N_("The search was stopped before its end; a search to the end may find a better plan.")
LATE = N_(
    "The time was over before the search was at its end; with more time, or on a machine that is less busy, a better "
    "plan may be found."
)
STRAIGHT_LINES = N_(
    "Distances are straight lines from the middle of each statistical sector; roads, rivers and timetables are not "
    "counted."
)
SECTOR_ESTIMATE = N_("How the children of a municipality are spread over its sectors is an estimate.")
OPEN_TO_ALL = N_("Every new site is a service for all the ages asked for, and open to everybody.")
DOORS_STAY = N_("Existing services stay where they are, those outside the area too. Doors known to us: {count}.")
DOORS_CLOSE = N_("Existing services stay where they are, except those that close ({closed}). Doors that stay: {count}.")
DOORS_UNKNOWN = N_(
    "Services of these types of which we do not know any door: {count}. They are not counted, so the need for a new "
    "site may look greater than it is in their municipalities."
)
DOORS_APPROXIMATE = N_("Doors known to their deelgemeente only, and taken to stand in its middle: {count}.")
CHILDREN_INSIDE = N_("Only children who live in the area are counted.")
CHILDREN_OUTSIDE = N_("Children outside the area who live within {reach_km} km of a candidate are counted as well.")
NEED_WEIGHT = N_(
    "Need weighs for {percent} %: a child weighs more where the deprivation index of its municipality is above the "
    "mean, less where it is below."
)
NEED_UNKNOWN = N_(
    "Municipalities of which the deprivation index is not known, and for which the mean is taken: {count}. That is all "
    "of Brussels and most merged ones."
)
SHARE_IMPOSSIBLE = N_(
    "The share asked for, {share} %, cannot be reached from these candidates; the plan reaches as many as it can."
)
FEWER_SITES = N_("The number of sites is {sites} and not {asked}: another one would add nothing.")
FEWER_STOPS = N_("The number of stops is {sites} and not {asked}: another one does not fit or adds nothing.")
CANDIDATE_TEXTS = {
    CandidateKind.SUBMUNICIPALITY: N_(
        "A new site comes in the middle of a deelgemeente. Places to choose from: {count}."
    ),
    CandidateKind.STATION: N_("A new site comes at a railway station. Places to choose from: {count}."),
    CandidateKind.SERVICE: N_("A new site comes where a service is already. Places to choose from: {count}."),
    CandidateKind.POINTS: N_("A new site comes at one of the given points. Places to choose from: {count}."),
}
CANDIDATES_APPROXIMATE = N_("Of these, known to their deelgemeente only and taken to be in its middle: {count}.")
ONE_TOUR = N_(
    "One vehicle makes a closed round of at most {km} km in straight lines past all its stops; roads are longer."
)


def cut_short(ended: Ended) -> list[Message]:
    """Return what a plan says of a search that did not come to its end."""
    return [] if ended is Ended.DONE else [Message(STOPPED if ended is Ended.STOPPED else LATE)]


def assumptions_of(problem: SitingProblem, places: Sequence[Candidate]) -> tuple[Message, ...]:
    """Return what a plan rests on, the most telling first.

    The plan of some places.
    """
    request, supply = problem.request, problem.supply
    ids = [problem.book.dataset.directory.services[int(row)].id for row in supply.rows]
    stays = np.array([each not in request.closed for each in ids], dtype=np.bool_)
    hidden = len(set(supply.hidden.service.tolist()))
    doors = supply.doors.of(stays)
    found = [Message(CANDIDATE_TEXTS[request.candidates], {"count": len(problem.candidates)})]
    rough = sum(each.is_approximate for each in problem.candidates)
    found += [Message(CANDIDATES_APPROXIMATE, {"count": rough})] if rough else []
    if request.closed:
        found.append(Message(DOORS_CLOSE, {"count": len(doors), "closed": ", ".join(sorted(request.closed))}))
    else:
        found.append(Message(DOORS_STAY, {"count": len(doors)}))
    found += [Message(DOORS_UNKNOWN, {"count": hidden})] if hidden else []
    blurred = int((doors.blur_m > 0).sum())
    found += [Message(DOORS_APPROXIMATE, {"count": blurred})] if blurred else []
    found += _objective_assumptions(problem, places)
    found += [Message(ONE_TOUR, {"km": round(request.tour_m / 1000, 3)})] if request.tour_m else []
    return (*found, Message(OPEN_TO_ALL), Message(STRAIGHT_LINES), Message(SECTOR_ESTIMATE))


def _objective_assumptions(problem: SitingProblem, places: Sequence[Candidate]) -> list[Message]:
    request, dataset = problem.request, problem.book.dataset
    reach = round(request.reach_m / 1000, 3)
    found = [Message(CHILDREN_OUTSIDE, {"reach_km": reach}) if request.demand_outside else Message(CHILDREN_INSIDE)]
    if request.is_fair:
        unknown = sum(code not in dataset.need.deprivation_pct for code in problem.area.nis_codes)
        found.append(Message(NEED_WEIGHT, {"percent": round(100 * request.need_weight)}))
        found += [Message(NEED_UNKNOWN, {"count": unknown})] if unknown else []
    rows = problem.is_asked
    if request.objective is Objective.FEWEST_SITES:
        every = problem.distance_m([*problem.candidates, *places], rows).min(axis=1, initial=np.inf)
        possible = (np.minimum(every, problem.base_m[rows]) <= request.reach_m) @ problem.weight[rows]
        if possible < request.share * problem.weight[rows].sum() * (1 - 1e-9):
            found.append(Message(SHARE_IMPOSSIBLE, {"share": Rounded(100 * request.share)}))
    elif len(places) < request.sites:
        sentence = FEWER_STOPS if request.tour_m else FEWER_SITES
        found.append(Message(sentence, {"sites": len(places), "asked": request.sites}))
    return found
