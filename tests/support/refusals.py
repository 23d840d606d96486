"""Every way in which a request is refused, each raised once, and every sentence with which the domain refuses one."""

import ast
import importlib
import math

from geo.ages import AgeGroup
from geo.coverage import CoverageRequest
from geo.coverage.report import area_of_request
from geo.errors import RequestError
from geo.finder import ServiceFilter
from geo.networks import NetworkRequest
from geo.planning import Objective, PlanRequest, search, tours
from geo.planning.choices import CandidateKind
from geo.requests.request import kinds_of
from geo.settings import ROOT
from tests.support import tiny_demand, tiny_plan
from tests.support.tiny_flanders import NIS
from tests.support.tiny_plan import site

REQUESTS = (ServiceFilter, CoverageRequest, PlanRequest, NetworkRequest)
NOBODY = frozenset()
POINT = (4.35, 50.85)
STRANGE_AGES = frozenset({AgeGroup.PREGNANT})


def _offered(kind, **choices):
    return lambda: tiny_plan.book().candidates(tiny_plan.ask(candidates=kind, **choices), ())


WAYS = {
    "coverage without types": lambda: CoverageRequest(types=NOBODY),
    "coverage without ages": lambda: CoverageRequest(ages=NOBODY),
    "coverage without statuses": lambda: CoverageRequest(statuses=NOBODY),
    "coverage without confidences": lambda: CoverageRequest(confidences=NOBODY),
    "coverage of ages that are not counted": lambda: CoverageRequest(ages=STRANGE_AGES),
    "a reach that cannot be": lambda: CoverageRequest(reach_m=30_001.5),
    "coverage of an unknown area": lambda: area_of_request(tiny_demand.dataset(), CoverageRequest(area="99999")),
    "no sites": lambda: PlanRequest(sites=0),
    "no share": lambda: PlanRequest(share=1.01),
    "a weight that cannot be": lambda: PlanRequest(need_weight=-0.5),
    "a round that cannot be": lambda: PlanRequest(tour_m=1.5),
    "a point that cannot be": lambda: PlanRequest(points=((200.0, 50.0),)),
    "more kept than asked": lambda: PlanRequest(kept=frozenset("abcd")),
    "kept and forbidden": lambda: PlanRequest(kept=frozenset("a"), forbidden=frozenset("a")),
    "no points": lambda: PlanRequest(candidates=CandidateKind.POINTS),
    "a round for something else": lambda: PlanRequest(tour_m=5_000.0, objective=Objective.LEAST_MEAN),
    "an unknown candidate": lambda: tiny_plan.book().candidate("moon"),
    "no deelgemeente": _offered(CandidateKind.SUBMUNICIPALITY),
    "no station": _offered(CandidateKind.STATION),
    "no service": _offered(CandidateKind.SERVICE),
    "only a forbidden point": _offered(
        CandidateKind.POINTS, points=(POINT,), forbidden=frozenset({"point:4.350000_50.850000"})
    ),
    "a plan for an unknown area": lambda: tiny_plan.planned(area="99999"),
    "an unknown service closes": lambda: tiny_plan.planned(closed=frozenset({"nowhere"})),
    "an area without children": lambda: tiny_plan.planned(area=NIS["Fijnspar"]),
    "too many stops": lambda: tiny_plan.planned(tour_m=3_000.0, sites=13),
    "kept stops too far apart": lambda: tiny_plan.planned(
        tour_m=1_500.0, kept=frozenset({site("Aster"), site("Ceder")})
    ),
    "too many places for a round": lambda: tours.shortest_tour([tiny_plan.candidate("Aster")] * 14),
    "no place from which all are reached": lambda: search._gap_of(
        search.cached_problem(tiny_plan.book(), tiny_plan.ask(objective=Objective.LEAST_MEAN)), math.inf, 1.0
    ),
    "networks without types": lambda: NetworkRequest(types=NOBODY),
    "networks without ages": lambda: NetworkRequest(ages=NOBODY),
    "networks of ages that are not counted": lambda: NetworkRequest(ages=STRANGE_AGES),
    "too few children": lambda: NetworkRequest(min_children=-1),
    "networks too wide": lambda: NetworkRequest(max_across_km=300.5),
    "no code of an area": lambda: NetworkRequest(area="<b>"),
    "an unknown choice": lambda: CoverageRequest.from_json({"colour": "red"}),
    "a choice of another form": lambda: ServiceFilter.from_json({"free": "perhaps"}),
}


def raised(way):
    """Return the error of one way to be refused."""
    try:
        WAYS[way]()
    except RequestError as error:
        return error
    raise AssertionError(f"{way} is not refused")


def sentences():
    """Return every template that refuses a request: raised with its name in the code, or declared with a choice."""
    found = set()
    for made in REQUESTS:
        for kind in kinds_of(made).values():
            found |= {getattr(kind, "strange", "")}
            none = getattr(kind, "none", None)
            found |= {none.template} if none else set()
    for path in (ROOT / "geo").rglob("*.py"):
        named, _bare = refusals_in(path)
        if named:
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            for name in named:
                template = getattr(module, name)
                found |= set(template.values()) if isinstance(template, dict) else {template}
    return found - {""}


def refusals_in(path):
    """Return the names of the templates with which a module refuses, and the lines that raise anything else.

    A refusal is `RequestError(Message(NAME, …))`, or a `Message(NAME, …)` that `refusal_together` returns.
    """
    named, bare = [], []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    messages = [call.args[0] for call in calls if _is(call, "RequestError") and call.args]
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name == "refusal_together":
            messages += [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
    for message in messages:
        template = message.args[0] if isinstance(message, ast.Call) and _is(message, "Message") else None
        template = template.value if isinstance(template, ast.Subscript) else template
        is_handed_on = isinstance(message, ast.Name) or (isinstance(message, ast.Constant) and message.value is None)
        if isinstance(template, ast.Name):
            named.append(template.id)
        elif not is_handed_on:
            bare.append(f"{path.relative_to(ROOT)}:{message.lineno}")
    return named, bare


def _is(call, name):
    return isinstance(call.func, ast.Name) and call.func.id == name
