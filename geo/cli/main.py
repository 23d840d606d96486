"""The command line: the domain's second caller, beside the screens."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol

from geo.cli import coverage, export, find, networks, plan, validate
from geo.errors import DataError, GeoError
from geo.opening.schedules import BRUSSELS
from geo.text import defused

FAILED = 1
BAD_OPTIONS = 2
PIPE_CLOSED = 141
STOPPED = 130


class Command(Protocol):
    """One command is one module with these four."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""

    def run(self, args: argparse.Namespace, *, now: dt.datetime) -> int:
        """Do it; return the exit status."""


COMMANDS: tuple[Command, ...] = (find, coverage, plan, networks, validate, export)


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the options."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}. See {self.prog} --help.", file=sys.stderr)
        raise SystemExit(BAD_OPTIONS)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = _Parser(prog="opvoedkaart", description="Parenting support in Flanders and Brussels.")
    commands = top.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for command in COMMANDS:
        own = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(own)
        own.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str] | None = None, *, now: dt.datetime | None = None) -> int:
    """Run one command; return 0, or 1 when it failed, or 2 for a place that can be several or bad options.

    `now` is the moment that "open now" and the freshness of facts speak of; the clock's, unless it is given.
    """
    try:
        args = parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else FAILED
    try:
        status: int = args.run(args, now=now or dt.datetime.now(BRUSSELS))
    except DataError as error:
        print(f"opvoedkaart: {error.subject} cannot be used:", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem.place}: {problem.message}" if problem.place else problem.message, file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        raise
    except (GeoError, OSError) as error:
        print(f"opvoedkaart: {defused(str(error))}", file=sys.stderr)
        return FAILED
    return status


def entry() -> NoReturn:
    """Run the command line as a program: UTF-8 whatever the locale, and quiet when the reader of a pipe leaves."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = PIPE_CLOSED
    except KeyboardInterrupt:
        print("opvoedkaart: stopped; nothing was written.", file=sys.stderr)
        status = STOPPED
    sys.exit(status)
