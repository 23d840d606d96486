"""Children at points: what is read, added up and refused (see tests/support/tiny_demand.py)."""

import shutil

import pyarrow as pa
import pytest
from pyarrow import parquet

from geo import store
from geo.ages import CHILD_AGES, AgeGroup
from geo.errors import DataError
from geo.store.dataset import Statistics
from geo.store.demand import COLUMNS, Demand
from tests.support import coverage_folder, tiny_demand
from tests.support.tiny_demand import point, points
from tests.support.tiny_flanders import NIS, middle


def demand(rows=None):
    return Demand.from_points(points() if rows is None else rows, NIS.values())


def per_town(table, values):
    return dict(zip(table.nis_codes, table.per_municipality(values).tolist(), strict=True))


def write(path, rows):
    """The rows as `demand.parquet` holds them."""
    table = [
        {
            "sector": row.sector,
            "nis_code": row.nis_code,
            "submunicipality_code": row.submunicipality_code,
            "x": row.x,
            "y": row.y,
            **dict(zip(COLUMNS.values(), row.children, strict=True)),
        }
        for row in rows
    ]
    parquet.write_table(pa.Table.from_pylist(table), path)
    return path


def test_children_add_up_per_municipality():
    table = demand()
    assert len(table) == 8
    assert per_town(table, table.of([AgeGroup.FROM_0_TO_2])) == {
        "11001": 100,
        "11002": 200,
        "11003": 60,
        "23001": 80,
        "23002": 40,
        "23003": 0,
    }


@pytest.mark.parametrize(
    ("groups", "total"), [(["0-2"], 480), (["3-5"], 240), (["0-2", "3-5"], 720), (list(CHILD_AGES), 2_280)]
)
def test_age_groups_are_added_up(groups, total):
    assert demand().of([AgeGroup(group) for group in groups]).sum() == total


def test_the_order_of_the_points_does_not_matter():
    one, other = demand(), demand(reversed(points()))
    assert one.sectors == other.sectors
    assert one.x.tolist() == other.x.tolist()
    assert one.municipality.tolist() == other.municipality.tolist()
    assert one.children.tolist() == other.children.tolist()


def test_a_municipality_without_points_has_no_children():
    table = demand([point("Berk", 0, 0, (7, 0, 0, 0))])
    assert per_town(table, table.of(CHILD_AGES)) == dict.fromkeys(NIS.values(), 0) | {"11002": 7}
    assert table.reach_of_municipality(*middle("Aster"), NIS["Aster"]) == 0
    assert table.reach_of_locality(*middle("Aster"), NIS["Aster"]) == 0


def test_nowhere_lives_nobody():
    table = demand([])
    assert len(table) == 0
    assert table.per_municipality(table.of(CHILD_AGES)).tolist() == [0] * 6


def test_a_table_is_read_as_it_was_written(tmp_path):
    table = Demand.from_parquet(write(tmp_path / "demand.parquet", points()), NIS.values())
    assert table.sectors == demand().sectors
    assert table.children.tolist() == demand().children.tolist()
    assert (table.x.tolist(), table.y.tolist()) == (demand().x.tolist(), demand().y.tolist())


def test_all_that_is_wrong_is_told_with_its_place(tmp_path):
    stranger = tiny_demand.ginder()[1]
    rows = [*points(), point("Els", 1, 1, (1, -2, 3, 4)), stranger, point("Els", 2, 2, (1, 2, float("nan"), 4))]
    with pytest.raises(DataError) as caught:
        Demand.from_parquet(write(tmp_path / "demand.parquet", rows), NIS.values())
    assert [problem.place for problem in caught.value.problems] == [
        "demand.parquet, row 10, nis_code",
        "demand.parquet, row 9, children_3_5",
        "demand.parquet, row 11, children_6_11",
    ]
    assert "'33001' is no municipality of 2025" in str(caught.value)
    assert "-2.0 is no number of children" in str(caught.value)


def test_a_missing_number_is_not_taken_for_zero(tmp_path):
    rows = [point("Els", 0, 0, (1, 2, 3, 4))]
    path = write(tmp_path / "demand.parquet", rows)
    _change(path, "children_0_2", pa.array([None], pa.float64()))
    with pytest.raises(DataError, match="row 1, children_0_2"):
        Demand.from_parquet(path, NIS.values())


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return store.load(coverage_folder.write(tmp_path_factory.mktemp("demand") / "data"))


def test_children_and_need_come_with_the_data(dataset):
    assert (len(dataset.demand), dataset.demand.children.sum()) == (9, 2_280 + 100)
    assert dataset.need.deprivation_pct == {NIS["Aster"]: 12.0, NIS["Berk"]: 20.0}


@pytest.mark.parametrize("name", ["demand.parquet", "need.parquet"])
def test_a_missing_table_is_named(dataset, tmp_path, name):
    shutil.copytree(dataset.data_dir, tmp_path / "data")
    (tmp_path / "data" / name).unlink()
    with pytest.raises(DataError, match=f"{name}: The file is missing"):
        _read_both(Statistics(data_dir=tmp_path / "data", municipalities=dataset.municipalities))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"PAR1 no table PAR1"),
        lambda path: parquet.write_table(parquet.read_table(path).drop_columns(["nis_code"]), path),
        lambda path: _change(path, "children_0_2", pa.array(["many"] * 9)),
        lambda path: _change(path, "x", pa.array(["here"] * 9)),
    ],
)
def test_a_table_that_cannot_be_read_is_named(dataset, tmp_path, damage):
    shutil.copytree(dataset.data_dir, tmp_path / "data")
    damage(tmp_path / "data" / "demand.parquet")
    with pytest.raises(DataError, match=r"demand\.parquet"):
        _read_both(Statistics(data_dir=tmp_path / "data", municipalities=dataset.municipalities))


def _read_both(statistics):
    return statistics.demand, statistics.need


def _change(path, name, column):
    table = parquet.read_table(path)
    parquet.write_table(table.set_column(table.schema.get_field_index(name), name, column), path)


def test_a_locality_reaches_to_the_farthest_sector_of_its_deelgemeente():
    x, y = middle("Ceder")
    assert demand().reach_of_locality(x, y, NIS["Ceder"]) == 300
    assert demand().reach_of_locality(x + 100, y, NIS["Ceder"]) == 200
    assert demand().reach_of_locality(x, y, "99999") == 0


def test_a_locality_does_not_reach_into_another_deelgemeente():
    x, y = middle("Aster")
    assert demand().reach_of_locality(x, y + 100, NIS["Aster"]) == 100  # the sector in the middle, not the northern one
    assert demand().reach_of_locality(x, y + 390, NIS["Aster"]) == 10


def test_a_municipality_reaches_to_its_farthest_sector():
    x, y = middle("Aster")
    assert demand().reach_of_municipality(x, y, NIS["Aster"]) == 400
    assert demand().reach_of_municipality(x, y, "99999") == 0
