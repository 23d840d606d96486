"""Carry out a plan in a copy of the directory.

Proposed services open, closed ones are gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.ages import AgeRange
from geo.directory import Directory, Location, Service, ServiceType
from geo.directory.service import Confidence, Precision, Status
from geo.planning.candidates import Candidate
from geo.planning.request import PlanRequest
from geo.store import Dataset

PROPOSAL_PREFIX = "proposal:"
"""Prefix of the id of a proposed service.

The id of its place follows.
"""


def dataset_after(dataset: Dataset, request: PlanRequest, places: Sequence[Candidate]) -> Dataset:
    """Return the dataset after a plan; the original stays.

    With a service at each place and without those that close.
    """
    stays = [service for service in dataset.directory.services if service.id not in request.closed]
    opens = [_proposed_service(request, place) for place in places]
    return replace(dataset, directory=Directory.from_services([*stays, *opens]))


def _proposed_service(request: PlanRequest, place: Candidate) -> Service:
    """Return a service of the first type asked for, for all ages asked for, with its door at the place."""
    kind = next(each for each in ServiceType if each in request.types)
    ages = [group.range for group in request.groups]
    location = Location(
        id=place.id,
        name=place.name_nl,
        precision=Precision.ADDRESS,
        nis_code=place.nis_code,
        lon=place.lon,
        lat=place.lat,
        x=place.x,
        y=place.y,
    )
    return Service(
        id=PROPOSAL_PREFIX + place.id,
        name=place.name_nl,
        service_type=kind,
        status=next(each for each in Status if each in request.statuses),
        confidence=next(each for each in Confidence if each in request.confidences),
        ages=AgeRange(ages[0].min_months, ages[-1].max_months),
        ages_stated=True,
        locations=(location,),
    )
