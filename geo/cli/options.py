"""Readers of the options of all commands."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import math
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from geo import store
from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage.request import LONGEST_M, SHORTEST_M
from geo.directory.service_types import ServiceFunction, ServiceType
from geo.hsds.terms import service_type_named
from geo.settings import Settings

UNKNOWN_AREA = 1
AMBIGUOUS_AREA = 2
_Choice = TypeVar("_Choice", bound=StrEnum)


def one_of(kind: type[_Choice], what: str, among: tuple[_Choice, ...] = ()) -> Callable[[str], _Choice]:
    """Return a reader of one of some codes."""
    known = among or tuple(kind)

    def read(text: str) -> _Choice:
        if text not in known:
            raise argparse.ArgumentTypeError(f"{text!r} is no {what}; expected one of {', '.join(known)}")
        return kind(text)

    return read


def child_age(text: str) -> AgeGroup:
    """Return an age group of which children are counted."""
    expected = f"expected one of {', '.join(CHILD_AGES)}"
    try:
        group = age_group(text)
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"{text!r} is no age group; {expected}") from None
    if group not in CHILD_AGES:
        raise argparse.ArgumentTypeError(f"no counts exist for {text!r}, only of children up to 17 years; {expected}")
    return group


def reach(text: str) -> float:
    """Return a reach in metres from kilometres, with a point or a comma."""
    try:
        metres = float(text.replace(",", ".")) * 1000
    except ValueError:
        metres = math.nan
    if not SHORTEST_M <= metres <= LONGEST_M:
        raise argparse.ArgumentTypeError(f"{text!r} is no reach; expected kilometres from 0.2 to 30")
    return metres


def day(text: str) -> dt.date:
    """Return a date."""
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; expected one such as 2025-01-31") from None


def data_options(args: argparse.Namespace) -> tuple[str, ...]:
    """Return the options that chose the data, to be repeated in the command that gives the same numbers."""
    chosen = (("--data", args.data), ("--directory", args.directory))
    return tuple(part for name, path in chosen if path is not None for part in (name, str(path)))


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


_AGE_WORDS = {"zwanger": AgeGroup.PREGNANT, "enceinte": AgeGroup.PREGNANT, "pregnancy": AgeGroup.PREGNANT}


def functions() -> str:
    """Return the functions that can be chosen, for a help text."""
    return ", ".join(ServiceFunction)


def age_group(text: str) -> AgeGroup:
    """Return the age group of `0-2`, `pregnant`, `zwanger` or an age in whole years."""
    plain = text.strip().lower().replace("–", "-")
    if plain in _AGE_WORDS:
        return _AGE_WORDS[plain]
    for group in AgeGroup:
        is_inside = plain.isdecimal() and group.range.min_months <= int(plain[:3]) * 12 < group.range.max_months
        if plain == group.value or is_inside:
            return group
    raise argparse.ArgumentTypeError(f"{text!r} is no age group; expected one of {', '.join(AgeGroup)}")


def service_type(text: str) -> ServiceType:
    """Return the service type of a code or raw name."""
    code = service_type_named(text)
    if not code:
        raise argparse.ArgumentTypeError(f"{text!r} is no service type; expected one of {', '.join(ServiceType)}")
    return ServiceType(code)


def service_function(text: str) -> ServiceFunction:
    """Return the function of a code."""
    if text not in set(ServiceFunction):
        raise argparse.ArgumentTypeError(f"{text!r} is no function; expected one of {functions()}")
    return ServiceFunction(text)


def language(text: str) -> str:
    """Return a language code in lower case."""
    code = text.strip().lower()
    if not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
        raise argparse.ArgumentTypeError(f"{text!r} is no language code; expected a code such as nl, fr or ar")
    return code


def count(text: str) -> int:
    """Return a whole number from 1."""
    if not text.isdecimal() or not int(text[:9]) > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of results; expected a whole number from 1")
    return int(text[:9])
