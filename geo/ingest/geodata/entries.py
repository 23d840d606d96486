"""One searchable place on its way into the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.places.place import PlaceKind
from geo.places.spelling import fold_name


@dataclass(slots=True, kw_only=True)
class Entry:
    """A place with all its names.

    `name_nl` and `name_fr` are shown; `names` holds (name as people write it, language or ""). `x`, `y` are
    EPSG:3812 metres; `population` is 0 where unknown.
    """

    place_id: str
    name_nl: str
    name_fr: str
    nis_code: str
    x: float
    y: float
    population: int = 0
    places: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kind(self) -> PlaceKind:
        """What stands before the colon of the id."""
        return PlaceKind(self.place_id.split(":")[0])

    def add_name(self, name: str, language: str = "") -> None:
        """Add a name unless the place already carries it in some spelling."""
        if name and fold_name(name) not in {fold_name(known) for known, _ in self.names}:
            self.names.append((name, language))


class KnownNames:
    """Index of entries by name inside a municipality.

    The first entry that claims a name keeps it.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entry_of: dict[tuple[str, str], Entry] = {}
        for entry in entries:
            for name, _ in entry.names:
                self.claim_name(name, entry)

    def claim_name(self, name: str, entry: Entry) -> bool:
        """Claim a name in the entry's municipality for that entry.

        Return False when another has it.
        """
        return self._entry_of.setdefault((fold_name(name), entry.nis_code), entry) is entry

    def find(self, name: str, nis_code: str) -> Entry | None:
        """Return the entry of that name in that municipality."""
        return self._entry_of.get((fold_name(name), nis_code))

    def find_beginning_of(self, name: str, nis_code: str) -> Entry | None:
        """Return the entry whose name begins a longer one.

        Sinaai for Sinaai-Waas, Heist for Heist-aan-Zee.
        """
        words = fold_name(name).split()
        for length in range(len(words) - 1, 0, -1):
            entry = self._entry_of.get((" ".join(words[:length]), nis_code))
            if entry is not None and entry.kind is not PlaceKind.MUNICIPALITY:
                return entry
        return None
