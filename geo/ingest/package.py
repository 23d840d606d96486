"""The list of all data files.

The program checks by it, and the About page tells from it what the data holds.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo.ingest import hsds_columns
from geo.ingest.geodata import boundaries, browser_shapes, demand, gazetteer
from geo.ingest.geodata.readme import readme_text
from geo.ingest.geodata.sources import LICENCES, SOURCES
from geo.ingest.geodata.tables import Field, Resource

TABLES = (
    boundaries.MUNICIPALITY_SHAPES,
    boundaries.PROVINCE_SHAPES,
    boundaries.SUBMUNICIPALITY_SHAPES,
    boundaries.MUNICIPALITIES,
    gazetteer.GAZETTEER,
    demand.DEMAND,
    demand.NEED,
)
DIRECTORY = "directory"
MEDIA_TYPES = {
    ".parquet": ("parquet", "application/vnd.apache.parquet"),
    ".csv": ("csv", "text/csv"),
    ".json": ("json", "application/json"),
}


def write_package(out: Path, root: Path, browser_files: dict[str, str]) -> str:
    """Write `datapackage.json` and `README.md`, and return the data version.

    Parameters
    ----------
    out : Path
        The folder of the package, with all tables in it.
    root : Path
        The folder of the program, with `static/map/` and `geo/hsds/columns.csv` in it.
    browser_files : dict
        Their names by layer, as `browser.write` returns them.

    Notes
    -----
    A data package holds no paths outside its folder, so two lists have paths from the root of the repository:
    `browser_files`, and `program_files` for what the program itself reads. The version is the first ten hexadecimals
    of the SHA-256 over all hashes, sorted, but those of the program: they are no answer's data. Nothing in the file
    depends on the day or the computer.
    """
    resources = [_resource_entry(resource, out) for resource in TABLES] + _directory_entries(out)
    layers = {"municipalities": browser_shapes.MUNICIPALITIES, "provinces": browser_shapes.PROVINCES}
    static = root / "static" / "map"
    drawn = [_browser_entry(replace(layers[layer], path=name), static) for layer, name in sorted(browser_files.items())]
    hashes = sorted(str(entry["hash"]) for entry in (*resources, *drawn))
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "opvoedkaart-data",
        "title": "Opvoedkaart: parenting support in Flanders and Brussels",
        "description": "The tables that Opvoedkaart reads, derived from open data by data/build.py.",
        "version": hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:10],
        "licenses": _licence_entries(tuple(SOURCES)),
        "sources": _source_entries(tuple(SOURCES)),
        "resources": resources,
        "browser_files": drawn,
        "program_files": [_resource_entry(hsds_columns.HSDS_COLUMNS, root)],
    }
    (out / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "README.md").write_text(readme_text(package, out), encoding="utf-8")
    return str(package["version"])


def _resource_entry(resource: Resource, folder: Path) -> dict[str, Any]:
    return {
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        **_file_facts(folder, resource.path),
        "schema": {"fields": [_field_entry(field) for field in resource.fields]},
        "reference_date": resource.reference_date,
        "limits": resource.limits,
        "licenses": _licence_entries(resource.sources),
        "sources": _source_entries(resource.sources),
    }


def _browser_entry(resource: Resource, static: Path) -> dict[str, Any]:
    entry = _resource_entry(resource, static) | {"format": "geojson", "mediatype": "application/geo+json"}
    return entry | {"path": f"static/map/{resource.path}"}


def _file_facts(folder: Path, path: str) -> dict[str, Any]:
    content = (folder / path).read_bytes()
    file_format, media_type = MEDIA_TYPES[Path(path).suffix]
    return {
        "path": path,
        "format": file_format,
        "mediatype": media_type,
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }


def _field_entry(field: Field) -> dict[str, str]:
    described = {"name": field.name, "type": field.type, "description": field.description}
    return described | ({"unit": field.unit} if field.unit else {})


def _licence_entries(sources: tuple[str, ...]) -> list[dict[str, str]]:
    names = sorted({SOURCES[name].licence for name in sources})
    listed = [(name, *LICENCES[name]) for name in names]
    return [{"name": name, "title": title} | ({"path": path} if path else {}) for name, title, path in listed]


def _source_entries(names: tuple[str, ...]) -> list[dict[str, str]]:
    listed = [SOURCES[name] for name in names]
    return [
        {
            "title": f"{source.publisher}: {source.title}",
            "licence": source.licence,
            "reference_date": source.reference_date,
        }
        for source in listed
    ]


def _directory_entries(out: Path) -> list[dict[str, Any]]:
    """Return the files of the directory of services, as its own package describes them, with paths from `out`."""
    own = json.loads((out / DIRECTORY / "datapackage.json").read_text(encoding="utf-8"))
    shared = {"licenses": own["licenses"], "sources": own.get("sources") or [{"title": own["description"]}]}
    entries = [
        {
            "name": f"{DIRECTORY}_package",
            "title": "The directory's own data package (HSDS 3.0)",
            "description": own.get("description", ""),
            **_file_facts(out, f"{DIRECTORY}/datapackage.json"),
            **shared,
        }
    ]
    for resource in own["resources"]:
        fields = resource.get("schema", {}).get("fields", [])
        entries.append(
            {
                "name": f"{DIRECTORY}_{resource['name']}",
                "title": resource.get("title", f"Directory: {resource['name'].replace('_', ' ')}"),
                "description": resource.get("description", ""),
                **_file_facts(out, f"{DIRECTORY}/{resource['path']}"),
                "schema": {"fields": fields},
                **shared,
            }
        )
    return entries
