"""Options that several commands share."""

from __future__ import annotations

import argparse
import dataclasses
import math
from pathlib import Path

from geo import store
from geo.settings import Settings


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Let the caller choose other data."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with datapackage.json (default: our data)")
    parser.add_argument(
        "--directory", type=Path, metavar="PATH", help="another HSDS package: a folder, a .zip or a .json"
    )


def settings(args: argparse.Namespace) -> Settings:
    """Return the settings of the environment, with what the options say instead."""
    found = Settings.from_env()
    return dataclasses.replace(found, data=args.data or found.data, directory=args.directory or found.directory)


def dataset(args: argparse.Namespace) -> store.Dataset:
    """Return the data that the options choose."""
    chosen = settings(args)
    return store.load(chosen.data, directory_path=chosen.directory)


def seconds(text: str) -> float:
    """Return a number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; expected 0 or more")
    return value
