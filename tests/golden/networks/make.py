"""Writes the golden proposals of networks anew: `.venv/bin/python -m tests.golden.networks.make`."""

import json
from pathlib import Path

from geo.networks import NetworkRequest, search
from tests.support import shipped

HERE = Path(__file__).parent
REQUESTS = {
    "west_vlaanderen": NetworkRequest(area="30000", min_children=1_000, max_across_km=20.0),
    "limburg": NetworkRequest(area="70000", min_children=2_000, max_across_km=25.0),
    "antwerpen": NetworkRequest(area="10000", min_children=1_000, max_across_km=15.0),
}


class World:
    """The real data, read once."""

    def __init__(self):
        data = shipped.dataset()
        self.dataset = data
        self.adjacency = data.adjacency
        self.seats = search.possible_seats(data.gazetteer)

    def plan(self, request, *, time_limit_s=60.0):
        return search.propose(self.dataset, self.adjacency, request, places=self.seats, time_limit_s=time_limit_s)


def table(plan):
    """What must not change unnoticed: who is with whom, where, and how good that is."""
    return {
        "request": plan.request.to_json(),
        "gap": 0.0 if plan.gap is not None and plan.gap < 1e-6 else plan.gap,
        "spread": round(plan.spread, 1),
        "left_over": [each.nis_code for each in plan.left_over],
        "notes": [str(note) for note in plan.notes],
        "networks": [
            {
                "members": list(network.members),
                "children": round(network.total),
                "heart": network.heart,
                "seat": network.seat.place.id,
                "span_km": round(network.span_km, 2),
            }
            for network in plan.networks
        ],
    }


if __name__ == "__main__":
    world = World()
    for name, request in REQUESTS.items():
        text = json.dumps(table(world.plan(request)), ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")
