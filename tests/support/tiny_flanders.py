"""A land small enough to know by heart.

Six square municipalities with sides of 1 km, three in the province of Zuid and three in Noord above it:

    Den    Els    Fijnspar      (Noord, 20001)
    Aster  Berk   Ceder         (Zuid, 10000)

The point of each is the middle of its square, so Aster and Berk are 1,000 m apart, Aster and Ceder 2,000 m.
Ten services; their names end in what is special about them.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from geo.ages import AgeRange
from geo.crs import to_drawing
from geo.directory import SERVICE_TYPES, Directory, Location, Service, ServiceType
from geo.directory.service import Address, Confidence, Precision, ServiceArea, Status
from geo.opening import Schedule
from geo.places import Gazetteer, Municipalities, Place
from geo.places.gazetteer import Match
from geo.places.municipalities import Municipality
from geo.places.place import ServiceAreaLevel

ORIGIN = (600_000.0, 700_000.0)
TUESDAY_TEN = dt.datetime(2025, 6, 3, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))
PROVINCES = {"10000": "Zuid", "20001": "Noord"}
SQUARES = {  # name: nis, column, row, inhabitants
    "Aster": ("11001", 0, 0, 60_000),
    "Berk": ("11002", 1, 0, 30_000),
    "Ceder": ("11003", 2, 0, 2_000),
    "Den": ("23001", 0, 1, 20_000),
    "Els": ("23002", 1, 1, 8_000),
    "Fijnspar": ("23003", 2, 1, 5_000),
}
NIS = {name: nis for name, (nis, *_) in SQUARES.items()}
EVERYWHERE = (
    ServiceArea("02000", "Vlaams Gewest", ServiceAreaLevel.EVERYWHERE),
    ServiceArea("04000", "Brussels Hoofdstedelijk Gewest", ServiceAreaLevel.EVERYWHERE),
)


@dataclass(frozen=True, eq=False)
class TinyDataset:
    municipalities: Municipalities
    gazetteer: Gazetteer
    directory: Directory

    def place(self, text: str) -> Place:
        found = self.gazetteer.resolve(text)
        assert isinstance(found, Match), text
        return found.place


def middle(name: str) -> tuple[float, float]:
    _, column, row, _ = SQUARES[name]
    return ORIGIN[0] + 1000.0 * column + 500.0, ORIGIN[1] + 1000.0 * row + 500.0


def municipalities() -> Municipalities:
    return Municipalities.from_rows(_municipality(name) for name in SQUARES)


def _municipality(name: str) -> Municipality:
    nis, _, row, inhabitants = SQUARES[name]
    x, y = middle(name)
    lon, lat = _degrees(x, y)
    province = list(PROVINCES)[row]
    return Municipality(
        nis_code=nis,
        name_nl=name,
        name_fr=name,
        arrondissement_code="",
        arrondissement_nl="",
        arrondissement_fr="",
        province_code=province,
        province_nl=PROVINCES[province],
        province_fr=PROVINCES[province],
        region_code="02000",
        region_nl="Vlaams Gewest",
        region_fr="Région flamande",
        primary_care_zone_code="",
        primary_care_zone_name="",
        lon=lon,
        lat=lat,
        x=x,
        y=y,
        population=inhabitants,
        area_km2=1.0,
    )


def _degrees(x: float, y: float) -> tuple[float, float]:
    lon, lat = to_drawing(x, y)
    return float(lon), float(lat)


def location(
    square: str,
    east: float = 0.0,
    north: float = 0.0,
    *,
    precision: Precision = Precision.ADDRESS,
    street: str = "Laan",
) -> Location:
    """A location so many metres from the middle of a square, or, by `Precision.MUNICIPALITY`, nowhere in it."""
    nis = NIS[square]
    if precision is Precision.MUNICIPALITY:
        return Location(id=f"somewhere-in-{square.lower()}", precision=precision, nis_code=nis)
    x, y = middle(square)
    return at(x + east, y + north, nis, precision=precision, street=street)


def at(
    x: float, y: float, nis: str = "", *, precision: Precision = Precision.ADDRESS, street: str = "Laan"
) -> Location:
    lon, lat = _degrees(x, y)
    address = Address(street=street, house_number="1" if street else "")
    return Location(
        id=f"{x:.0f}-{y:.0f}", precision=precision, nis_code=nis, lon=lon, lat=lat, x=x, y=y, address=address
    )


def areas(*names: str) -> tuple[ServiceArea, ...]:
    """Service areas by the name of a municipality or province."""
    provinces = {name: code for code, name in PROVINCES.items()}
    return tuple(
        ServiceArea(provinces[name], name, ServiceAreaLevel.PROVINCE)
        if name in provinces
        else ServiceArea(NIS[name], name, ServiceAreaLevel.MUNICIPALITY)
        for name in names
    )


def service(service_id: str, kind: ServiceType, **known: object) -> Service:
    """A service with the ages of its type and otherwise only what is said."""
    values: dict[str, object] = {"name": service_id, "ages": SERVICE_TYPES[kind].ages, **known}
    return Service(id=service_id, service_type=kind, **values)  # type: ignore[arg-type]


def opening(*days: str, opens: int = 9, closes: int = 12) -> tuple[Schedule, ...]:
    return (Schedule(freq="WEEKLY", byday=days, opens_at=dt.time(opens), closes_at=dt.time(closes)),)


def services() -> tuple[Service, ...]:
    kind = ServiceType
    return (
        service(
            "house-300-m",
            kind.HOUSE_OF_THE_CHILD,
            locations=(location("Aster", east=300),),
            service_areas=areas("Aster"),
            is_free=True,
            needs_appointment=False,
            schedules=opening("TU"),
            languages=("nl", "fr"),
        ),
        service(
            "shop-for-two-towns",
            kind.PARENTING_SHOP,
            locations=(location("Berk"),),
            service_areas=areas("Aster", "Berk"),
            is_free=True,
            needs_appointment=True,
            schedules=opening("WE"),
            languages=("nl",),
        ),
        service(
            "team-in-a-locality",
            kind.IAPSC_TEAM,
            locations=(location("Ceder", precision=Precision.LOCALITY, street=""),),
            service_areas=areas("Ceder"),
        ),
        service("play-without-area", kind.PLAY_AND_ENCOUNTER, locations=(location("Den"),), is_free=False),
        service("mobile-for-a-province", kind.MOBILE_SUPPORT, service_areas=areas("Noord"), is_free=True),
        service(
            "clinic-somewhere",
            kind.COUNSELLING_CENTRE,
            locations=(location("Fijnspar", precision=Precision.MUNICIPALITY),),
        ),
        service("line-everywhere", kind.PARENTING_LINE, service_areas=EVERYWHERE),
        service(
            "centre-for-professionals",
            kind.PROVINCIAL_CENTRE,
            locations=(location("Aster", north=200),),
            service_areas=areas("Zuid"),
        ),
        service(
            "lead-100-m",
            kind.PLAY_AND_ENCOUNTER,
            locations=(location("Aster", north=-100),),
            service_areas=areas("Aster"),
            confidence=Confidence.LOW,
        ),
        service(
            "clb-two-doors",
            kind.PUPIL_GUIDANCE_CENTRE,
            locations=(location("Els"), location("Aster", east=-300, north=400)),
            service_areas=areas("Aster", "Els"),
            ages=AgeRange(30, 216),
            ages_stated=True,
        ),
    )


def stopped(status: Status) -> Service:
    return service(
        "no-longer-there",
        ServiceType.HOUSE_OF_THE_CHILD,
        locations=(location("Aster"),),
        service_areas=areas("Aster"),
        status=status,
    )


def name_row(name: str, place_id: str, square: str, population: int = 0, **other: object) -> dict[str, object]:
    """One row of the gazetteer's table, at the middle of a square."""
    x, y = middle(square)
    lon, lat = _degrees(x, y)
    row: dict[str, object] = {
        "name": name,
        "language": "nl",
        "place_id": place_id,
        "kind": place_id.partition(":")[0],
        "name_nl": name,
        "name_fr": name,
        "nis_code": NIS[square],
        "lon": lon,
        "lat": lat,
        "x": x,
        "y": y,
        "population": population,
        "places": "",
    }
    return row | other


