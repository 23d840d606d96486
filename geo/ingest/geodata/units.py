"""Present and former units of government, as gazetteer entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

import geopandas as gpd
import pandas as pd

from geo.ingest.geodata.boundaries import weighted_centres
from geo.ingest.geodata.entries import Entry, KnownNames
from geo.ingest.geodata.sources import SourceFolder
from geo.places.spelling import fold_name

_MORE_NAMES = {  # in common use, but in none of the official lists of today
    "21004": (("Brussels", ""),),
    "31033": (("Thourout", "fr"),),
    "35029": (("Le Coq", "fr"),),
    "38014": (("Coxyde", "fr"),),
    "23099": (("Crainhem", "fr"),),
}
_STILL_VALID = "31/12/9999"


def municipality_entries(municipalities: pd.DataFrame, sources: SourceFolder) -> list[Entry]:
    """Return the 304 municipalities under their Dutch, French and German names."""
    german = _official_names(sources).set_index("CD_REFNIS")["german"]
    entries = []
    for row in municipalities.to_dict("records"):
        code = row["nis_code"]
        entry = Entry(
            place_id=f"municipality:{code}",
            name_nl=row["name_nl"],
            name_fr=row["name_fr"],
            nis_code=code,
            x=row["x"],
            y=row["y"],
            population=row["population"],
            names=[(row["name_nl"], "nl")],
        )
        entry.add_name(row["name_fr"], "fr")
        entry.add_name(german.get(code, ""))
        for name, language in _MORE_NAMES.get(code, ()):
            entry.add_name(name, language)
        entries.append(entry)
    return entries


def former_entries(municipalities: pd.DataFrame, sectors: pd.DataFrame, sources: SourceFolder) -> list[Entry]:
    """Return the municipalities that ended with the mergers of 2019 and 2025.

    Only those under a name that is no municipality now.

    Their point is the mean place of the inhabitants of their sectors.
    """
    french = _official_names(sources).drop_duplicates("CD_REFNIS").set_index("CD_REFNIS")["french"].to_dict()
    towns = _town_names(municipalities)
    entries = []
    for year, old_code in (("2019", sectors["sector"].str[:5]), ("2025", sectors["nis_2022"])):
        old_names = sources.csv(f"boundaries/codes/merges_{year}.csv").set_index("old_nis")["old_name"].to_dict()
        own = sectors[old_code.isin(list(old_names))]
        centres = weighted_centres(own, old_code[own.index]).to_dict("index")
        now = dict(zip(old_code[own.index], own["nis_code"], strict=True))
        for code, name in sorted((str(code), name) for code, name in old_names.items()):
            if name != towns[now[code]][0]:
                place_id, names = f"former_municipality:{code}", (name, french.get(code, name))
                entries.append(_part_entry(place_id, names, centres[code], nis=now[code], town=towns[now[code]]))
    return entries


def submunicipality_entries(
    layer: gpd.GeoDataFrame,
    municipalities: pd.DataFrame,
    sectors: pd.DataFrame,
    sources: SourceFolder,
    *,
    known: KnownNames,
) -> list[Entry]:
    """Return the sub-municipalities with a name of their own.

    It differs from that of their municipality of today or before a merger.

    French names come from the official list of municipalities since 1970, where the Dutch name is unmistakable.
    """
    shapes = dict(zip(layer["submunicipality_code"], layer.geometry, strict=True))
    centres = weighted_centres(sectors, sectors["submunicipality_code"], shapes).to_dict("index")
    towns = _town_names(municipalities)
    french = _former_french_names(sources, list(layer["name_nl"]))
    entries = []
    for code, name, nis in zip(layer["submunicipality_code"], layer["name_nl"], layer["nis_code"], strict=True):
        if known.find(name, nis) is None:
            place_id, names = f"submunicipality:{code}", (name, french.get(fold_name(name), name))
            entry = _part_entry(place_id, names, centres[code], nis=nis, town=towns[nis])
            entries.append(entry)
            for spelling, _ in entry.names:
                known.claim_name(spelling, entry)
    return entries


def _town_names(municipalities: pd.DataFrame) -> dict[str, tuple[str, str]]:
    names = zip(municipalities["name_nl"], municipalities["name_fr"], strict=True)
    return dict(zip(municipalities["nis_code"], names, strict=True))


def _part_entry(
    place_id: str, names: tuple[str, str], centre: Mapping[Hashable, float], *, nis: str, town: tuple[str, str]
) -> Entry:
    """Return a place inside a municipality: both its names, and those of the town behind them in brackets."""
    entry = Entry(
        place_id=place_id,
        name_nl=f"{names[0]} ({town[0]})",
        name_fr=f"{names[1]} ({town[1]})",
        nis_code=nis,
        x=float(centre["x"]),
        y=float(centre["y"]),
        population=int(centre["population"]),
        names=[(names[0], "nl")],
    )
    entry.add_name(names[1], "fr")
    return entry


def _official_names(sources: SourceFolder) -> pd.DataFrame:
    """Return the municipalities since 1970, with bare names in `dutch`, `french`, `german`."""
    table = sources.csv("boundaries/codes/TU_COM_REFNIS.txt", separator="|")
    table = table[table["LVL_REFNIS"] == "4"]
    for language in ("NL", "FR", "DE"):
        column = {"NL": "dutch", "FR": "french", "DE": "german"}[language]
        table = table.assign(**{column: table[f"TX_REFNIS_{language}"].str.replace(r" \(.*\)$", "", regex=True)})
    return table.replace({"french": {"Zwalin": "Zwalm"}})


def _former_french_names(sources: SourceFolder, names: list[str]) -> dict[str, str]:
    """Return French names by folded Dutch name, for names that only one sub-municipality carries."""
    table = _official_names(sources)
    ended = table[(table["DT_VLDT_END"] != _STILL_VALID) & (table["french"] != table["dutch"])]
    unmistakable = {name for name, count in Counter(map(fold_name, names)).items() if count == 1}
    pairs: Iterator[tuple[str, str]] = zip(map(fold_name, ended["dutch"]), ended["french"], strict=True)
    return {dutch: french for dutch, french in pairs if dutch in unmistakable}
