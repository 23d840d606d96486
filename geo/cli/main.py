"""The command line: parser, entry point and exit statuses."""

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
from geo.opening.schedules import BRUSSELS_TIME
from geo.text import strip_hidden

EXIT_FAILED = 1
EXIT_BAD_OPTIONS = 2
EXIT_PIPE_CLOSED = 141
EXIT_STOPPED = 130


class Command(Protocol):
    """Interface of a command: a module with these four names."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""

    def run(self, args: argparse.Namespace, *, now: dt.datetime) -> int:
        """Run the command and return the exit status."""


COMMANDS: tuple[Command, ...] = (find, coverage, plan, networks, validate, export)


class _Parser(argparse.ArgumentParser):
    """Parser that reports a wrong option in one sentence."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}. See {self.prog} --help.", file=sys.stderr)
        raise SystemExit(EXIT_BAD_OPTIONS)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = _Parser(prog="opvoedkaart", description="Parenting support in Flanders and Brussels.")
    commands = top.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for command in COMMANDS:
        own = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(own)
        own.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str] | None = None, *, now: dt.datetime | None = None) -> int:
    """Run one command and return its exit status.

    0, or 1 when it failed, or 2 for a place that can be several or bad options.

    `now` is the moment that "open now" and the freshness of facts speak of; the clock's, unless it is given.
    """
    try:
        args = build_parser().parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else EXIT_FAILED
    try:
        status: int = args.run(args, now=now or dt.datetime.now(BRUSSELS_TIME))
    except DataError as error:
        print(f"opvoedkaart: {error.subject} cannot be used:", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem.place}: {problem.message}" if problem.place else problem.message, file=sys.stderr)
        return EXIT_FAILED
    except BrokenPipeError:
        raise
    except (GeoError, OSError) as error:
        print(f"opvoedkaart: {strip_hidden(str(error))}", file=sys.stderr)
        return EXIT_FAILED
    return status


def entry() -> NoReturn:
    """Run the command line as a program.

    UTF-8 whatever the locale, and quiet when the reader of a pipe leaves.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = EXIT_PIPE_CLOSED
    except KeyboardInterrupt:
        print("opvoedkaart: stopped; nothing was written.", file=sys.stderr)
        status = EXIT_STOPPED
    sys.exit(status)
