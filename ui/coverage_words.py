"""All that is said about coverage in the reader's language: terms, headlines, gaps and what to check."""

from ui.coverage_gaps import gaps, to_check
from ui.coverage_headline import headline
from ui.coverage_terms import (
    ages,
    area_name,
    bounds,
    children,
    count,
    definitions,
    honesty,
    measure_name,
    names,
    number,
    one_of,
    reach,
    state,
    types,
    value,
)

__all__ = [
    "ages",
    "area_name",
    "bounds",
    "children",
    "count",
    "definitions",
    "gaps",
    "headline",
    "honesty",
    "measure_name",
    "names",
    "number",
    "one_of",
    "reach",
    "state",
    "to_check",
    "types",
    "value",
]
