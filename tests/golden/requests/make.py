"""Writes what requests of every kind say in links, files and commands: `python tests/golden/requests/make.py`.

The files were written by four hand-made codecs, before requests declared their choices; they change only when a link,
a file or a command is meant to change.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parents[2]))

from geo.ages import CHILD_AGES, AgeGroup  # noqa: E402  (the folder above must be importable first)
from geo.coverage import CoverageRequest, Measure  # noqa: E402
from geo.coverage.request import Capacity  # noqa: E402
from geo.directory import ServiceType  # noqa: E402
from geo.directory.service import Confidence, Status  # noqa: E402
from geo.directory.service_types import ServiceFunction  # noqa: E402
from geo.finder import ServiceFilter  # noqa: E402
from geo.networks import NetworkRequest  # noqa: E402
from geo.planning import Objective, PlanRequest  # noqa: E402
from geo.planning.choices import CandidateKind  # noqa: E402

KINDS: dict[str, type[Any]] = {
    "find": ServiceFilter,
    "coverage": CoverageRequest,
    "plan": PlanRequest,
    "networks": NetworkRequest,
}
MANY = 100
AREAS = ("", "30000", "11001", "elz38", "partnership:huis-1")
IDS = ("station:008814001", "submunicipality:11001A", "location:a.b@c", "point:4.351700_50.846600", "awel", "x-1")


def _some(rng: random.Random, among: Any, *, least: int = 1) -> frozenset[Any]:
    choices = list(among)
    return frozenset(rng.sample(choices, rng.randint(least, min(4, len(choices)))))


def _find(rng: random.Random) -> dict[str, Any]:
    return {
        "types": _some(rng, ServiceType),
        "ages": _some(rng, AgeGroup),
        "languages": _some(rng, ("nl", "fr", "tr", "zh-hant", "ar")),
        "functions": _some(rng, ServiceFunction),
        **dict.fromkeys(("free", "no_appointment", "open_now", "with_address"), True),
    }


def _coverage(rng: random.Random) -> dict[str, Any]:
    return {
        "types": _some(rng, ServiceType),
        "ages": _some(rng, CHILD_AGES),
        "measure": rng.choice(list(Measure)),
        "reach_m": rng.choice([200.0, 1_200.0, 3_750.0, 30_000.0, rng.randint(200_000, 30_000_000) / 1000]),
        "capacity": Capacity.LOCATION,
        "area": rng.choice(AREAS),
        "statuses": _some(rng, Status),
        "confidences": _some(rng, Confidence),
    }


def _plan(rng: random.Random) -> dict[str, Any]:
    found = _coverage(rng)
    del found["measure"], found["capacity"]
    kept = _some(rng, IDS, least=0)
    return found | {
        "area": rng.choice([*AREAS, "11001+11002"]),
        "objective": rng.choice(list(Objective)),
        "sites": rng.randint(4, 30),
        "share": rng.randint(1, 1000) / 1000,
        "need_weight": rng.randint(0, 20) / 20,
        "kept": kept,
        "closed": _some(rng, IDS, least=0) if rng.random() < 0.9 else frozenset(f"service-{n}" for n in range(41)),
        "forbidden": _some(rng, IDS, least=0) - kept,
        "candidates": rng.choice([kind for kind in CandidateKind if kind is not CandidateKind.POINTS]),
        "points": tuple(
            (rng.randint(-180_000, 180_000) / 1000, rng.randint(-900_000, 900_000) / 10_000)
            for _ in range(rng.choice([1, 2, 3, 41 if rng.random() < 0.1 else 1]))
        ),
        "demand_outside": True,
        "tour_m": rng.randint(1_000, 500_000) * 1.0,
        "depot": rng.choice(IDS),
    }


def _networks(rng: random.Random) -> dict[str, Any]:
    return {
        "area": rng.choice(AREAS),
        "ages": _some(rng, CHILD_AGES),
        "min_children": rng.randint(0, 100_000),
        "max_across_km": rng.choice([1.0, 12.5, 300.0, rng.randint(1_000, 300_000) / 1000]),
        "cross_provinces": True,
        "keep_partnerships": False,
        "types": _some(rng, ServiceType),
    }


MAKERS: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "find": _find,
    "coverage": _coverage,
    "plan": _plan,
    "networks": _networks,
}
JUNK = (
    *(
        "",
        "x",
        "0",
        "1",
        "-1",
        "nan",
        "inf",
        "1e9",
        "0.2",
        "31",
        "a,b",
        "0-2",
        "pregnant",
        "high",
        "points",
        "p_center",
    ),
    *("p_center", "12025 30000", "../../etc", "4.35,50.85;4,51", "200,99", "'", "é", "mclp,lscp", "a" * 130),
)


def choices(kind: str, rng: random.Random) -> dict[str, Any]:
    """Return some choices of a kind of request, all of which go together."""
    found = {name: value for name, value in MAKERS[kind](rng).items() if rng.random() < 0.35}
    if kind == "plan" and found.get("objective", Objective.MOST_REACHED) is not Objective.MOST_REACHED:
        found.pop("tour_m", None)
    if kind == "plan" and len(found.get("kept", ())) > found.get("sites", 3):
        del found["kept"]
    return found


def link(kind: str, rng: random.Random) -> dict[str, str]:
    """Return a link in which some parameters were damaged."""
    query: dict[str, str] = dict(KINDS[kind](**choices(kind, rng)).to_query())
    names = [*query, *rng.sample(PARAMETERS, 3)]
    for name in rng.sample(names, rng.randint(0, min(3, len(names)))):
        query[name] = rng.choice(JUNK)
    return query


PARAMETERS = (
    *("area", "type", "age", "spoken", "function", "free", "walkin", "open", "address", "measure", "reach", "capacity"),
    *("status", "confidence", "objective", "sites", "share", "need", "kept", "closed", "forbidden", "candidates"),
    *("points", "outside", "tour", "depot", "children", "across", "cross", "partnerships"),
)


def different(request: Any) -> dict[str, object]:
    """Return the plain values of a request that are not those of the default."""
    usual = type(request)().to_json()
    return {name: value for name, value in request.to_json().items() if value != usual[name]}


def written(kind: str) -> str:
    """Return what requests of a kind say, one a line, and what damaged links mean."""
    rng = random.Random(f"requests of {kind}")
    made = KINDS[kind]
    lines: list[dict[str, object]] = []
    for _ in range(MANY):
        request = made(**choices(kind, rng))
        command = "" if kind == "find" else request.command()
        lines.append({"json": different(request), "link": request.to_query(), "command": command})
    for _ in range(MANY):
        query = link(kind, rng)
        lines.append({"given": query, "means": different(made.from_query(query))})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    for name in KINDS:
        (HERE / f"{name}.jsonl").write_text(written(name), encoding="utf-8")
