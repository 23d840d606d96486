"""Coverage of the shipped data: three scenarios as golden tables, and numbers worked out a second time.

The second way reads the tables as they lie in `data/` (CSV and Parquet) with the csv module, pandas, pyproj and a k-d
tree, and shares nothing with `geo`.
"""

import csv
import math
from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from pyproj import Transformer
from scipy.spatial import cKDTree

from geo.ages import AgeGroup
from geo.coverage import CoverageRequest, Measure, measure
from geo.directory import ServiceType
from geo.places import AreaLevel
from tests.golden.coverage import generate
from tests.support import shipped

DATA = Path(__file__).resolve().parents[2] / "data"
YEARS = {"0-2": (0, 3), "3-5": (3, 6), "6-11": (6, 12)}
USUAL_AGES = {"house_of_the_child": (-0.75, 24), "play_and_encounter": (0, 6), "pupil_guidance_centre": (2.5, 18)}


@pytest.fixture(scope="module")
def dataset():
    return shipped.dataset()


# --- golden tables -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", generate.SCENARIOS)
def test_a_scenario_gives_its_golden_table(dataset, name):
    golden = {row["nis_code"]: row for row in generate.read(name)}
    found = {row["nis_code"]: row for row in generate.table(dataset, generate.SCENARIOS[name])}
    assert found.keys() == golden.keys()
    different = [line for code in golden for line in _differences(golden[code], found[code])]
    assert not different, "\n".join([f"{len(different)} cells differ:", *different[:40]])


def _differences(golden, found):
    for column in golden:
        one, other = golden[column], found[column]
        is_number = column in generate.NUMBERS and one and other
        if not (math.isclose(float(one), float(other), rel_tol=1e-8, abs_tol=1e-12) if is_number else one == other):
            yield f"{golden['nis_code']} {golden['name']}, {column}: {one or 'nothing'} became {other or 'nothing'}"


def test_golden_tables_tell_of_every_state():
    states = {row["state"] for name in generate.SCENARIOS for row in generate.read(name)}
    assert states == {"reached", "not_reached", "unknown"}
    assert [len(generate.read(name)) for name in generate.SCENARIOS] == [304, 62, 304]


# --- worked out a second time --------------------------------------------------------------------------------------


