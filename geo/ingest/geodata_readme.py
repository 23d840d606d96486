"""Tells in words what the data package holds."""

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


def readme(package: dict[str, Any], out: Path) -> str:
    """Return the data dictionary in Markdown for the package in `out`."""
    files = package["resources"]
    overview = [
        f"| [`{entry['path']}`]({entry['path']}) | {_rows(out / entry['path'])} | {entry['title']} | "
        f"{entry.get('reference_date', '')} |"
        for entry in files
    ]
    drawn = [
        f"| `{entry['path']}` | | {entry['title']} | {entry['reference_date']} |" for entry in package["browser_files"]
    ]
    sections = [_section(entry) for entry in (*files, *package["browser_files"]) if "schema" in entry]
    return "\n".join(
        [_HEAD.format(version=package["version"]).rstrip(), *overview, *drawn, "", *sections, _sources(package)]
    )


def _rows(path: Path) -> str:
    if path.suffix == ".parquet":
        return f"{pq.read_metadata(path).num_rows:,}"
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            return f"{sum(1 for _ in csv.reader(lines)) - 1:,}"
    return ""


def _section(entry: dict[str, Any]) -> str:
    lines = [f"## {entry['title']}", "", f"`{entry['path']}`. {entry['description']}".rstrip(), ""]
    if entry.get("limits"):
        lines += [f"**Limits.** {entry['limits']}", ""]
    fields = entry["schema"]["fields"]
    if fields:
        lines += ["| field | type | unit | meaning |", "|---|---|---|---|"]
        lines += [
            f"| `{f['name']}` | {f['type']} | {f.get('unit', '')} | {_cell(f.get('description', ''))} |" for f in fields
        ]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _sources(package: dict[str, Any]) -> str:
    titles = {licence["name"]: licence["title"] for licence in package["licenses"]}
    lines = ["## Sources and licences", "", "| source | valid on | licence |", "|---|---|---|"]
    lines += [f"| {s['title']} | {s['reference_date']} | {titles[s['licence']]} |" for s in package["sources"]]
    return "\n".join([*lines, ""])
