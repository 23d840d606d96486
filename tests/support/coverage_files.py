"""Files about coverage as others read them."""

import csv
import io
import json

import openpyxl

from geo.coverage import measure
from geo.coverage.files import export
from geo.coverage.files.records import rows_of
from geo.places import AreaLevel
from tests.support import tiny_demand
from tests.support.tiny_demand import TODAY


def asked(data, *, today=TODAY, **choices):
    """The report on houses of the child within 500 m, unless said otherwise."""
    return measure(data, tiny_demand.ask(**{"reach_m": 500.0, **choices}), today=today)


def by_name(report, level=AreaLevel.MUNICIPALITY):
    return {row["name_nl"]: row for row in rows_of(report, level)}


def csv_rows(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def table(book, sheet="Coverage"):
    head, *lines = book[sheet].iter_rows()
    return [{title.value: cell for title, cell in zip(head, line, strict=True)} for line in lines]


def collection(report, level, data):
    return json.loads(export.to_geojson(report, level, data))
