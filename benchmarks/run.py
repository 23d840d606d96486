"""Measures every budget in one run, prints a table and writes benchmarks/results.json."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import measures_browser, measures_coverage, measures_domain, measures_server, report
from benchmarks.report import Row
from benchmarks.stage import Stage

TARGET = Path(__file__).resolve().parent / "results.json"
IDLE = 0.5
MEASURES: dict[str, Callable[[Stage], list[Row]]] = {
    "search": measures_domain.search,
    "gazetteer": measures_domain.gazetteer,
    "coverage": measures_coverage.measures,
    "access": measures_coverage.beside_access,
    "change": measures_coverage.change,
    "start": measures_server.server_start,
    "memory": measures_server.memory,
    "load": measures_server.load,
    "click": measures_browser.filter_click,
    "thousand": measures_browser.filter_click_of_a_thousand,
    "stays": measures_browser.map_stays,
    "boundaries": measures_browser.boundaries,
    "visit": measures_browser.first_visit,
    "large": measures_browser.large_directory,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; the table says which budgets are met."""
    asked = _parser().parse_args(arguments)
    busy = os.getloadavg()[0]
    rows: list[Row] = []
    for name in asked.only or MEASURES:
        sys.stderr.write(f"measuring {name} …\n")
        stage = Stage(quick=asked.quick)
        try:
            rows += MEASURES[name](stage)
        finally:
            stage.close()
    print(report.table(rows))
    if busy > IDLE:
        print(f"The machine was busy (load {busy:.1f}) before the first measure: times are longer than on an idle one.")
    about = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load_before": busy,
        "quick": asked.quick,
    }
    report.write(rows, TARGET, about)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, fewer visitors")
    parser.add_argument(
        "--only", action="append", choices=MEASURES, metavar="NAME", help=f"one of {', '.join(MEASURES)}"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
