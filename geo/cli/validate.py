"""`opvoedkaart validate`: everything that is wrong with a directory."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from geo.cli import output
from geo.errors import DataError, DataProblem
from geo.hsds import read_tables, validate
from geo.settings import Settings
from geo.store import Manifest
from geo.store.dataset import DIRECTORY_FOLDER

NAME = "validate"
HELP = "Tell everything that is wrong with an HSDS package or JSON, with file, row and field."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `validate`."""
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="a folder, a .zip or a .json (default: our own directory)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(args: argparse.Namespace, *, now: dt.datetime) -> int:
    """Print all problems and return the exit status.

    1 when there are errors, 0 with warnings only.
    """
    del now
    path, problems = _find_problems(args.path)
    errors = sum(problem.severity == "error" for problem in problems)
    write = _as_json if args.format == "json" else _as_text
    output.write_text(write(path, problems, errors))
    return 1 if errors else 0


def _find_problems(path: Path | None) -> tuple[Path, Sequence[DataProblem]]:
    """Return the problems of a directory; of our own also files that are missing or altered."""
    settings = Settings.from_env()
    chosen = path or settings.directory or settings.data / DIRECTORY_FOLDER
    try:
        own = () if path or settings.directory else Manifest.read(settings.data).problems(settings.data)
        return chosen, (*own, *validate.problems_in(read_tables(chosen)))
    except DataError as error:
        return chosen, error.problems


def _as_text(path: Path, problems: Sequence[DataProblem], errors: int) -> str:
    lines = [f"{problem.severity}: {problem.place}: {problem.message}" for problem in problems]
    return "\n".join([*lines, f"{path.name}: {errors} errors, {len(problems) - errors} warnings"])


def _as_json(path: Path, problems: Sequence[DataProblem], errors: int) -> str:
    listed = [
        {
            "severity": problem.severity,
            "code": problem.code,
            "file": problem.resource,
            "row": problem.row,
            "field": problem.field,
            "message": str(problem.message),
        }
        for problem in problems
    ]
    return json.dumps({"path": str(path), "errors": errors, "problems": listed}, ensure_ascii=False, indent=1)
