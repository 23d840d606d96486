"""Find the place that a typed text means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.parquet import read_columns
from geo.places import readings, spelling
from geo.places.gazetteer_table import BREADTH, COLUMNS, PlaceTable, Position
from geo.places.name_index import NameIndex
from geo.places.place import Place, PlaceKind
from geo.places.readings import Reading

DOMINANCE_RATIO = 20
"""A place with this many times every other's inhabitants is meant."""
MOST_CHOICES = 10
MOST_SUGGESTIONS = 5
_TOWNS = (PlaceKind.MUNICIPALITY, PlaceKind.FORMER_MUNICIPALITY)
_SHORTEST_PREFIX = 3
_MOST_ERRORS = 4
_WELL_KNOWN = 5_000
_LETTERS_PER_ERROR = (4, 7, 10)  # one error from four letters on, two from seven, three from ten


@dataclass(frozen=True, slots=True)
class Match:
    """The text means `place`; `alternatives` fit it too, largest first."""

    place: Place
    alternatives: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """The text fits several places, largest first; the reader must choose."""

    text: str
    choices: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class UnknownName:
    """The text fits no place; `suggestions` come near it, best first."""

    text: str
    suggestions: tuple[Place, ...] = ()


Resolution = Match | AmbiguousName | UnknownName


