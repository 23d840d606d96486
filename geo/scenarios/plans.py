"""Save plans and proposals as scenarios and read them back with suspicion."""

from __future__ import annotations

import datetime as dt
import json
import math
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from geo.errors import RequestError
from geo.messages import N_
from geo.networks.proposal import NetworkPlan
from geo.networks.request import NetworkRequest
from geo.planning.candidates import CandidateBook
from geo.planning.plan import Plan, PlanStatus
from geo.planning.problem import area_of
from geo.planning.request import PlanRequest
from geo.requests.kinds import AREA
from geo.scenarios import file
from geo.scenarios.file import PLACES, Problem, Scenario, ScenarioError
from geo.settings import ROOT

PLAN, NETWORKS = "plan", "networks"
KINDS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    PLAN: PlanRequest.from_json,
    NETWORKS: NetworkRequest.from_json,
}
MOST_PLACES = 2_000
"""No list of places in a file is longer; all of Flanders has some 1,100 candidates."""

NOT_KNOWN = N_("{value} is not known in these data.")
NO_CHOICE = N_("This is no choice that can be made here.")
TOGETHER = N_("These choices do not go together: {reason}.")
TOO_MANY = N_("{count} are given; expected at most {most}.")
_BESIDE: dict[str, dict[str, Any]] = {"kept": {"sites": 30, "objective": "lscp"}, "candidates": {"points": [[4.0, 51]]}}
"""What makes one choice of a plan sound by itself, so that only its own fault is found."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario from a file, the reader's own places in it (none: as proposed), and what was left out."""

    scenario: Scenario
    places: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = field(default=(), compare=False)

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


def written(found: Plan | NetworkPlan, *, name: str, note: str = "", saved: dt.date) -> str:
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


def is_own(found: Plan | NetworkPlan) -> bool:
    """Whether it is a plan of places that the reader chose, which no search proposed."""
    return isinstance(found, Plan) and found.proof.status is PlanStatus.GIVEN


def own_places(found: Plan | NetworkPlan) -> list[str]:
    """Return the ids of the places of a plan that the reader chose; none when it stands as proposed."""
    return [place.id for place in found.places] if isinstance(found, Plan) and is_own(found) else []


def read(content: bytes, book: CandidateBook) -> Opened:
    """Return the scenario of a file; raises ScenarioError with everything that is wrong, and where."""
    try:
        loaded = file.loads(content, kinds=KINDS)
    except ScenarioError as error:
        raise ScenarioError([each for problem in error.problems for each in _closer(problem, content)]) from error
    document = json.loads(content.decode("utf-8-sig"))
    own = document.get(PLACES, []) if loaded.scenario.kind == PLAN else []
    problems = [*_unknown(loaded.scenario, book), *_places(own, book)]
    if problems:
        raise ScenarioError(problems)
    is_left_out = PLACES in document and loaded.scenario.kind != PLAN
    warnings = tuple(each for each in loaded.warnings if each.path != PLACES or is_left_out)
    return Opened(loaded.scenario, tuple(own), warnings)


def _closer(problem: Problem, content: bytes) -> Iterator[Problem]:
    """Yield what is wrong with single choices, where the file's reader only says that something is."""
    if problem.path != "request" or problem.template != file.BAD_REQUEST:
        yield problem
        return
    document = json.loads(content.decode("utf-8-sig"))
    values, kind = document["request"], document["kind"]
    known = KINDS[kind]({}).to_json()
    found = [Problem(path=f"request.{_short(name)}", template=NO_CHOICE) for name in values if name not in known]
    for name, value in values.items():
        if name not in known:
            continue
        try:
            KINDS[kind]((_BESIDE.get(name, {}) if kind == PLAN else {}) | {name: value})
        except (RequestError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError):
            found.append(_wrong(name, value))
    yield from found or [Problem(path="request", template=TOGETHER, values=problem.values)]


def _wrong(name: str, value: object) -> Problem:
    shown = _short(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return Problem(path=f"request.{name}", template=file.WRONG, values={"value": shown, "expected": name})


def _short(text: str) -> str:
    harmless = "".join(each if each.isprintable() else "�" for each in text[:80])
    return f"{harmless}…" if len(text) > 80 else harmless


def _unknown(scenario: Scenario, book: CandidateBook) -> Iterator[Problem]:
    """Yield what a sound request names that these data do not have."""
    request, cover = scenario.request, book.dataset
    if not isinstance(request, PlanRequest | NetworkRequest):
        return
    try:
        if isinstance(request, PlanRequest):
            is_area = not request.area or AREA.fullmatch(request.area) is not None
            is_area = is_area and bool(area_of(cover, request.area).nis_codes)
        else:
            is_area = cover.areas.by_code(request.area) is not None
    except RequestError:
        is_area = False
    if not is_area:
        yield Problem(path="request.area", template=NOT_KNOWN, values={"value": _short(request.area)})
    if not isinstance(request, PlanRequest):
        return
    if len(request.points) > MOST_PLACES:
        values = {"count": len(request.points), "most": MOST_PLACES}
        yield Problem(path="request.points", template=TOO_MANY, values=values)
    yield from _places(sorted(request.kept), book, "request.kept")
    yield from _places(sorted(request.forbidden), book, "request.forbidden")
    yield from _places([request.depot] if request.depot else [], book, "request.depot")
    for service in sorted(request.closed - cover.directory.by_id.keys())[:20]:
        yield Problem(path="request.closed", template=NOT_KNOWN, values={"value": _short(service)})


def _places(own: object, book: CandidateBook, path: str = PLACES) -> Iterator[Problem]:
    if not isinstance(own, list) or not all(isinstance(each, str) for each in own):
        shown = _short(json.dumps(own, ensure_ascii=False))
        yield Problem(path=path, template=file.WRONG, values={"value": shown, "expected": "kept"})
        return
    if len(own) > MOST_PLACES:
        yield Problem(path=path, template=TOO_MANY, values={"count": len(own), "most": MOST_PLACES})
        return
    for each in own:
        try:
            book.candidate(each)
        except RequestError:
            yield Problem(path=path, template=NOT_KNOWN, values={"value": _short(each)})
