"""Measure every budget and write benchmarks/results.json."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import measures_browser, measures_coverage, measures_domain, measures_server, report, siting
from benchmarks.report import BudgetRow
from benchmarks.stage import Stage

RESULTS_PATH = Path(__file__).resolve().parent / "results.json"
IDLE_LOAD = 0.5
MEASURES: dict[str, Callable[[Stage], list[BudgetRow]]] = {
    "search": measures_domain.time_search,
    "gazetteer": measures_domain.time_gazetteer,
    "coverage": measures_coverage.time_measures,
    "access": measures_coverage.time_beside_access,
    "change": measures_coverage.time_measure_change,
    "siting": siting.time_sites,
    "start": measures_server.time_server_start,
    "memory": measures_server.measure_memory,
    "load": measures_server.measure_load,
    "click": measures_browser.time_filter_click,
    "thousand": measures_browser.time_click_of_a_thousand,
    "stays": measures_browser.check_map_stays,
    "boundaries": measures_browser.weigh_boundaries,
    "visit": measures_browser.time_first_visit,
    "large": measures_browser.time_large_directory,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen benchmarks and print which budgets are met."""
    asked = _build_parser().parse_args(arguments)
    busy = os.getloadavg()[0]
    rows: list[BudgetRow] = []
    for name in asked.only or MEASURES:
        sys.stderr.write(f"measuring {name} …\n")
        stage = Stage(quick=asked.quick)
        try:
            rows += MEASURES[name](stage)
        finally:
            stage.close()
    print(report.table_text(rows))
    if busy > IDLE_LOAD:
        print(f"The machine was busy (load {busy:.1f}) before the first measure: times are longer than on an idle one.")
    about = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load_before": busy,
        "quick": asked.quick,
    }
    report.write_json(rows, RESULTS_PATH, about)
    return 0


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, fewer visitors")
    parser.add_argument(
        "--only", action="append", choices=MEASURES, metavar="NAME", help=f"one of {', '.join(MEASURES)}"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
