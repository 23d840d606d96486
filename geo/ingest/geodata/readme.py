"""The data dictionary of the data package."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

_HEAD = """# Data

These are the tables that Opvoedkaart reads. All of them are derived from open data; the raw files are not in this
repository. Do not edit them: `python data/build.py --sources DIR` writes them, this page, and `datapackage.json`
(size, SHA-256, fields, licence and source of every file). The same sources give the same bytes.

Data version: `{version}`

- Codes are text. The key is the five-digit REFNIS (NIS) code valid on 1 January 2025: 285 municipalities in Flanders
  and 19 in Brussels. Never join on names, and never read a province from the first digit of a code.
- `x`, `y` and shapes are in EPSG:3812 (Belgian Lambert 2008, metres); `lon`, `lat` are in EPSG:4326 (degrees).
- An empty cell means unknown, never zero.

| file | rows | what | valid on |
|---|---:|---|---|
"""


def readme_text(package: dict[str, Any], out: Path) -> str:
    """Return the data dictionary of a package in Markdown.

    `out` is the folder of its files.
    """
    files, drawn, program = package["resources"], package["browser_files"], package["program_files"]
    described = [entry for entry in (*files, *drawn, *program) if "limits" in entry]
    directory = [entry for entry in files if "schema" in entry and "limits" not in entry]
    return "\n".join(
        [
            _HEAD.format(version=package["version"]).rstrip(),
            *(
                _file_line(entry, f"[`{entry['path']}`]({entry['path']})", _row_count(out / entry["path"]))
                for entry in files
            ),
            *(_file_line(entry, f"`{entry['path']}`", "") for entry in drawn),
            *(
                _file_line(entry, f"[`{entry['path']}`](../{entry['path']})", _row_count(out.parent / entry["path"]))
                for entry in program
            ),
            "",
            *(_table_section(entry) for entry in described),
            _directory_section(directory),
            _sources_section(package),
        ]
    )


def _file_line(entry: dict[str, Any], link: str, rows: str) -> str:
    return f"| {link} | {rows} | {entry['title']} | {entry.get('reference_date', '')} |"


def _directory_section(entries: list[dict[str, Any]]) -> str:
    """Return the section of the tables that follow a published specification."""
    lines = [
        "## The directory",
        "",
        f"{entries[0]['sources'][0]['title']} Licence: {entries[0]['licenses'][0]['title']}.",
        "",
        "Tables and fields are those of the Human Services Data Specification 3.0 (Open Referral), in its tabular",
        "form; keys are in [`directory/datapackage.json`](directory/datapackage.json). What the specification has no",
        "field for stands in `attribute.csv`, each under a term that `taxonomy_term.csv` explains.",
        "",
        "| file | fields |",
        "|---|---|",
    ]
    for entry in entries:
        fields = ", ".join(f"`{field['name']}`" for field in entry["schema"]["fields"])
        lines.append(f"| `{entry['path']}` | {fields} |")
    return "\n".join([*lines, ""])


def _row_count(path: Path) -> str:
    if path.suffix == ".parquet":
        return f"{pq.read_metadata(path).num_rows:,}"
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return f"{sum(1 for _ in csv.reader(lines)) - 1:,}"
    return ""


def _table_section(entry: dict[str, Any]) -> str:
    lines = [f"## {entry['title']}", "", f"`{entry['path']}`. {entry['description']}".rstrip(), ""]
    if entry.get("limits"):
        lines += [f"**Limits.** {entry['limits']}", ""]
    fields = entry["schema"]["fields"]
    if fields:
        lines += ["| field | type | unit | meaning |", "|---|---|---|---|"]
        lines += [
            f"| `{f['name']}` | {f['type']} | {f.get('unit', '')} | {_escape_cell(f.get('description', ''))} |"
            for f in fields
        ]
        lines.append("")
    return "\n".join(lines)


def _escape_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _sources_section(package: dict[str, Any]) -> str:
    titles = {licence["name"]: licence["title"] for licence in package["licenses"]}
    lines = ["## Sources and licences", "", "| source | valid on | licence |", "|---|---|---|"]
    lines += [f"| {s['title']} | {s['reference_date']} | {titles[s['licence']]} |" for s in package["sources"]]
    return "\n".join([*lines, ""])
