"""What typed texts mean in a land of six towns (see tests/support/tiny_flanders.py)."""

import pyarrow as pa
import pytest
from pyarrow import parquet

from geo.errors import DataError
from geo.places import Gazetteer
from geo.places.gazetteer import AmbiguousName, Match, UnknownName
from geo.places.place import PlaceKind
from geo.places.spelling import MAX_LENGTH, clean_text, fold_name
from tests.support import tiny_flanders


@pytest.fixture
def gazetteer():
    return tiny_flanders.gazetteer()


def found(gazetteer, text):
    answer = gazetteer.resolve(text)
    assert isinstance(answer, Match), answer
    return answer.place.id


def ids(places):
    return [place.id for place in places]


@pytest.mark.parametrize(
    "text",
    [
        "Aster",
        "aster",
        "  ASTER ",
        "Astère",
        "astere",
        "gemeente Aster",
        "stad Aster",
        "ville d'Aster",
        "Aster centrum",
    ],
)
def test_one_town_has_many_spellings(gazetteer, text):
    assert found(gazetteer, text) == "municipality:11001"


@pytest.mark.parametrize("text", ["Sint-Jan-Waas", "st jan waas", "St.-Jan-Waas", "SINT JAN  WAAS", "Saint-Jan Waas"])
def test_saints_may_be_short(gazetteer, text):
    assert found(gazetteer, text) == "submunicipality:23001C"


def test_one_name_inside_one_municipality_is_one_place_and_the_broadest_wins(gazetteer):
    assert gazetteer.resolve("Aster") == Match(gazetteer.by_id("municipality:11001"))
    assert gazetteer.resolve("Spar") == Match(gazetteer.by_id("former_municipality:23009"))


def test_a_municipality_wins_over_a_smaller_place_of_its_name_elsewhere(gazetteer):
    answer = gazetteer.resolve("Ceder")
    assert answer.place.id == "municipality:11003"
    assert ids(answer.alternatives) == ["submunicipality:11002C"]


def test_a_larger_place_of_its_name_makes_a_municipality_ambiguous():
    rows = [
        tiny_flanders.name_row("Tweeling", "municipality:1", "Aster", 2_000),
        tiny_flanders.name_row("Tweeling", "submunicipality:2", "Berk", 2_500),
    ]
    assert ids(Gazetteer.from_rows(rows).resolve("Tweeling").choices) == ["submunicipality:2", "municipality:1"]


def test_twenty_times_the_inhabitants_decides_between_places_of_one_name(gazetteer):
    answer = gazetteer.resolve("Linde")
    assert answer.place.id == "submunicipality:11001B"
    assert ids(answer.alternatives) == ["submunicipality:23002B"]


def test_places_of_comparable_size_are_for_the_reader_to_choose(gazetteer):
    answer = gazetteer.resolve("Wilg")
    assert isinstance(answer, AmbiguousName)
    assert answer.text == "Wilg"
    assert ids(answer.choices) == ["submunicipality:11002B", "submunicipality:23001B"]


@pytest.mark.parametrize(
    "text", ["Wilg (Den)", "Wilg, Den", "Wilg - Den", "wilg/den", "Wilg in Den", "deelgemeente Wilg, Den"]
)
def test_the_municipality_beside_a_name_decides(gazetteer, text):
    assert found(gazetteer, text) == "submunicipality:23001B"


@pytest.mark.parametrize("text", ["Den Wilg", "wilg den", "Wil Den"])
def test_a_municipality_beside_a_name_needs_no_comma(gazetteer, text):
    assert found(gazetteer, text) == "submunicipality:23001B"


@pytest.mark.parametrize("text", ["Linde (Aster, Zuid)", "Linde, België", "Linde (nergens)"])
def test_a_qualifier_that_says_nothing_is_ignored(gazetteer, text):
    assert found(gazetteer, text) == "submunicipality:11001B"


@pytest.mark.parametrize("text", ["Kerkstraat 12, Den", "Kerkstraat 12 (Den)"])
def test_of_an_address_the_town_is_enough(gazetteer, text):
    assert found(gazetteer, text) == "municipality:23001"


@pytest.mark.parametrize(
    "text", ["Aster station", "station Aster", "Gare d'Aster", "gare d'Astère", "treinstation aster"]
)
def test_a_station_is_meant_when_it_is_said(gazetteer, text):
    assert found(gazetteer, text) == "station:1"


def test_a_station_with_a_name_of_its_own_needs_no_word(gazetteer):
    assert found(gazetteer, "Aster Noord") == "station:2"


