"""Save plans and proposals as scenarios and read them back with suspicion."""

from __future__ import annotations

import datetime as dt
import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from geo.errors import DataProblem, RequestError
from geo.messages import N_
from geo.networks import NetworkProposal, NetworkRequest
from geo.planning import Plan, PlanRequest
from geo.planning.candidates import CandidateBook
from geo.planning.choices import AREA_CODES, KEPT
from geo.planning.plan import PlanStatus
from geo.planning.problem import area_of_codes
from geo.requests import Request
from geo.requests.request import UNUSABLE, quote
from geo.scenarios import file
from geo.scenarios.file import PLACES, Scenario, ScenarioError, problem_at
from geo.settings import ROOT

PLAN, NETWORKS = "plan", "networks"
KINDS: Mapping[str, type[Request]] = {PLAN: PlanRequest, NETWORKS: NetworkRequest}
MOST_PLACES = 2_000
"""No list of places in a file is longer; all of Flanders has some 1,100 candidates."""

NOT_KNOWN = N_("{value} is not known in these data.")
TOO_MANY = N_("{count} are given; expected at most {most}.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario from a file, the reader's own places in it (none: as proposed), and what was left out."""

    scenario: Scenario
    places: tuple[str, ...] = ()
    warnings: tuple[DataProblem, ...] = field(default=(), compare=False)

    @property
    def is_plan(self) -> bool:
        """Whether it asks for places, and not for networks."""
        return self.scenario.kind == PLAN


@cache
def program_version() -> str:
    """Return the version of this program."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(said["project"]["version"])


def summary(plan: Plan) -> dict[str, float]:
    """Return the numbers that sum a plan up: children, shares 0 to 1, metres; what is not known is left out."""
    before, after = plan.before, plan.after
    found: dict[str, float | None] = {
        "sites": float(len(plan.places)),
        "children": after.children,
        "reached_before": before.reached,
        "reached_after": after.reached,
        "mean_m_before": before.mean_m,
        "mean_m_after": after.mean_m,
        "p90_m_before": before.p90_m,
        "p90_m_after": after.p90_m,
        "worst_m_before": before.worst_m,
        "worst_m_after": after.worst_m,
        "gap": plan.proof.gap,
        "tour_m": plan.tour_m if plan.tour else None,
    }
    for measure, (today, then) in plan.measures.items():
        found[f"{measure.value}_before"], found[f"{measure.value}_after"] = today.comparable, then.comparable
    return {name: round(value, 6) for name, value in found.items() if value is not None and math.isfinite(value)}


def write(found: Plan | NetworkProposal, *, name: str, note: str = "", saved: dt.date) -> str:
    """Return the file of a plan or of networks; raises ScenarioError for a name or a note that cannot be read back."""
    scenario = Scenario(
        kind=PLAN if isinstance(found, Plan) else NETWORKS,
        name=name.strip(),
        note=note.strip(),
        request=found.request,
        summary=summary(found) if isinstance(found, Plan) else found.summary(),
        data_version=found.data_version,
        program_version=program_version(),
        saved=saved,
    )
    text = file.dumps(scenario)
    if not is_own(found):
        return text
    document = json.loads(text) | {PLACES: own_places(found)}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def is_own(found: Plan | NetworkProposal) -> bool:
    """Whether it is a plan of places that the reader chose, which no search proposed."""
    return isinstance(found, Plan) and found.proof.status is PlanStatus.GIVEN


def own_places(found: Plan | NetworkProposal) -> list[str]:
    """Return the ids of the places of a plan that the reader chose; none when it stands as proposed."""
    return [place.id for place in found.places] if isinstance(found, Plan) and is_own(found) else []


def read(content: bytes, book: CandidateBook, *, kinds: Mapping[str, type[Request]] = KINDS) -> Opened:
    """Return the scenario of a file; raises ScenarioError with everything that is wrong, and where.

    Parameters
    ----------
    content : bytes
        The file.
    book : CandidateBook
        The data, in which all areas, places and services of the scenario must exist.
    kinds : mapping of kind to request
        Which kinds are taken.
    """
    loaded = file.loads(content, kinds=kinds)
    is_plan = loaded.scenario.kind == PLAN
    own = loaded.places if is_plan and loaded.places is not None else []
    problems = [*_unknown(loaded.scenario, book), *_places(own, book)]
    if problems or not isinstance(own, list):
        raise ScenarioError(problems)
    warnings = tuple(each for each in loaded.warnings if not (is_plan and each.field == PLACES))
    return Opened(loaded.scenario, tuple(own), warnings)


def _unknown(scenario: Scenario, book: CandidateBook) -> Iterator[DataProblem]:
    """Yield what a sound request names that these data do not have."""
    request, cover = scenario.request, book.dataset
    if not isinstance(request, PlanRequest | NetworkRequest):
        return
    try:
        if isinstance(request, PlanRequest):
            is_area = not request.area or AREA_CODES.fullmatch(request.area) is not None
            is_area = is_area and bool(area_of_codes(cover, request.area).nis_codes)
        else:
            is_area = cover.areas.by_code(request.area) is not None
    except RequestError:
        is_area = False
    if not is_area:
        yield problem_at("request.area", NOT_KNOWN, value=quote(request.area))
    if not isinstance(request, PlanRequest):
        return
    if len(request.points) > MOST_PLACES:
        yield problem_at("request.points", TOO_MANY, count=len(request.points), most=MOST_PLACES)
    yield from _places(sorted(request.kept), book, "request.kept")
    yield from _places(sorted(request.forbidden), book, "request.forbidden")
    yield from _places([request.depot] if request.depot else [], book, "request.depot")
    for service in sorted(request.closed - cover.directory.by_id.keys())[:20]:
        yield problem_at("request.closed", NOT_KNOWN, value=quote(service))


def _places(own: object, book: CandidateBook, path: str = PLACES) -> Iterator[DataProblem]:
    if not isinstance(own, list) or not all(isinstance(each, str) for each in own):
        yield problem_at(path, UNUSABLE, value=quote(own), expected=KEPT.expected)
        return
    if len(own) > MOST_PLACES:
        yield problem_at(path, TOO_MANY, count=len(own), most=MOST_PLACES)
        return
    for each in own:
        try:
            book.candidate(each)
        except RequestError:
            yield problem_at(path, NOT_KNOWN, value=quote(each))
