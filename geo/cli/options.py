"""Parsers of command-line options."""

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
from geo.directory import ServiceType
from geo.directory.service_types import ServiceFunction
from geo.hsds.terms import service_type_code
from geo.settings import Settings

EXIT_UNKNOWN_AREA = 1
EXIT_AMBIGUOUS_AREA = 2
_Code = TypeVar("_Code", bound=StrEnum)


def code_parser(kind: type[_Code], what: str, among: tuple[_Code, ...] = ()) -> Callable[[str], _Code]:
    """Return a parser of one of some codes."""
    known = among or tuple(kind)

    def read(text: str) -> _Code:
        if text not in known:
            raise argparse.ArgumentTypeError(f"{text!r} is no {what}; expected one of {', '.join(known)}")
        return kind(text)

    return read


def parse_child_age(text: str) -> AgeGroup:
    """Parse an age group of which children are counted."""
    expected = f"expected one of {', '.join(CHILD_AGES)}"
    try:
        group = parse_age_group(text)
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"{text!r} is no age group; {expected}") from None
    if group not in CHILD_AGES:
        raise argparse.ArgumentTypeError(f"no counts exist for {text!r}, only of children up to 17 years; {expected}")
    return group


def parse_reach(text: str) -> float:
    """Parse a reach in kilometres; return metres.

    With a point or a comma.
    """
    try:
        metres = float(text.replace(",", ".")) * 1000
    except ValueError:
        metres = math.nan
    if not SHORTEST_M <= metres <= LONGEST_M:
        raise argparse.ArgumentTypeError(f"{text!r} is no reach; expected kilometres from 0.2 to 30")
    return metres


def parse_day(text: str) -> dt.date:
    """Parse a date."""
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; expected one such as 2025-01-31") from None


def data_options(args: argparse.Namespace) -> tuple[str, ...]:
    """Return the options that chose the data.

    They are repeated in the command that gives the same numbers.
    """
    chosen = (("--data", args.data), ("--directory", args.directory))
    return tuple(part for name, path in chosen if path is not None for part in (name, str(path)))


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose other data."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with datapackage.json (default: our data)")
    parser.add_argument(
        "--directory", type=Path, metavar="PATH", help="another HSDS package: a folder, a .zip or a .json"
    )


def settings_from(args: argparse.Namespace) -> Settings:
    """Return the settings of the environment, overridden by the options."""
    found = Settings.from_env()
    return dataclasses.replace(found, data=args.data or found.data, directory=args.directory or found.directory)


def load_dataset(args: argparse.Namespace) -> store.Dataset:
    """Return the data that the options choose."""
    chosen = settings_from(args)
    return store.load(chosen.data, directory_path=chosen.directory)


def parse_seconds(text: str) -> float:
    """Parse a number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; expected 0 or more")
    return value


_AGE_WORDS = {"zwanger": AgeGroup.PREGNANT, "enceinte": AgeGroup.PREGNANT, "pregnancy": AgeGroup.PREGNANT}


def function_codes() -> str:
    """Return the functions that can be chosen, for a help text."""
    return ", ".join(ServiceFunction)


def parse_age_group(text: str) -> AgeGroup:
    """Parse an age group.

    `0-2`, `pregnant`, `zwanger` or an age in whole years.
    """
    plain = text.strip().lower().replace("–", "-")
    if plain in _AGE_WORDS:
        return _AGE_WORDS[plain]
    for group in AgeGroup:
        is_inside = plain.isdecimal() and group.range.min_months <= int(plain[:3]) * 12 < group.range.max_months
        if plain == group.value or is_inside:
            return group
    raise argparse.ArgumentTypeError(f"{text!r} is no age group; expected one of {', '.join(AgeGroup)}")


def parse_service_type(text: str) -> ServiceType:
    """Parse the code or raw name of a service type."""
    code = service_type_code(text)
    if not code:
        raise argparse.ArgumentTypeError(f"{text!r} is no service type; expected one of {', '.join(ServiceType)}")
    return ServiceType(code)


def parse_function(text: str) -> ServiceFunction:
    """Parse the code of a function."""
    if text not in set(ServiceFunction):
        raise argparse.ArgumentTypeError(f"{text!r} is no function; expected one of {function_codes()}")
    return ServiceFunction(text)


def parse_language(text: str) -> str:
    """Parse a language code; return it in lower case."""
    code = text.strip().lower()
    if not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
        raise argparse.ArgumentTypeError(f"{text!r} is no language code; expected a code such as nl, fr or ar")
    return code


def parse_count(text: str) -> int:
    """Parse a whole number from 1."""
    if not text.isdecimal() or not int(text[:9]) > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of results; expected a whole number from 1")
    return int(text[:9])
