"""A plan as JSON and GeoJSON."""

from __future__ import annotations

import json
import math

from geo.planning.choices import Objective
from geo.planning.plan import Gain, Outcome, Plan, ProposedSite
from geo.text import strip_hidden

Record = dict[str, object]


def plan_record(plan: Plan) -> Record:
    """Return a plan as plain values.

    Metres, children (estimates, one decimal), shares 0 to 1; None is unknown.
    """
    return {
        "request": plan.request.to_json(),
        "command": plan.request.command(),
        "area": {"code": plan.area.code, "name_nl": plan.area.name_nl, "name_fr": plan.area.name_fr},
        "proof": _proof_record(plan),
        "sites": [_site_record(site) for site in plan.sites],
        "tour": {"ids": [stop.id for stop in plan.tour], "length_m": round(plan.tour_m)} if plan.tour else None,
        "before": _outcome_record(plan.before),
        "closed": _outcome_record(plan.closed),
        "after": _outcome_record(plan.after),
        "measures": {
            measure.value: {"before": _round_finite(before.value, 6), "after": _round_finite(after.value, 6)}
            for measure, (before, after) in plan.measures.items()
        },
        "municipalities": [_gain_record(plan, row) for row in plan.gains],
        "assumptions": [str(assumption) for assumption in plan.assumptions],
        "data_version": plan.data_version,
    }


def to_json(plan: Plan) -> str:
    """Return a plan as JSON."""
    return json.dumps(plan_record(plan), ensure_ascii=False, allow_nan=False, indent=1)


def to_geojson(plan: Plan) -> str:
    """Return the sites and the tour of a plan as GeoJSON.

    Request and proof are members of the collection.
    """
    features: list[Record] = [
        {
            "type": "Feature",
            "id": site.candidate.id,
            "geometry": {"type": "Point", "coordinates": [site.candidate.lon, site.candidate.lat]},
            "properties": _site_record(site),
        }
        for site in plan.sites
    ]
    if len(plan.tour) > 1:
        line = [[stop.lon, stop.lat] for stop in (*plan.tour, plan.tour[0])]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": line},
                "properties": {"length_m": round(plan.tour_m)},
            }
        )
    document = {
        "type": "FeatureCollection",
        "features": features,
        "request": plan.request.to_json(),
        "proof": _proof_record(plan),
        "data_version": plan.data_version,
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)


def _proof_record(plan: Plan) -> Record:
    proof = plan.proof
    digits = 0 if proof.objective is Objective.FEWEST_SITES else 3
    return {
        "objective": proof.objective.value,
        "value": _round_finite(proof.value, digits),
        "bound": _round_finite(proof.bound, digits),
        "gap": _round_finite(proof.gap, 9),
        "status": proof.status.value,
        "seconds": round(proof.seconds, 3),
    }


def _site_record(site: ProposedSite) -> Record:
    place = site.candidate
    return {
        "number": site.number,
        "id": place.id,
        "kind": place.kind.value,
        "name_nl": strip_hidden(place.name_nl),
        "name_fr": strip_hidden(place.name_fr),
        "nis_code": place.nis_code,
        "lon": place.lon,
        "lat": place.lat,
        "x": place.x,
        "y": place.y,
        "is_approximate": place.is_approximate,
        "is_kept": site.is_kept,
        "children_alone": round(site.children_alone, 1),
        "children_only": round(site.children_only, 1),
        "children_added": round(site.children_added, 1),
        "children_nearest": round(site.children_nearest, 1),
    }


def _outcome_record(outcome: Outcome) -> Record:
    return {
        "children": round(outcome.children, 1),
        "reached": round(outcome.reached, 1),
        "mean_m": _round_finite(outcome.mean_m, 1),
        "p90_m": _round_finite(outcome.p90_m, 1),
        "worst_m": _round_finite(outcome.worst_m, 1),
    }


def _gain_record(plan: Plan, row: Gain) -> Record:
    return {
        "nis_code": row.nis_code,
        "name_nl": plan.problem.book.dataset.municipalities.by_nis[row.nis_code].name_nl,
        "is_inside": row.is_inside,
        "children": round(row.children, 1),
        "reached_before": round(row.reached_before, 1),
        "reached_closed": round(row.reached_closed, 1),
        "reached_after": round(row.reached_after, 1),
        "gain": round(row.gain, 1),
        "children_farther": round(row.children_farther, 1),
        "mean_before_m": _round_finite(row.mean_before_m, 1),
        "mean_after_m": _round_finite(row.mean_after_m, 1),
    }


def _round_finite(value: float | None, digits: int) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, digits)
