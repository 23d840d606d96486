"""Lists the places that are or were units of government: municipalities of today and before, sub-municipalities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import geopandas as gpd
import pandas as pd

from geo.ingest.boundaries import weighted_centres
from geo.ingest.geodata_entries import Entry, KnownNames
from geo.ingest.geodata_sources import Sources
from geo.models import PlaceKind
from geo.names import fold

_MORE_NAMES = {  # in common use, but in none of the official lists of today
    "21004": (("Brussels", ""),),
    "31033": (("Thourout", "fr"),),
    "35029": (("Le Coq", "fr"),),
    "38014": (("Coxyde", "fr"),),
    "23099": (("Crainhem", "fr"),),
}
_STILL_VALID = "31/12/9999"


def municipality_entries(municipalities: pd.DataFrame, sources: Sources) -> list[Entry]:
    """Return the 304 municipalities under their Dutch, French and German names."""
    german = _official_names(sources).set_index("CD_REFNIS")["german"]
    entries = []
    for row in municipalities.to_dict("records"):
        code = row["nis_code"]
        entry = Entry(
            place_id=f"municipality:{code}",
            kind=PlaceKind.MUNICIPALITY,
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


def former_entries(municipalities: pd.DataFrame, sectors: pd.DataFrame, sources: Sources) -> list[Entry]:
    """Return the municipalities that ended with the mergers of 2019 and 2025 under a name that is no municipality now.

    Their point is the mean place of the inhabitants of their sectors.
    """
    names = municipalities.set_index("nis_code")[["name_nl", "name_fr"]]
    french = _official_names(sources).drop_duplicates("CD_REFNIS").set_index("CD_REFNIS")["french"]
    entries = []
    for year, old_code in (("2019", sectors["sector"].str[:5]), ("2025", sectors["nis_2022"])):
        merges = sources.csv(f"boundaries/codes/merges_{year}.csv").set_index("old_nis")
        inside = old_code.isin(merges.index)
        centres = weighted_centres(sectors[inside], old_code[inside])
        now = sectors[inside].groupby(old_code[inside].to_numpy())["nis_code"].first()
        for code, row in centres.iterrows():
            name, today = str(merges.loc[str(code), "old_name"]), names.loc[now[code]]
            if name == today["name_nl"]:
                continue
            entry = Entry(
                place_id=f"former_municipality:{code}",
                kind=PlaceKind.FORMER_MUNICIPALITY,
                name_nl=f"{name} ({today['name_nl']})",
                name_fr=f"{french.get(str(code), name)} ({today['name_fr']})",
                nis_code=now[code],
                x=float(row["x"]),
                y=float(row["y"]),
                population=int(row["population"]),
                names=[(name, "nl")],
            )
            entry.add_name(french.get(str(code), ""), "fr")
            entries.append(entry)
    return entries


def submunicipality_entries(
    layer: gpd.GeoDataFrame, municipalities: pd.DataFrame, sectors: pd.DataFrame, sources: Sources, *, known: KnownNames
) -> list[Entry]:
    """Return the sub-municipalities that carry another name than their municipality of today or before a merger.

    French names come from the official list of municipalities since 1970, where the Dutch name is unmistakable.
    """
    shapes = dict(zip(layer["submunicipality_code"], layer.geometry, strict=True))
    centres = weighted_centres(sectors, sectors["submunicipality_code"], shapes)
    names = municipalities.set_index("nis_code")[["name_nl", "name_fr"]]
    french = _former_french_names(sources, list(layer["name_nl"]))
    entries = []
    for code, name, nis in layer[["submunicipality_code", "name_nl", "nis_code"]].itertuples(index=False):
        if known.find(name, nis) is not None:
            continue
        name_fr, today, centre = french.get(fold(name), name), names.loc[nis], centres.loc[code]
        entry = Entry(
            place_id=f"submunicipality:{code}",
            kind=PlaceKind.SUBMUNICIPALITY,
            name_nl=f"{name} ({today['name_nl']})",
            name_fr=f"{name_fr} ({today['name_fr']})",
            nis_code=nis,
            x=float(centre["x"]),
            y=float(centre["y"]),
            population=int(centre["population"]),
            names=[(name, "nl")],
        )
        entry.add_name(name_fr, "fr")
        entries.append(entry)
        known.claim(name, entry)
        known.claim(name_fr, entry)
    return entries


def _official_names(sources: Sources) -> pd.DataFrame:
    """Return the municipalities since 1970, newest first, with names freed from brackets: `dutch`, `french`, `german`."""
    table = sources.csv("boundaries/codes/TU_COM_REFNIS.txt", separator="|")
    table = table[table["LVL_REFNIS"] == "4"]
    for language in ("NL", "FR", "DE"):
        column = {"NL": "dutch", "FR": "french", "DE": "german"}[language]
        table = table.assign(**{column: table[f"TX_REFNIS_{language}"].str.replace(r" \(.*\)$", "", regex=True)})
    return table.replace({"french": {"Zwalin": "Zwalm"}})


def _former_french_names(sources: Sources, names: list[str]) -> dict[str, str]:
    """Return French names by folded Dutch name, for names that only one sub-municipality carries."""
    table = _official_names(sources)
    ended = table[(table["DT_VLDT_END"] != _STILL_VALID) & (table["french"] != table["dutch"])]
    unmistakable = {name for name, count in Counter(map(fold, names)).items() if count == 1}
    pairs: Iterator[tuple[str, str]] = zip(map(fold, ended["dutch"]), ended["french"], strict=True)
    return {dutch: french for dutch, french in pairs if dutch in unmistakable}
