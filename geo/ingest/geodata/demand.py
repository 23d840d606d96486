"""Tables of children per statistical sector and need per municipality."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from geo.crs import to_metric
from geo.ingest.geodata.sources import SourceFolder
from geo.ingest.geodata.tables import Field, Resource, write_table

AGE_COLUMNS = {
    "children_0_2": "est_age_0_2",
    "children_3_5": "est_age_3_5",
    "children_6_11": "est_age_6_11",
    "children_12_17": "est_age_12_17",
}

DEMAND = Resource(
    name="demand",
    title="Children per statistical sector",
    path="demand.parquet",
    description="One point per statistical sector with its inhabitants and an estimate of its children per age group.",
    fields=(
        Field("sector", "string", "statistical sector, as numbered until 2024 (do not read its first five characters)"),
        Field("nis_code", "string", "municipality on 1 January 2025"),
        Field("submunicipality_code", "string", "sub-municipality on 1 January 2025"),
        Field("lon", "number", "longitude of a point inside the sector, EPSG:4326", "degree"),
        Field("lat", "number", "latitude of that point, EPSG:4326", "degree"),
        Field("x", "number", "the same point in EPSG:3812", "m"),
        Field("y", "number", "the same point in EPSG:3812", "m"),
        Field("radius_m", "number", "radius of a circle as large as the sector", "m"),
        Field("population", "integer", "inhabitants on 1 January 2024", "persons"),
        Field("children_0_2", "number", "estimated children of 0 to 2 years, 2022", "persons"),
        Field("children_3_5", "number", "estimated children of 3 to 5 years, 2022", "persons"),
        Field("children_6_11", "number", "estimated children of 6 to 11 years, 2022", "persons"),
        Field("children_12_17", "number", "estimated children of 12 to 17 years, 2022", "persons"),
    ),
    sources=("sectors",),
    reference_date="2024-01-01",
    limits=(
        "Official are the inhabitants per sector and the children per municipality. How a municipality's children are "
        "spread over its sectors is an estimate: every sector gets the age mix of its whole municipality (of 2022). "
        "Where this could be checked against a register, 6 to 8 % of the children stood in the wrong sector of a big, "
        "uneven city municipality and 1 to 2 % in the wrong former municipality. Sums per municipality equal the "
        "official counts. People without a known sector (0.04 % in Flanders, 0.26 % in Brussels) are left out of the "
        "inhabitants."
    ),
)

NEED = Resource(
    name="need",
    title="Need per municipality",
    path="need.parquet",
    description="What is known of disadvantage and income per municipality. An empty cell means unknown, never zero.",
    fields=(
        Field("nis_code", "string", "municipality on 1 January 2025"),
        Field("deprivation_index_pct", "number", "births in deprived families (kansarmoede-index)", "%"),
        Field("median_income_eur", "number", "median net taxable income per tax return, income of 2023", "EUR"),
        Field("oki", "number", "index of educational disadvantage (onderwijskansarmoede-indicator), 0 to 4"),
        Field("income_per_head_eur", "number", "net taxable income of 2023 divided by inhabitants of 2024", "EUR"),
        Field("inhabitants", "integer", "inhabitants with a known sector on 1 January 2024", "persons"),
    ),
    sources=("need", "income", "sectors"),
    reference_date="2024-01-01",
    limits=(
        "The deprivation index, the median income and the educational index exist for Flanders only and are empty for "
        "Brussels. Medians and indices cannot be added up: where a merged municipality has none of its own, the cell "
        "is empty. Totals can: income per head is known everywhere. It is a mean, not a median, and a few high incomes "
        "lift it. The source does not state the year of the deprivation index."
    ),
)


def read_sectors(sources: SourceFolder) -> pd.DataFrame:
    """Read all sectors with the columns of `DEMAND`.

    Also `nis_2022` and `quarter`; sorted by sector.
    """
    raw = sources.csv("statistics/demand_points_flanders_brussels.csv").sort_values("sector", kind="stable")
    table = raw[["sector", "nis_2022"]].assign(
        nis_code=raw["nis_2025"],
        submunicipality_code=raw["deelgemeente_2025"],
        quarter=raw["wijk_2025"],
        population=raw["population"].astype(float).round().astype(int),
    )
    for column in ("lon", "lat", "radius_m"):
        table[column] = raw[column].astype(float)
    table["x"], table["y"] = (np.round(values, 1) for values in to_metric(table["lon"], table["lat"]))
    for column, source in AGE_COLUMNS.items():
        table[column] = raw[source].astype(float).round(3)
    return table.reset_index(drop=True)


def write_demand(sectors: pd.DataFrame, out: Path) -> None:
    """Write `demand.parquet` from the table of `read_sectors`."""
    write_table(out, DEMAND, {field.name: sectors[field.name].tolist() for field in DEMAND.fields})


def write_need(sources: SourceFolder, sectors: pd.DataFrame, out: Path) -> None:
    """Write `need.parquet`: one row per municipality, sorted by code.

    Unknown values are null.
    """
    inhabitants = sectors.groupby("nis_code")["population"].sum().sort_index()
    known = sources.csv("statistics/kansarmoede_inkomen_inwoners_285.csv").set_index("nis_2025")
    income = sources.csv("statistics/statbel_fiscal_income_commune_2023_nis_2025.csv").set_index("geography_id")
    per_head = pd.to_numeric(income["value"]).reindex(inhabitants.index) / inhabitants

    def column(name: str) -> list[float | None]:
        return _as_nullable(pd.to_numeric(known[name].replace("", None)).reindex(inhabitants.index))

    values: dict[str, list[object]] = {
        "nis_code": inhabitants.index.tolist(),
        "deprivation_index_pct": [*column("kansarmoede_index_pct")],
        "median_income_eur": [*column("mediaan_inkomen_aangifte_2023")],
        "oki": [*column("oki")],
        "income_per_head_eur": [*_as_nullable(per_head.round(0))],
        "inhabitants": inhabitants.tolist(),
    }
    write_table(out, NEED, values)


def _as_nullable(series: pd.Series[float]) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in series]
