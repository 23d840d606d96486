"""Index of names: exact, by beginning, or by typing errors."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.places.spelling import compact_name, fold_name

_LAST_LETTER = "\U0010ffff"
_SHORTEST_INNER_WORD = 4


class NameIndex:
    """Index over the names of a table.

    Rows are positions in the list it is made from.
    """

    def __init__(self, listed: Sequence[str]) -> None:
        self._folded = [fold_name(name) for name in listed]
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(self._folded):
            self._rows[compact_name(name)].append(row)

    def key(self, row: int) -> str:
        """Return the folded name of a row without spaces.

        Equal keys are one name.
        """
        return compact_name(self._folded[row])

    def find_exact(self, name: str) -> list[int]:
        """Return the rows that carry this folded name, spaces or not."""
        return self._rows.get(compact_name(name), [])

    def find_beginning(self, name: str) -> list[int]:
        """Return the rows whose name begins with a folded text.

        From four letters on also those with a word inside that does.
        """
        key = compact_name(name)
        rows = _rows_with_prefix(self._beginnings, key)
        if len(key) >= _SHORTEST_INNER_WORD:
            rows += _rows_with_prefix(self._inner_beginnings, key)
        return list(dict.fromkeys(rows))

    def near(self, name: str, *, distance: int, rows: Iterable[int] | None = None) -> list[tuple[int, int]]:
        """Return (distance, row) of similar names, nearest first.

        Names at most `distance` typing errors away.

        A typing error is one letter too many, too few, wrong, or two neighbours swapped. `rows` restricts the names.
        """
        keys = self._keys if rows is None else list(dict.fromkeys(self.key(row) for row in rows))
        found = process.extract(compact_name(name), keys, scorer=OSA.distance, score_cutoff=distance, limit=None)
        return [(int(errors), row) for key, errors, _ in found for row in self._rows[key]]

    @cached_property
    def _keys(self) -> list[str]:
        return list(self._rows)

    @cached_property
    def _beginnings(self) -> list[tuple[str, int]]:
        return sorted((key, row) for key, rows in self._rows.items() for row in rows)

    @cached_property
    def _inner_beginnings(self) -> list[tuple[str, int]]:
        return sorted(
            ("".join(words[start:]), row)
            for row, words in enumerate(name.split() for name in self._folded)
            for start in range(1, len(words))
        )


def _rows_with_prefix(ordered: list[tuple[str, int]], prefix: str) -> list[int]:
    """Return the rows of the entries that begin with a prefix, in the order of their names."""
    first = bisect_left(ordered, (prefix, -1))
    last = bisect_left(ordered, (prefix + _LAST_LETTER, -1))
    return [row for _, row in ordered[first:last]]