def test_a_town_without_a_station_is_better_than_nothing(gazetteer):
    assert found(gazetteer, "station Berk") == "municipality:11002"


@pytest.mark.parametrize(
    "text", ["1000", "B-1000", "1000 Aster", "Aster 1000", "Laan 5, 1000 Aster", "B1000 Aster", "1000 Nergens"]
)
def test_a_postcode_is_the_place_and_keeps_its_localities(gazetteer, text):
    place = gazetteer.resolve(text).place
    assert (place.id, place.kind, place.nis_code) == ("postcode:1000", PlaceKind.POSTCODE, "11001")
    assert place.places == ("Aster", "Linde")


def test_a_smaller_place_beside_a_postcode_is_the_place(gazetteer):
    assert found(gazetteer, "1000 Linde") == "submunicipality:11001B"
    assert found(gazetteer, "2500 Linde") == "submunicipality:23002B"


def test_a_postcode_shared_by_municipalities_is_ambiguous_until_one_is_named(gazetteer):
    assert ids(gazetteer.resolve("2500").choices) == ["postcode:2500", "postcode:2500-23003"]
    assert found(gazetteer, "2500 Fijnspar") == "postcode:2500-23003"


def test_a_postcode_and_a_town_that_contradict_each_other_are_ambiguous(gazetteer):
    assert ids(gazetteer.resolve("2000 Aster").choices) == ["postcode:2000", "municipality:11001"]


def test_a_number_that_is_no_postcode_is_not_in_the_way_of_a_name(gazetteer):
    assert found(gazetteer, "9999 Berk") == "municipality:11002"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("100", "postcode:1000"),
        ("10000", "postcode:1000"),
        ("2005", "postcode:2000"),
        ("0100", "postcode:1000"),
        ("1", "postcode:1000"),
    ],
)
def test_an_unknown_postcode_suggests_what_was_meant(gazetteer, text, first):
    answer = gazetteer.resolve(text)
    assert isinstance(answer, UnknownName)
    assert answer.suggestions[0].id == first
    assert len(answer.suggestions) <= 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Fijn", "municipality:23003"), ("Waas", "submunicipality:23001C"), ("Aste", "municipality:11001")],
)
def test_the_beginning_of_a_name_or_of_a_word_in_it_is_enough(gazetteer, text, expected):
    assert found(gazetteer, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Astre", "municipality:11001"),
        ("Fijnspaar", "municipality:23003"),
        ("Brek", "municipality:11002"),
        ("fynspar", "municipality:23003"),
    ],
)
def test_a_misspelt_name_is_found_when_nothing_comes_as_near(gazetteer, text, expected):
    assert found(gazetteer, text) == expected


def test_a_misspelt_name_between_two_places_gives_suggestions_largest_first():
    rows = [
        tiny_flanders.name_row("Molem", "municipality:1", "Aster", 3_000),
        tiny_flanders.name_row("Molen", "municipality:2", "Berk", 9_000),
    ]
    answer = Gazetteer.from_rows(rows).resolve("Moler")
    assert isinstance(answer, UnknownName)
    assert ids(answer.suggestions) == ["municipality:2", "municipality:1"]


def test_a_hamlet_does_not_win_over_a_town_that_is_one_error_farther():
    rows = [
        tiny_flanders.name_row("Merkem", "submunicipality:1", "Aster", 3_000),
        tiny_flanders.name_row("Merksum", "submunicipality:2", "Berk", 46_000),
    ]
    answer = Gazetteer.from_rows(rows).resolve("Mersem")
    assert isinstance(answer, UnknownName)
    assert set(ids(answer.suggestions)) == {"submunicipality:1", "submunicipality:2"}


def test_a_short_name_with_an_error_is_not_taken_for_a_hamlet():
    gazetteer = Gazetteer.from_rows([tiny_flanders.name_row("Rijkel", "locality:1", "Aster")])
    assert ids(gazetteer.resolve("Rijsel").suggestions) == ["locality:1"]


def test_old_spelling_is_read_as_the_new_one():
    gazetteer = Gazetteer.from_rows([tiny_flanders.name_row("Ruisbroek", "municipality:1", "Aster", 3_000)])
    assert found(gazetteer, "Ruysbroeck") == "municipality:1"


def test_foreign_names_are_understood():
    gazetteer = Gazetteer.from_rows([tiny_flanders.name_row("Brussel", "municipality:1", "Aster", 3_000)])
    assert found(gazetteer, "Brussels") == found(gazetteer, "Brüssel") == "municipality:1"


