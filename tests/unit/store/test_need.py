"""Need is told where it is known; a gap stays a gap."""

import pyarrow as pa
from pyarrow import parquet

from geo.store.need import Need


def test_what_is_not_known_is_not_there(tmp_path):
    path = tmp_path / "need.parquet"
    known = {
        "nis_code": ["11001", "21004", "23009"],
        "deprivation_index_pct": [12.5, None, 0.0],
        "oki": [1.0, 2.0, 3.0],
    }
    parquet.write_table(pa.table(known), path)
    assert Need.from_parquet(path).deprivation_pct == {"11001": 12.5, "23009": 0.0}
