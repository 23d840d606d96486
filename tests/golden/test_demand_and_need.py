"""The shipped tables of children and need: official totals, and gaps that stay gaps."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

DATA = Path(__file__).resolve().parents[2] / "data"

# Statbel, population by age on 1 January 2022 (TF_SOC_POP_STRUCT_2022)
CHILDREN = {
    "02000": {"children_0_2": 195_903, "children_3_5": 205_965, "children_6_11": 446_851, "children_12_17": 450_537},
    "04000": {"children_0_2": 46_252, "children_3_5": 47_151, "children_6_11": 93_858, "children_12_17": 86_384},
}
AARTSELAAR = {"children_0_2": 398, "children_3_5": 394, "children_6_11": 941, "children_12_17": 905}
INHABITANTS_2024 = 8_064_647  # Statbel, population per statistical sector on 1 January 2024, sectors known


@pytest.fixture(scope="module")
def demand():
    return pq.read_table(DATA / "demand.parquet").to_pandas()


@pytest.fixture(scope="module")
def need():
    return pq.read_table(DATA / "need.parquet").to_pandas().set_index("nis_code")


@pytest.fixture(scope="module")
def towns():
    return pq.read_table(DATA / "municipalities.parquet").to_pandas().set_index("nis_code")


def test_every_sector_is_there_once(demand, towns):
    assert len(demand) == 9_919
    assert demand["sector"].is_unique
    assert set(demand["nis_code"]) == set(towns.index)
    assert demand["submunicipality_code"].nunique() == 1_119


@pytest.mark.parametrize("region", ["02000", "04000"])
def test_children_add_up_to_the_official_counts(demand, towns, region):
    own = demand[demand["nis_code"].map(towns["region_code"]) == region]
    for column, official in CHILDREN[region].items():
        assert own[column].sum() == pytest.approx(official, abs=2)


def test_children_of_one_municipality_add_up(demand):
    own = demand[demand["nis_code"] == "11001"]
    for column, official in AARTSELAAR.items():
        assert own[column].sum() == pytest.approx(official, abs=0.05)


def test_children_per_municipality_are_whole(demand):
    sums = demand.groupby("nis_code")[list(AARTSELAAR)].sum()
    assert ((sums - sums.round()).abs() < 0.05).all(axis=None)


def test_inhabitants_add_up(demand, towns, need):
    assert demand["population"].sum() == INHABITANTS_2024
    assert towns["population"].sum() == INHABITANTS_2024
    assert (need["inhabitants"] == towns["population"]).all()


def test_gaps_in_need_stay_gaps(need):
    assert len(need) == 304
    known = need.notna().sum().to_dict()
    assert known["deprivation_index_pct"] == 282
    assert known["median_income_eur"] == 271
    assert known["oki"] == 272
    assert known["income_per_head_eur"] == 304
    assert need.loc[["23009", "73028", "45062"], "deprivation_index_pct"].isna().all()  # Bever, Herstappe, Horebeke
    assert need.loc[need.index.str.startswith("21"), ["deprivation_index_pct", "oki"]].isna().all(axis=None)
    assert not (need[["deprivation_index_pct", "median_income_eur", "income_per_head_eur"]] == 0).any(axis=None)


def test_income_per_head_is_carried_over_mergers_and_medians_are_not(need):
    assert need.loc["46030", "income_per_head_eur"] > 15_000
    assert need.loc["46030", ["median_income_eur", "oki"]].isna().all()


def test_poorer_municipalities_have_a_higher_index(need):
    both = need[["deprivation_index_pct", "income_per_head_eur"]].dropna()
    assert both.corr(method="spearman").iloc[0, 1] < -0.4
