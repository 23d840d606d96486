"""Programs that the set-up starts, and the sentences for what goes wrong with them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

Command = Sequence[str | Path]
ROOT = Path(__file__).resolve().parent.parent


class SetupError(Exception):
    """The set-up cannot go on; the message is for the person who started it."""


class NothingChangedError(SetupError):
    """It failed before anything was installed, so what was there is still whole."""


class NoWheelError(NothingChangedError):
    """A package is not to be had for this machine or this Python."""


# what installers say (uv, pip, npm), the kind of trouble and what a person can do; the first that fits is told
TROUBLES: tuple[tuple[str, type[SetupError], str], ...] = (
    (
        r"hash mismatch|do not match the hashes|EINTEGRITY",
        NothingChangedError,
        "a downloaded file of {what} is not the one that was locked (its hash differs), so nothing was installed.",
    ),
    (
        r"hashes are required|versions pinned|`--require-hashes` mode|in sync",
        NothingChangedError,
        "{what} is no complete lock: a version or hash is missing; `make lock` writes it.",
    ),
    (
        r"no space left|ENOSPC|disk quota",
        SetupError,
        "the disk is full; {what} was not installed.",
    ),
    (
        r"dns error|error sending request|client error|connection (refused|reset|aborted|error)|connect(ion)? timeout"
        r"|timed? ?out|newconnectionerror|max retries|name resolution|network connectivity|proxyerror|certificate"
        r"|ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET|status code|HTTP error|Could not fetch URL",
        NothingChangedError,
        "the package registry was not reached, so {what} was not installed; connect (or see pip's index-url, proxy and "
        "cert) and run the same command again.",
    ),
    (
        r"no usable wheels|has no wheels|no matching distribution|not found in the|no version of|no solution found",
        NoWheelError,
        "a package of {what} is not to be had for Python {python} on this machine; with another Python it may be: "
        "make PYTHON=python3.12",
    ),
)


def run(command: Command, what: str, env: Mapping[str, str] | None = None) -> str:
    """Run a program and return its output; raise the fitting sentence."""
    done = ask(command, env)
    if done.returncode != 0:
        raise trouble(done.stderr + done.stdout, what)
    return done.stdout


def ask(command: Command, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program in the project's folder and return how it ended."""
    # it inherits the lock of `steps.alone`: who comes next also waits for what an interrupted set-up left running
    return subprocess.run(  # noqa: S603 (fixed commands)
        [str(part) for part in command], cwd=ROOT, env=env, capture_output=True, text=True, check=False, close_fds=False
    )


def trouble(said: str, what: str) -> SetupError:
    """Return the sentence that fits what an installer said, and its own last words."""
    words = last_words(said)
    for pattern, kind, sentence in TROUBLES:
        if re.search(pattern, said, re.IGNORECASE):
            python = ".".join(map(str, sys.version_info[:2]))
            return kind(f"{sentence.format(what=what, python=python)}\n{words}")
    return SetupError(f"{what} was not installed; what the installer said last:\n{words}")


def last_words(said: str) -> str:
    """Return the end of what a program said, set apart."""
    return "\n".join(f"  | {line[:200]}" for line in said.strip().splitlines()[-4:])


def tell(sentence: str) -> None:
    """Say on the terminal what is being done."""
    sys.stdout.write(f"Set-up: {sentence}\n")
    sys.stdout.flush()


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    half = path.with_name(f"{path.name}.new")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)  # noqa: PTH105
