"""Read a directory in HSDS 3.0: data package, zip or JSON."""

from __future__ import annotations

import json
from pathlib import Path

from geo.directory.directory import Directory
from geo.errors import Complaint, DataError
from geo.hsds import validate
from geo.hsds.contracts import CONTRACTS
from geo.hsds.json_form import tables_from_json
from geo.hsds.package_files import (
    LARGEST_BYTES,
    NOT_FOUND,
    FolderFiles,
    PackageFiles,
    ZipFiles,
    package_error,
    too_large_error,
)
from geo.hsds.services import services_from
from geo.hsds.tables import Tables, add_csv, decode_text, pause_collector
from geo.messages import N_

__all__ = ["Directory", "read_directory", "read_tables", "services_from"]

BROKEN_MANIFEST = Complaint("broken_manifest", N_("datapackage.json cannot be used: {reason}."))
BAD_RESOURCE = Complaint(
    "bad_resource", N_("Resource {number} needs a name and the path of one file inside the package.")
)
REPEATED_TABLE = Complaint("repeated_table", N_("The table {table} is listed twice; expected one file per table."))
NO_TABLES = Complaint(
    "no_tables", N_("No HSDS table was found; expected datapackage.json or files such as service.csv.")
)
WRONG_FILE = Complaint("wrong_file", N_("The file {path} is not a folder, a .zip or a .json file."))
MANIFEST_NAME = "datapackage.json"


def read_directory(path: Path) -> Directory:
    """Return the directory at `path`.

    Raises DataError with all problems when it has errors.
    """
    tables = read_tables(path)
    errors = [problem for problem in validate.problems_in(tables) if problem.severity == "error"]
    if errors:
        raise DataError(path.name, errors)
    return Directory.from_services(services_from(tables))


def read_tables(path: Path) -> Tables:
    """Return the HSDS tables at `path` as text.

    A folder with CSVs, a .zip of it, or an HSDS JSON file.

    What is wrong in a file is kept in `problems`, so that everything can be told at once; raises DataError
    when nothing can be read at all. Nothing outside the folder is opened.
    """
    if path.is_dir():
        with FolderFiles(path) as files:
            return _read_package(files)
    if not path.is_file():
        raise package_error(NOT_FOUND, resource=str(path), path=str(path))
    if path.suffix.lower() == ".zip":
        with ZipFiles(path) as archive:
            return _read_package(archive)
    if path.suffix.lower() not in (".json", ".geojson"):
        raise package_error(WRONG_FILE, resource=path.name, path=path.name)
    if path.stat().st_size > LARGEST_BYTES:
        raise too_large_error(path.name)
    return tables_from_json(path.read_bytes(), resource=path.name)


def _read_package(files: PackageFiles) -> Tables:
    tables = Tables()
    listed = _listed_resources(files, tables) if MANIFEST_NAME in files.names() else _bare_resources(files)
    with pause_collector():
        for table, name, delimiter in listed:
            if table in tables:
                tables.problems.append(REPEATED_TABLE.at(name, table=table))
                continue
            try:
                add_csv(tables, table, files.read(name), resource=name, delimiter=delimiter)
            except DataError as error:
                tables.problems += error.problems
    if not listed and not tables.problems:
        raise package_error(NO_TABLES, resource=files.label)
    return tables


def _bare_resources(files: PackageFiles) -> list[tuple[str, str, str]]:
    names = set(files.names())
    return [(table, f"{table}.csv", "") for table in CONTRACTS if f"{table}.csv" in names]


def _listed_resources(files: PackageFiles, tables: Tables) -> list[tuple[str, str, str]]:
    """Return table, path and delimiter of the HSDS tables that the manifest lists."""
    text, problems = decode_text(files.read(MANIFEST_NAME), resource=MANIFEST_NAME)
    tables.problems += problems
    try:
        resources = json.loads(text)["resources"]
        return [entry for number, item in enumerate(resources, 1) if (entry := _parse_resource(item, number, tables))]
    except (ValueError, RecursionError) as error:
        reason = str(error)
    except (KeyError, TypeError):
        reason = "resources"
    tables.problems.append(BROKEN_MANIFEST.at(MANIFEST_NAME, reason=reason))
    return []


def _parse_resource(item: object, number: int, tables: Tables) -> tuple[str, str, str] | None:
    entry = item if isinstance(item, dict) else {}
    name, path, dialect = entry.get("name"), entry.get("path"), entry.get("dialect")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(name, str) or not isinstance(path, str) or not path:
        tables.problems.append(BAD_RESOURCE.at(MANIFEST_NAME, number, number=number))
        return None
    delimiter = dialect.get("delimiter", "") if isinstance(dialect, dict) else ""
    return (
        (name, path, delimiter if isinstance(delimiter, str) and len(delimiter) == 1 else "")
        if (name in CONTRACTS)
        else None
    )