def _rows(table):
    with (DATA / "directory" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _services(kind, group):
    """Active services of a type for an age group with high or medium confidence: id, and x, y and town of each door."""
    terms = defaultdict(set)
    for row in _rows("attribute"):
        terms[row["link_entity"], row["link_id"]].add(row["taxonomy_term_id"])
    to_metric = Transformer.from_crs("EPSG:4326", "EPSG:3812", always_xy=True)
    points = {
        row["id"]: (*to_metric.transform(float(row["longitude"]), float(row["latitude"])), row["external_identifier"])
        for row in _rows("location")
        if row["longitude"] and "precision:municipality" not in terms["location", row["id"]]
    }
    doors = defaultdict(list)
    for row in _rows("service_at_location"):
        if row["location_id"] in points:
            x, y, town = points[row["location_id"]]
            doors[row["service_id"]].append((round(x, 2), round(y, 2), town))
    first, last = YEARS[group]
    chosen = {}
    for row in _rows("service"):
        said = terms["service", row["id"]]
        youngest = float(row["minimum_age"]) if row["minimum_age"] else USUAL_AGES[kind][0]
        oldest = float(row["maximum_age"]) if row["maximum_age"] else USUAL_AGES[kind][1]
        is_sure = not said.isdisjoint({"confidence:high", "confidence:medium"})
        is_offered = row["status"] == "active" and f"service_type:{kind}" in said
        if is_sure and is_offered and youngest < last and oldest > first:
            chosen[row["id"]] = doors[row["id"]]
    return chosen


def _sectors(group):
    table = pq.read_table(DATA / "demand.parquet").to_pandas()
    return table.assign(children=table[f"children_{group.replace('-', '_')}"])


def _told(dataset, kind, group, name, **more):
    wanted = {"types": frozenset({ServiceType(kind)}), "ages": frozenset({AgeGroup(group)}), "measure": name, **more}
    report = measure(dataset, CoverageRequest(**wanted), today=generate.TODAY)
    return {row.area.code: row for row in report.rows}, report


CASES = [("house_of_the_child", "0-2"), ("play_and_encounter", "3-5"), ("pupil_guidance_centre", "6-11")]


@pytest.mark.parametrize(("kind", "group"), CASES)
@pytest.mark.parametrize("reach_m", [1_200.0, 3_750.0, 30_000.0])
def test_reach_and_choice_of_every_municipality_come_out_the_same_another_way(dataset, kind, group, reach_m):
    sectors = _sectors(group)
    where = sectors[["x", "y"]].to_numpy()
    services = _services(kind, group)
    in_reach = np.zeros(len(sectors), dtype=int)
    for doors in services.values():
        near = cKDTree(where).query_ball_point([door[:2] for door in doors], reach_m) if doors else []
        in_reach[sorted({point for points in near for point in points})] += 1
    for name, least in ((Measure.REACH, 1), (Measure.CHOICE, 2)):
        rows, report = _told(dataset, kind, group, name, reach_m=reach_m)
        children = sectors["children"].groupby(sectors["nis_code"]).sum()
        reached = sectors["children"].where(in_reach >= least, 0.0).groupby(sectors["nis_code"]).sum()
        for code in children.index[children > 0]:
            assert rows[code].value == pytest.approx(reached[code] / children[code], abs=1e-9)
        assert report.total.value == pytest.approx(reached.sum() / children.sum(), abs=1e-9)
    assert len(report.supply.rows) == len(services)


@pytest.mark.parametrize(("kind", "group"), CASES)
def test_the_nearest_of_every_municipality_comes_out_the_same_another_way(dataset, kind, group):
    doors = [door for doors in _services(kind, group).values() for door in doors]
    sectors = _sectors(group)
    away, _ = cKDTree([door[:2] for door in doors]).query(sectors[["x", "y"]].to_numpy())
    sectors = sectors.assign(away=away, metres=away * sectors["children"])
    rows, report = _told(dataset, kind, group, Measure.NEAREST)
    for code, own in sectors.groupby("nis_code"):
        children = own["children"].sum()
        if children > 0:
            assert rows[code].value == pytest.approx(own["metres"].sum() / children, rel=1e-9)
            assert rows[code].p90_m == pytest.approx(_nine_in_ten(own), rel=1e-9)
        else:
            assert rows[code].value is None
    assert report.total.value == pytest.approx(sectors["metres"].sum() / sectors["children"].sum(), rel=1e-9)
    assert report.total.p90_m == pytest.approx(_nine_in_ten(sectors), rel=1e-9)


def _nine_in_ten(sectors):
    """The least of the distances within which at least nine children in ten have one, tried one after the other."""
    total, counted = sectors["children"].sum(), 0.0
    for away, children in sorted(zip(sectors["away"], sectors["children"], strict=True)):
        counted += children
        if counted >= 0.9 * total - 1e-6:
            return away
    raise AssertionError(total)


def test_served_by_name_comes_out_the_same_another_way(dataset):
    """From the codes in service_area.csv and location.csv alone: municipality, province and region."""
    towns = pq.read_table(DATA / "municipalities.parquet").to_pandas()
    codes_of = defaultdict(set)
    for row in _rows("service_area"):
        codes_of[row["service_id"]].add(row["extent"])
    towns_of_locations = {row["id"]: row["external_identifier"] for row in _rows("location")}
    for row in _rows("service_at_location"):
        codes_of[row["service_id"]].add(towns_of_locations[row["location_id"]])
    named = set().union(*(codes_of[service] for service in _services("house_of_the_child", "0-2")))
    is_served = {
        town.nis_code: not named.isdisjoint({town.nis_code, town.province_code, town.region_code})
        for town in towns.itertuples()
    }
    rows, report = _told(dataset, "house_of_the_child", "0-2", Measure.SERVED)
    assert {code: row.value == 1 for code, row in rows.items()} == is_served
    assert report.total.states["reached"] == sum(is_served.values())


def test_where_children_go_comes_out_the_same_another_way(dataset):
    doors = [door for doors in _services("house_of_the_child", "0-2").values() for door in doors]
    sectors = _sectors("0-2")
    _, nearest = cKDTree([door[:2] for door in doors]).query(sectors[["x", "y"]].to_numpy())
    goes_out = sectors["nis_code"].to_numpy() != np.array([doors[at][2] for at in nearest])
    outside = (sectors["children"] * goes_out).groupby(sectors["nis_code"]).sum()
    rows, _ = _told(dataset, "house_of_the_child", "0-2", Measure.NEIGHBOUR)
    for code, children in sectors["children"].groupby(sectors["nis_code"]).sum().items():
        assert rows[code].value == pytest.approx(outside[code] / children, abs=1e-9)


def test_sums_of_every_level_are_sums_of_municipalities(dataset):
    rows, report = _told(dataset, "house_of_the_child", "0-2", Measure.REACH)
    children = {code: row.children for code, row in rows.items()}
    assert sum(children.values()) == pytest.approx(195_903 + 46_252, abs=2)  # Statbel, 1 January 2022
    for level in (
        AreaLevel.PRIMARY_CARE_ZONE,
        AreaLevel.ARRONDISSEMENT,
        AreaLevel.PROVINCE,
        AreaLevel.REGION,
        AreaLevel.ALL,
    ):
        for area in report.by(level):
            own = [rows[code] for code in area.area.nis_codes]
            assert area.children == pytest.approx(sum(row.children for row in own))
            reached = sum(row.value * row.children for row in own if row.value is not None)
            assert area.value == pytest.approx(reached / area.children)