class Gazetteer:
    """All names that can be searched for; immutable once made.

    Parameters
    ----------
    columns : mapping of column name to values, all of one length
        The columns of `COLUMNS`, one entry per searchable name; a place with several names has several entries.

    Raises
    ------
    DataError
        When a column is missing or a kind of place is unknown.
    """

    def __init__(self, columns: Mapping[str, Sequence[object]]) -> None:
        self._table = PlaceTable(columns)
        self._index = NameIndex(self._table.names)

    @classmethod
    def from_parquet(cls, path: Path) -> Gazetteer:
        """Return the gazetteer of `data/gazetteer.parquet`."""
        return cls(read_columns(path))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, object]]) -> Gazetteer:
        """Return the gazetteer of rows with the keys of `COLUMNS`."""
        listed = list(rows)
        return cls({column: [row[column] for row in listed] for column in COLUMNS})

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._table.row_of)

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Every searchable name with its place id, in table order."""
        return tuple(zip(self._table.names, self._table.ids, strict=True))

    def by_id(self, place_id: str) -> Place | None:
        """Return the place with this id, or None."""
        row = self._table.row_of.get(place_id)
        return None if row is None else self._table.place(row)

    def population(self, place: Place) -> int:
        """Return the inhabitants of a place as far as known, else 0."""
        row = self._table.row_of.get(place.id)
        return 0 if row is None else self._table.population(row)

    def nearest(self, lon: float, lat: float) -> Place | None:
        """Return the nearest municipality, deelgemeente or locality; None for impossible degrees."""
        position = self.position(lon, lat)
        return None if position is None else position.near

    def position(self, lon: float, lat: float, *, nis_code: str = "") -> Position | None:
        """Return exact coordinates (EPSG:4326 degrees) and the nearest named place.

        Parameters
        ----------
        lon, lat : float
            Anywhere; a point far from every place is answered with its distance, None only when the degrees
            are not on the globe.
        nis_code : str
            The municipality the point lies in, when the caller knows it from polygons; otherwise that of the
            nearest deelgemeente or locality is taken, which can be wrong close to a border.
        """
        return self._table.position(lon, lat, nis_code=nis_code)

    def suggest_places(self, prefix: str, limit: int = 10) -> tuple[Place, ...]:
        """Return places by prefix of a name's word, exact first, largest next."""
        name = spelling.fold_name(spelling.clean_text(prefix))
        if not name or limit <= 0:
            return ()
        rows = [*self._order_rows(self._index.find_exact(name)), *self._order_rows(self._index.find_beginning(name))]
        return self._places(rows)[:limit]

    def resolve(self, text: str) -> Resolution:
        """Resolve a text to a place, places to choose or nearest names.

        Parameters
        ----------
        text : str
            Anything; the first 100 characters count. Accents, hyphens, capitals and "St." do not matter.
            "Station", "gemeente", a postcode, and a municipality in brackets or after a comma are understood.

        Notes
        -----
        Tried in this order: exactly this name; the beginning of a name or of a word in it; a part of the text;
        a misspelt name. What carries one name inside one municipality is one place, of which the broadest is
        taken. A municipality wins over smaller places of its name elsewhere, a place over all those with at most a
        twentieth of its inhabitants, a station over nothing. A misspelt name is found only when no other comes
        as near to it.
        """
        cleaned = spelling.clean_text(text)
        whole = spelling.fold_name(cleaned)
        if exact := self._index.find_exact(whole):
            return self._decide_place(cleaned, exact, same_name=True)
        if postcode := spelling.split_postcode(whole):
            return self._resolve_postcode(cleaned, *postcode)
        if not whole:
            return UnknownName(cleaned)
        digits = spelling.compact_name(whole)
        return self._resolve_digits(cleaned, digits) if digits.isdecimal() else self._resolve_name(cleaned, cleaned)

    def _resolve_name(self, text: str, name: str) -> Resolution:
        """Try the ways to read the name in a text, from the surest to the boldest."""
        ways = readings.readings_of(name)
        for reading in ways.meant:
            if rows := self._filter_rows(self._rows_exact(reading), reading):
                return self._decide_place(text, rows, same_name=True)
        begun = [
            (reading, self._rows_beginning(reading)) for reading in ways.meant if len(reading.name) >= _SHORTEST_PREFIX
        ]
        for reading, rows in begun:
            if wanted := [row for row in rows if reading.kinds or self._table.kinds[row] is not PlaceKind.STATION]:
                return self._decide_place(text, wanted, same_name=False)
        for reading in ways.fallbacks:
            if rows := self._index.find_exact(reading.name):
                return self._decide_place(text, rows, same_name=True)
        misspelt = self._resolve_misspelt(text, ways.meant)
        stations = next((rows for _, rows in begun if rows), [])
        if isinstance(misspelt, UnknownName) and stations:
            return self._decide_place(text, stations, same_name=False)
        return misspelt

    def _rows_beginning(self, reading: Reading) -> list[int]:
        return self._filter_rows(self._index.find_beginning(reading.name), reading)

    def _rows_exact(self, reading: Reading) -> list[int]:
        """Return the rows that carry the name; a station is also found by its town's name in another language."""
        rows = self._index.find_exact(reading.name)
        if PlaceKind.STATION not in reading.kinds or any(self._table.kinds[row] in reading.kinds for row in rows):
            return rows
        return [
            same for row in rows for same in self._index.find_exact(spelling.fold_name(self._table.place(row).name_nl))
        ]

    def _filter_rows(self, rows: Sequence[int], reading: Reading) -> list[int]:
        """Keep the rows of the kinds that are meant, and of the municipality that is meant where any lies in it."""
        kinds, codes = self._table.kinds, self._table.nis_codes
        kept = [row for row in rows if not reading.kinds or kinds[row] in reading.kinds]
        if not reading.within:
            return kept
        around = self._index.find_exact(reading.within)
        if reading.strictly:
            towns = {codes[row] for row in around if kinds[row] in _TOWNS}
            return [row for row in kept if codes[row] in towns and kinds[row] is not PlaceKind.MUNICIPALITY]
        return [row for row in kept if codes[row] in {codes[other] for other in around}] or kept

    def _resolve_misspelt(self, text: str, ways: Sequence[Reading]) -> Match | UnknownName:
        """Return the one name that a misspelt text comes nearest to, or suggestions."""
        all_near: list[tuple[int, int]] = []
        for reading in (way for way in ways if not way.strictly):
            found = self._index.near(reading.name, distance=_MOST_ERRORS)
            allowed = set(self._filter_rows([row for _, row in found], reading))
            near = [(errors, row) for errors, row in found if row in allowed]
            if clear := self._clear_winner(spelling.compact_name(reading.name), near):
                return clear
            all_near += near
        return UnknownName(text, self._suggest_near(spelling.fold_name(text), all_near))

    def _clear_winner(self, key: str, near: Sequence[tuple[int, int]]) -> Match | None:
        """Return the place that no other comes as near as.

        None when it is far, begins with another letter, is short and little known, or when a larger place is only
        one typing error farther.
        """
        least = min((errors for errors, _ in near), default=_MOST_ERRORS)
        rows = [row for errors, row in near if errors == least]
        if least > 1:
            rows = [row for row in rows if self._index.key(row).startswith(key[0])]
        bearable = _bearable_errors(len(key))
        if least > bearable or not rows:
            return None
        decided = self._decide_place(key, rows, same_name=False)
        rivals = [self._table.weight(row) for errors, row in near if errors == least + 1 <= bearable]
        if isinstance(decided, AmbiguousName):
            return None
        known = self.population(decided.place)
        is_sure = known >= _WELL_KNOWN or len(key) >= _LETTERS_PER_ERROR[1]
        return decided if is_sure and known >= max(rivals, default=0) else None

    def _suggest_near(self, name: str, near: Sequence[tuple[int, int]]) -> tuple[Place, ...]:
        """Return what begins so, then the names with the fewest typing errors, then those of single words."""
        bearable = max(1, len(spelling.compact_name(name)) // 2)
        pairs = sorted((errors, -self._table.weight(row), row) for errors, row in near if errors <= bearable)
        words = [word for word in name.split() if len(word) >= _SHORTEST_PREFIX]
        of_words = [row for word in words for row in self._order_rows(self._index.find_exact(word))]
        begun = self._order_rows(self._index.find_beginning(name))
        return self._places([*begun, *(row for *_, row in pairs), *of_words])[:MOST_SUGGESTIONS]

    def _resolve_postcode(self, text: str, before: str, postcode: str, after: str) -> Resolution:
        """Resolve a text with a postcode in it: the name beside it where the two agree, otherwise the postcode."""
        area = [row for row in self._index.find_exact(postcode) if self._table.kinds[row] is PlaceKind.POSTCODE]
        if not area:
            return (
                self._resolve_name(text, after or before) if after or before else self._resolve_digits(text, postcode)
            )
        beside = [rows for name in (after, before) if (rows := self._index.find_exact(name))]
        around = {self._table.nis_codes[row] for row in area}
        for rows in beside:
            agreed = [row for row in rows if self._table.nis_codes[row] in around]
            towns = {self._table.nis_codes[row] for row in agreed if self._table.kinds[row] is PlaceKind.MUNICIPALITY}
            if agreed:
                narrower = [row for row in area if self._table.nis_codes[row] in towns]
                return self._decide_place(text, narrower or agreed, same_name=True)
        if beside:
            return AmbiguousName(text, self._places([*area, *self._order_rows(beside[0])])[:MOST_CHOICES])
        return self._decide_place(text, area, same_name=True)

    def _resolve_digits(self, text: str, digits: str) -> UnknownName:
        """Suggest postcodes that begin so, then those one typing error away, then those next in number."""
        rows = [row for row in self._table.row_of.values() if self._table.kinds[row] is PlaceKind.POSTCODE]
        longer = [row for row in rows if self._index.key(row).startswith(digits)]
        typed = [row for _, row in self._index.near(digits, distance=1, rows=rows)] if len(digits) > 2 else []
        wanted = int(digits[:4])
        beside = sorted(rows, key=lambda row: (abs(int(self._index.key(row)) - wanted), row)) if len(digits) > 3 else []
        typed.sort(key=lambda row: (abs(int(self._index.key(row)) - wanted), row))
        begun = longer[:3] if typed or beside else longer
        return UnknownName(text, self._places([*begun, *typed[:3], *beside])[:MOST_SUGGESTIONS])

    def _decide_place(self, text: str, rows: Sequence[int], *, same_name: bool) -> Match | AmbiguousName:
        """Return the one place among rows that fit a text, or all of them to choose from."""
        ordered = self._order_rows(rows)
        towns = [row for row in ordered if self._table.kinds[row] is PlaceKind.MUNICIPALITY]
        weights = [self._table.weight(row) for row in ordered]
        largest_town_alone = same_name and len(towns) == 1 and towns[0] == ordered[0]
        dominant = len(ordered) == 1 or (weights[0] > 0 and weights[0] >= DOMINANCE_RATIO * weights[1])
        places = self._places(ordered)
        if largest_town_alone or dominant:
            return Match(places[0], places[1 : MOST_CHOICES + 1])
        return AmbiguousName(text, places[:MOST_CHOICES])

    def _order_rows(self, rows: Iterable[int]) -> list[int]:
        """Return one row per place, the broadest of each name inside a municipality, largest first."""
        broadest: dict[tuple[str, str], int] = {}
        for row in sorted(rows, key=lambda row: (BREADTH[self._table.kinds[row]], row)):
            broadest.setdefault((self._table.nis_codes[row], self._index.key(row)), row)
        once = {self._table.ids[row]: row for row in reversed(broadest.values())}
        return sorted(once.values(), key=lambda row: (-self._table.weight(row), BREADTH[self._table.kinds[row]], row))

    def _places(self, rows: Iterable[int]) -> tuple[Place, ...]:
        return tuple(dict.fromkeys(self._table.place(row) for row in rows))


def _bearable_errors(length: int) -> int:
    """Return the typing errors up to which a name of some letters is still taken for another."""
    return sum(length >= enough for enough in _LETTERS_PER_ERROR)
