"""Every link, file and command that a request ever gave stays what it was, and means what it meant."""

import json

import pytest

from tests.golden.requests import make


@pytest.mark.parametrize("kind", list(make.KINDS))
def test_requests_say_what_they_said(kind):
    known = [json.loads(line) for line in (make.HERE / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]
    now = [json.loads(line) for line in make.written(kind).splitlines()]
    assert len(known) == len(now) == 2 * make.MANY
    for then, today in zip(known, now, strict=True):
        assert list(today) == list(then)
        assert today == then
        assert [list(today[part]) for part in ("json", "link") if part in today] == [
            list(then[part]) for part in ("json", "link") if part in then
        ], "the order counts too"
