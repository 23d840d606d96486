"""The open format HSDS 3.0, in and out; no judgement of what a service is worth."""

from typing import TYPE_CHECKING

from geo.doors import open_door

if TYPE_CHECKING:
    from geo.hsds.read import read_directory, read_tables
    from geo.hsds.validate import problems_in
    from geo.hsds.write import package_bytes

__all__ = ["package_bytes", "problems_in", "read_directory", "read_tables"]

__getattr__ = open_door(
    __name__,
    {
        "package_bytes": "write",
        "problems_in": "validate",
        "read_directory": "read",
        "read_tables": "read",
    },
)
