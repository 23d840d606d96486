"""The tab that proposes networks; solving is in `geo.networks`."""
