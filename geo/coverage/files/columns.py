"""The columns of a table of coverage: their names in files, and what they mean in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.coverage.measures import Unit
from geo.coverage.peers import DEFINITION as PEERS_DEFINITION
from geo.messages import N_


class Kind(StrEnum):
    """What the cells of a column hold; `value` is in the unit of the measure."""

    TEXT = "text"
    FLAG = "flag"
    COUNT = "count"
    CHILDREN = "children"
    VALUE = "value"
    METRES = "metres"
    SHARE = "share"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` in files never changes; `title` and `meaning` are English messages."""

    name: str
    kind: Kind
    title: str
    meaning: str


COLUMNS = (
    Column(
        "code",
        Kind.TEXT,
        N_("Code"),
        N_("REFNIS code of 1 January 2025, or the code of the primary care zone. Empty for everything together."),
    ),
    Column("name_nl", Kind.TEXT, N_("Name in Dutch"), N_("Name of the area in Dutch.")),
    Column("name_fr", Kind.TEXT, N_("Name in French"), N_("Name of the area in French.")),
    Column("level", Kind.TEXT, N_("Level"), N_("Whether it is a municipality or a larger area.")),
    Column(
        "is_partial",
        Kind.FLAG,
        N_("In part"),
        N_("Whether only those of its municipalities are counted that lie in the area that was asked for."),
    ),
    Column(
        "children",
        Kind.CHILDREN,
        N_("Children"),
        N_("Children of the chosen ages, by the official counts per municipality."),
    ),
    Column(
        "value",
        Kind.VALUE,
        N_("Value"),
        N_(
            "What the measure says, as far as our records go. Empty where the state is unknown. In larger areas the "
            "children of municipalities whose state is unknown count as the records say."
        ),
    ),
    Column(
        "low",
        Kind.VALUE,
        N_("At least"),
        N_("The least that the value can be, wherever doors stand that we know only roughly or not at all."),
    ),
    Column(
        "high",
        Kind.VALUE,
        N_("At most"),
        N_("The most that the value can be, likewise. Empty where nothing limits it."),
    ),
    Column("unit", Kind.TEXT, N_("Unit"), N_("What value, least and most count.")),
    Column(
        "p90_m",
        Kind.METRES,
        N_("Nine in ten within (m)"),
        N_("Metres within which nine children in ten have their nearest service. Only with the measure of distance."),
    ),
    Column(
        "children_reached",
        Kind.CHILDREN,
        N_("Children reached"),
        N_("Children for whom there is any service: for their municipality, or within reach. An estimate."),
    ),
    Column("state", Kind.TEXT, N_("State"), N_("Whether children are reached; see the states.")),
    Column(
        "municipalities_reached",
        Kind.COUNT,
        N_("Municipalities reached"),
        N_("Municipalities of the area where children are reached."),
    ),
    Column(
        "municipalities_not_reached",
        Kind.COUNT,
        N_("Municipalities not reached"),
        N_("Municipalities of the area where no child is reached."),
    ),
    Column(
        "municipalities_unknown",
        Kind.COUNT,
        N_("Municipalities unknown"),
        N_("Municipalities of the area of which we do not know it."),
    ),
    Column(
        "children_in_reached",
        Kind.CHILDREN,
        N_("Children in municipalities reached"),
        N_("All children of the municipalities where some are reached."),
    ),
    Column(
        "children_in_not_reached",
        Kind.CHILDREN,
        N_("Children in municipalities not reached"),
        N_("All children of the municipalities where none is reached."),
    ),
    Column(
        "children_in_unknown",
        Kind.CHILDREN,
        N_("Children in municipalities unknown"),
        N_("All children of the municipalities of which we do not know it."),
    ),
    Column(
        "is_small",
        Kind.FLAG,
        N_("Fewer than 50 children"),
        N_("The value of so few children says little. It is marked and not ranked."),
    ),
    Column(
        "rank",
        Kind.COUNT,
        N_("Rank"),
        N_(
            "1 is the best covered; equal values share a rank. Small and unknown areas have none, and where the "
            "measure is dependence on one service those where nobody is reached."
        ),
    ),
    Column("records", Kind.COUNT, N_("Records"), N_("Services in the list that the row rests on.")),
    Column(
        "records_fresh",
        Kind.COUNT,
        N_("Fresh records"),
        N_("Those whose source was at most 12 months old on the day of the report."),
    ),
    Column("records_located", Kind.COUNT, N_("Records with a door"), N_("Those with a known place on the map.")),
    Column(
        "records_high_confidence",
        Kind.COUNT,
        N_("Records of high confidence"),
        N_("Those whose source can be trusted most."),
    ),
    Column(
        "deprivation_pct",
        Kind.PERCENT,
        N_("Births in deprived families (%)"),
        N_(
            "The deprivation index (kansarmoede-index). Empty where it is not known: in Brussels and in most merged "
            "municipalities."
        ),
    ),
    Column("peers", Kind.TEXT, N_("Peers"), PEERS_DEFINITION),
    Column(
        "peers_value",
        Kind.VALUE,
        N_("Value of the peers"),
        N_("What the measure says of the children of all peers together."),
    ),
    Column(
        "neighbour",
        Kind.TEXT,
        N_("Where most go"),
        N_(
            "The municipality where most of those children find their nearest service who find it in another "
            "municipality. Only with that measure."
        ),
    ),
    Column(
        "neighbour_share", Kind.SHARE, N_("Share that goes there"), N_("Those children as a share of all children.")
    ),
)

BOUNDS = N_(
    "At least and at most: doors of which we only know the village or district may stand anywhere in it, doors that we "
    "do not know at all anywhere in their municipality or in the area that the service is for. Services that are not "
    "in the list are outside these bounds."
)

UNITS = {
    Unit.SHARE: N_("share of the children"),
    Unit.METRES: N_("metres"),
    Unit.PER_THOUSAND: N_("services per 1,000 children"),
}

LIMITS = (
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
