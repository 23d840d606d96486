"""What services there are, as read; not where people look for them, and no file format."""

from typing import TYPE_CHECKING

from geo.doors import open_door

if TYPE_CHECKING:
    from geo.directory.directory import Directory
    from geo.directory.service import Location, Service
    from geo.directory.service_types import SERVICE_TYPES, ServiceType

__all__ = ["SERVICE_TYPES", "Directory", "Location", "Service", "ServiceType"]

__getattr__ = open_door(
    __name__,
    {
        "Directory": "directory",
        "Location": "service",
        "SERVICE_TYPES": "service_types",
        "Service": "service",
        "ServiceType": "service_types",
    },
)