@pytest.mark.parametrize(
    "text", ["", "   ", "\0\u202e", "?!", "zzzzzz", "<script>alert(1)</script>", "'; DROP TABLE", "x" * 10_000]
)
def test_what_means_nothing_is_unknown(gazetteer, text):
    answer = gazetteer.resolve(text)
    assert isinstance(answer, UnknownName)
    assert len(answer.text) <= MAX_LENGTH


def test_one_letter_gives_the_largest_that_begin_so(gazetteer):
    assert ids(gazetteer.resolve("a").suggestions) == ["municipality:11001", "station:2"]


def test_suggestions_while_typing_put_the_exact_name_first_and_then_the_largest(gazetteer):
    assert ids(gazetteer.suggest_places("Den")) == ["municipality:23001"]
    assert ids(gazetteer.suggest_places("s", 2)) == ["former_municipality:23009", "submunicipality:23001C"]
    assert gazetteer.suggest_places("", 5) == gazetteer.suggest_places("a", 0) == ()


def test_a_position_knows_the_place_it_is_near_and_how_far(gazetteer):
    x, y = tiny_flanders.middle("Els")
    lon, lat = tiny_flanders._degrees(x + 300, y + 400)
    position = gazetteer.position(lon, lat)
    assert position.distance_m == pytest.approx(500, abs=0.01)
    assert position.near.nis_code == position.place.nis_code == "23002"
    assert (position.place.id, position.place.kind) == ("position", PlaceKind.POSITION)
    assert (position.place.x, position.place.y) == (pytest.approx(x + 300, abs=0.01), pytest.approx(y + 400, abs=0.01))
    assert gazetteer.nearest(lon, lat) == position.near


def test_a_position_takes_the_municipality_that_polygons_say(gazetteer):
    place = gazetteer.position(*tiny_flanders._degrees(*tiny_flanders.middle("Els")), nis_code="23001").place
    assert (place.nis_code, place.municipality_nl) == ("23001", "Den")


@pytest.mark.parametrize(("lon", "lat"), [(float("nan"), 51), (4, float("inf")), (181, 51), (4, 91), (4, -90)])
def test_impossible_degrees_are_no_position(gazetteer, lon, lat):
    assert gazetteer.position(lon, lat) is None
    assert gazetteer.nearest(lon, lat) is None


def test_ids_and_inhabitants(gazetteer):
    assert gazetteer.by_id("nowhere") is None
    assert gazetteer.population(gazetteer.by_id("municipality:11002")) == 30_000
    assert gazetteer.population(gazetteer.position(4.0, 51.0).place) == 0
    assert len(gazetteer) == len({place_id for _, place_id in gazetteer.names})


def test_a_place_in_an_unlisted_municipality_has_no_name_for_it():
    row = tiny_flanders.name_row("Los", "locality:los", "Aster")
    assert Gazetteer.from_rows([row]).resolve("Los").place.municipality_nl == ""


def test_the_table_on_disk_is_the_same_gazetteer(gazetteer, tmp_path):
    path = tmp_path / "gazetteer.parquet"
    parquet.write_table(pa.Table.from_pylist(tiny_flanders.name_rows()), path)
    read = Gazetteer.from_parquet(path)
    assert [read.by_id(place_id) for _, place_id in read.names] == [gazetteer.by_id(i) for _, i in gazetteer.names]


def test_a_table_that_is_no_gazetteer_is_refused_with_all_that_is_wrong():
    with pytest.raises(DataError) as error:
        Gazetteer({"name": ["Aster"], "kind": ["planet"]})
    assert {problem.field for problem in error.value.problems} > {"kind", "place_id", "population"}
    assert "planet is not a kind of place." in [str(problem.message) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("'s-Gravenwezel", "s gravenwezel"),
        ("’s Gravenwezel", "s gravenwezel"),
        ("O.-L.-V.-Waver", "onze lieve vrouw waver"),
        ("Ste-Agathe", "sint agathe"),
        ("Stekene", "stekene"),
        ("ÉÏ_ß", "ei ss"),
        ("٢٨٠٠", "2800"),
    ],
)
def test_folding(text, folded):
    assert fold_name(text) == folded


def test_cleaning_keeps_one_visible_line():
    assert clean_text(" a\u202eb\n\tc\0 ") == "a b c"
    assert len(clean_text("word " * 1000)) <= MAX_LENGTH


def test_the_beginning_of_a_station_is_enough_when_nothing_else_begins_or_sounds_so(gazetteer):
    assert found(gazetteer, "Noord") == "station:2"
