"""Columns of coverage tables: names in files, titles and meanings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.coverage.measures import Unit
from geo.coverage.peers import PEERS_DEFINITION
from geo.messages import N_


class CellKind(StrEnum):
    """Kind of the cells of a column.

    `value` is in the unit of the measure.
    """

    TEXT = "text"
    FLAG = "flag"
    COUNT = "count"
    CHILDREN = "children"
    VALUE = "value"
    METRES = "metres"
    SHARE = "share"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a coverage table.

    `name` in files never changes; `title` and `meaning` are English messages.
    """

    name: str
    kind: CellKind
    title: str
    meaning: str


COLUMNS = (
    TableColumn(
        "code",
        CellKind.TEXT,
        N_("Code"),
        N_("REFNIS code of 1 January 2025, or the code of the primary care zone. Empty for everything together."),
    ),
    TableColumn("name_nl", CellKind.TEXT, N_("Name in Dutch"), N_("Name of the area in Dutch.")),
    TableColumn("name_fr", CellKind.TEXT, N_("Name in French"), N_("Name of the area in French.")),
    TableColumn("level", CellKind.TEXT, N_("Level"), N_("Whether it is a municipality or a larger area.")),
    TableColumn(
        "is_partial",
        CellKind.FLAG,
        N_("In part"),
        N_("Whether only those of its municipalities are counted that lie in the area that was asked for."),
    ),
    TableColumn(
        "children",
        CellKind.CHILDREN,
        N_("Children"),
        N_("Children of the chosen ages, by the official counts per municipality."),
    ),
    TableColumn(
        "value",
        CellKind.VALUE,
        N_("Value"),
        N_(
            "What the measure says, as far as our records go. Empty where the state is unknown. In larger areas the "
            "children of municipalities whose state is unknown count as the records say."
        ),
    ),
    TableColumn(
        "low",
        CellKind.VALUE,
        N_("At least"),
        N_("The least that the value can be, wherever doors stand that we know only roughly or not at all."),
    ),
    TableColumn(
        "high",
        CellKind.VALUE,
        N_("At most"),
        N_("The most that the value can be, likewise. Empty where nothing limits it."),
    ),
    TableColumn("unit", CellKind.TEXT, N_("Unit"), N_("What value, least and most count.")),
    TableColumn(
        "p90_m",
        CellKind.METRES,
        N_("Nine in ten within (m)"),
        N_("Metres within which nine children in ten have their nearest service. Only with the measure of distance."),
    ),
    TableColumn(
        "children_reached",
        CellKind.CHILDREN,
        N_("Children reached"),
        N_("Children for whom there is any service: for their municipality, or within reach. An estimate."),
    ),
    TableColumn("state", CellKind.TEXT, N_("State"), N_("Whether children are reached; see the states.")),
    TableColumn(
        "municipalities_reached",
        CellKind.COUNT,
        N_("Municipalities reached"),
        N_("Municipalities of the area where children are reached."),
    ),
    TableColumn(
        "municipalities_not_reached",
        CellKind.COUNT,
        N_("Municipalities not reached"),
        N_("Municipalities of the area where no child is reached."),
    ),
    TableColumn(
        "municipalities_unknown",
        CellKind.COUNT,
        N_("Municipalities unknown"),
        N_("Municipalities of the area of which we do not know it."),
    ),
    TableColumn(
        "children_in_reached",
        CellKind.CHILDREN,
        N_("Children in municipalities reached"),
        N_("All children of the municipalities where some are reached."),
    ),
    TableColumn(
        "children_in_not_reached",
        CellKind.CHILDREN,
        N_("Children in municipalities not reached"),
        N_("All children of the municipalities where none is reached."),
    ),
    TableColumn(
        "children_in_unknown",
        CellKind.CHILDREN,
        N_("Children in municipalities unknown"),
        N_("All children of the municipalities of which we do not know it."),
    ),
    TableColumn(
        "is_small",
        CellKind.FLAG,
        N_("Fewer than 50 children"),
        N_("The value of so few children says little. It is marked and not ranked."),
    ),
    TableColumn(
        "rank",
        CellKind.COUNT,
        N_("Rank"),
        N_(
            "1 is the best covered; equal values share a rank. Small and unknown areas have none, and where the "
            "measure is dependence on one service those where nobody is reached."
        ),
    ),
    TableColumn("records", CellKind.COUNT, N_("Records"), N_("Services in the list that the row rests on.")),
    TableColumn(
        "records_fresh",
        CellKind.COUNT,
        N_("Fresh records"),
        N_("Those whose source was at most 12 months old on the day of the report."),
    ),
    TableColumn(
        "records_located", CellKind.COUNT, N_("Records with a door"), N_("Those with a known place on the map.")
    ),
    TableColumn(
        "records_high_confidence",
        CellKind.COUNT,
        N_("Records of high confidence"),
        N_("Those whose source can be trusted most."),
    ),
    TableColumn(
        "deprivation_pct",
        CellKind.PERCENT,
        N_("Births in deprived families (%)"),
        N_(
            "The deprivation index (kansarmoede-index). Empty where it is not known: in Brussels and in most merged "
            "municipalities."
        ),
    ),
    TableColumn("peers", CellKind.TEXT, N_("Peers"), PEERS_DEFINITION),
    TableColumn(
        "peers_value",
        CellKind.VALUE,
        N_("Value of the peers"),
        N_("What the measure says of the children of all peers together."),
    ),
    TableColumn(
        "neighbour",
        CellKind.TEXT,
        N_("Where most go"),
        N_(
            "The municipality where most of those children find their nearest service who find it in another "
            "municipality. Only with that measure."
        ),
    ),
    TableColumn(
        "neighbour_share", CellKind.SHARE, N_("Share that goes there"), N_("Those children as a share of all children.")
    ),
)

BOUNDS_TEXT = N_(
    "At least and at most: doors of which we only know the village or district may stand anywhere in it, doors that we "
    "do not know at all anywhere in their municipality or in the area that the service is for. Services that are not "
    "in the list are outside these bounds."
)

UNIT_NAMES = {
    Unit.SHARE: N_("share of the children"),
    Unit.METRES: N_("metres"),
    Unit.PER_THOUSAND: N_("services per 1,000 children"),
}

LIMIT_TEXTS = (
    N_("Distances are straight lines from the middle of a statistical sector; roads are longer."),
    N_(
        "How the children of a municipality are spread over its sectors is an estimate. Where it could be checked, 6 "
        "to 8 in 100 children of a large, uneven city stood in the wrong sector and 1 to 2 in 100 in the wrong former "
        "municipality."
    ),
    N_("The reach is a choice of whoever asks, not an official norm for this offer."),
    N_("Nobody has a complete list: what is not in it is unknown, never absent."),
)
"""What every number of coverage must be read with."""
