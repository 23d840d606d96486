"""One spelling for phones, addresses, links and ids."""

import pytest

from geo.ingest.directory import normal


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("053 72 36 54", "+3253723654"),
        ("089 79 08 82", "+3289790882"),
        ("0468 24 34 74", "+32468243474"),
        ("078 150 100", "+3278150100"),
        ("02 482 05 72", "+3224820572"),
        ("106", "106"),
        ("1712", "1712"),
        ("011/80590", None),
        ("bel ons", None),
    ],
)
def test_phone(printed, expected):
    assert normal.normal_phone(printed) == expected


@pytest.mark.parametrize(
    ("printed", "number", "box"), [("9 bus 1", "9", "1"), ("5D", "5D", ""), ("80A", "80A", ""), ("", "", "")]
)
def test_house_number_and_box(printed, number, box):
    assert normal.split_house_number(printed) == normal.HouseNumber(number, box)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Huis van het Kind Geel",), "huis-van-het-kind-geel"),
        (("'s Gravenwinkelstraat", "3"), "s-gravenwinkelstraat-3"),
        (("Mariëndaalstraat", "", "35"), "mariendaalstraat-35"),
        (("CLBch@t",), "clbch-t"),
        (("a" * 79 + " bcd",), "a" * 79),
    ],
)
def test_slug(texts, expected):
    assert normal.make_slug(*texts) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("www.clb-kempen.be", "https://www.clb-kempen.be"),
        ("http://sint-clara.be", "http://sint-clara.be"),
        ("https://awel.be", "https://awel.be"),
        ("", ""),
    ],
)
def test_url_has_a_scheme(printed, expected):
    assert normal.normal_url(printed) == expected


def test_list_in_words():
    assert normal.list_in_words(["a"]) == "a"
    assert normal.list_in_words(["a", "b", "c"]) == "a, b en c"
