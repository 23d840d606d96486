"""Streamlit servers to measure."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.client import VisitError, Visitor
from benchmarks.workspace import ROOT

WITHOUT_FILTER = "empty_map_app.py"
_POLL_S = 0.02
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Server:
    """A running server and how fast it answered.

    Seconds from starting its process to its first answer.

    `first_answer_s` is to the list of services, where there is one; `whole_page_s` to the end of the first page.
    """

    port: int
    process: subprocess.Popen[bytes]
    first_answer_s: float
    whole_page_s: float

    @property
    def url(self) -> str:
        """Its address for a browser."""
        return f"http://127.0.0.1:{self.port}/"

    def memory_mb(self) -> float:
        """Return the resident memory of the process in MB."""
        said = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        return int(said.stdout) / 1024


@contextmanager
def run_server(script: Path, *, patience_s: float = 60, **settings: str) -> Iterator[Server]:
    """Run a server until the block ends.

    It serves `script` and has answered once when the block begins.

    `settings` are added to the environment. Raises VisitError or OSError when there is no answer in time, VisitError
    also when the page shows no filter although it should.
    """
    port = _free_port()
    started = time.perf_counter()
    process = _start_process(script, port, settings)
    try:
        visitor = run_async(_first_visit(process, port, started + patience_s))
        answered = time.perf_counter() - started
        if not visitor.widget and script.name != WITHOUT_FILTER:
            raise VisitError(f"{script.name} shows no filter; is its data in order?")
        yield Server(port, process, (visitor.listed_at or started + answered) - started, answered)
    finally:
        process.terminate()
        process.wait(timeout=20)


def run_async(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run asynchronous work in a thread of its own.

    So it also works where Playwright has a loop running in this one.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def _start_process(script: Path, port: int, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPVOEDKAART_TILES": "none", **settings}
    return subprocess.Popen(
        command, cwd=script.parent, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


async def _first_visit(process: subprocess.Popen[bytes], port: int, deadline: float) -> Visitor:
    while True:
        if process.poll() is not None:
            raise VisitError(f"the server stopped with status {process.returncode}")
        try:
            async with Visitor(port) as visitor:
                await visitor.open_page()
                return visitor
        except OSError:
            if time.perf_counter() > deadline:
                raise
            await asyncio.sleep(_POLL_S)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