def name_rows() -> list[dict[str, object]]:
    towns = [name_row(name, f"municipality:{nis}", name, people) for name, (nis, *_, people) in SQUARES.items()]
    return [
        *towns,
        name_row("Astère", "municipality:11001", "Aster", 60_000, language="fr"),
        name_row("1000", "postcode:1000", "Aster", name_nl="1000 Aster", places="Aster; Linde"),
        name_row("1010", "postcode:1010", "Aster", name_nl="1010 Aster", places="Olm"),
        name_row("2000", "postcode:2000", "Berk", name_nl="2000 Berk", places="Berk"),
        name_row("2500", "postcode:2500", "Els", name_nl="2500 Els"),
        name_row("2500", "postcode:2500-23003", "Fijnspar", name_nl="2500 Fijnspar"),
        name_row("Aster", "submunicipality:11001A", "Aster", 50_000),
        name_row("Aster", "station:1", "Aster", name_nl="Aster (station)"),
        name_row("Aster-Noord", "station:2", "Aster"),
        name_row("Linde", "submunicipality:11001B", "Aster", 10_000),
        name_row("Linde", "submunicipality:23002B", "Els", 400),
        name_row("Wilg", "submunicipality:11002B", "Berk", 3_000),
        name_row("Wilg", "submunicipality:23001B", "Den", 2_000),
        name_row("Ceder", "submunicipality:11002C", "Berk", 500),
        name_row("Olm", "locality:1010-olm", "Aster"),
        name_row("Sint-Jan-Waas", "submunicipality:23001C", "Den", 900),
        name_row("Spar", "former_municipality:23009", "Fijnspar", 3_000),
        name_row("Spar", "submunicipality:23003A", "Fijnspar", 3_000),
    ]


def gazetteer() -> Gazetteer:
    return Gazetteer.from_rows(name_rows())


def dataset(*extra: Service) -> TinyDataset:
    """The land with its ten services, and more."""
    return TinyDataset(municipalities(), gazetteer(), Directory.from_services([*services(), *extra]))
