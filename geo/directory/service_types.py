"""The closed list of service types, with definitions, ages and functions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.ages import AgeRange
from geo.messages import N_


class ServiceType(StrEnum):
    """Service types, in the order in which families meet them.

    A closed list.
    """

    HOUSE_OF_THE_CHILD = "house_of_the_child"
    PARENTING_SHOP = "parenting_shop"
    IAPSC_TEAM = "iapsc_team"
    PLAY_AND_ENCOUNTER = "play_and_encounter"
    COUNSELLING_CENTRE = "counselling_centre"
    MOBILE_SUPPORT = "mobile_support"
    EDUCATIONAL_OPPORTUNITIES = "educational_opportunities"
    FAMILY_CARE_CENTRE = "family_care_centre"
    PUPIL_GUIDANCE_CENTRE = "pupil_guidance_centre"
    PARENTING_LINE = "parenting_line"
    PROVINCIAL_CENTRE = "provincial_centre"
    FLEMISH_COORDINATOR = "flemish_coordinator"


class ServiceFunction(StrEnum):
    """What a service does for a family."""

    INFORMATION = "information"
    PEDAGOGIC_ADVICE = "pedagogic_advice"
    MEETING = "meeting"
    PRACTICAL_SUPPORT = "practical_support"
    EMOTIONAL_SUPPORT = "emotional_support"
    EARLY_IDENTIFICATION = "early_identification"
    INTENSIVE_HELP = "intensive_help"


class Audience(StrEnum):
    """Whom a service type is for."""

    FAMILIES = "families"
    PROFESSIONALS = "professionals"


F = ServiceFunction


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTypeInfo:
    """One row of the catalogue of service types.

    `ages` holds where a record states none. Texts are English messages.
    """

    name: str
    definition: str
    standing: str
    source: str
    ages: AgeRange
    functions: tuple[ServiceFunction, ...]
    audience: Audience = Audience.FAMILIES


_DECREE_2013 = N_("Decree of 29 November 2013 on preventive family support.")
_DECREE_2007 = N_(
    "From the decree of 13 July 2007 on parenting support, which the decree of 29 November 2013 replaced."
)
_NOT_IN_DECREE = N_("An offer of its own, not a form of the decree on preventive family support.")
_PREGNANCY_TO_24 = AgeRange(-9, 24 * 12)

SERVICE_TYPES: dict[ServiceType, ServiceTypeInfo] = {
    ServiceType.HOUSE_OF_THE_CHILD: ServiceTypeInfo(
        name=N_("Huis van het Kind"),
        definition=N_(
            "A local partnership for families: information, preventive health care, help with bringing up children "
            "and places to meet. It is not always a building."
        ),
        standing=_DECREE_2013,
        source="https://www.expoo.be/beleid",
        ages=_PREGNANCY_TO_24,
        functions=(F.INFORMATION, F.PEDAGOGIC_ADVICE, F.MEETING, F.PRACTICAL_SUPPORT, F.EARLY_IDENTIFICATION),
    ),
    ServiceType.PARENTING_SHOP: ServiceTypeInfo(
        name=N_("Parenting shop"),
        definition=N_(
            "Free information and advice about bringing up children, without a threshold: for anyone who brings up "
            "a child, with or without an appointment."
        ),
        standing=_DECREE_2013,
        source="https://www.kindengezin.be/nl/professionelen/sector/huis-van-het-kind-en-aanbod/opvoedingswinkel",
        ages=_PREGNANCY_TO_24,
        functions=(F.INFORMATION, F.PEDAGOGIC_ADVICE, F.EMOTIONAL_SUPPORT),
    ),
    ServiceType.IAPSC_TEAM: ServiceTypeInfo(
        name=N_("Walk-in team (inloopteam)"),
        definition=N_(
            "Integrated, easily accessible support for underprivileged families: pregnant women and children up to "
            "3, or up to 6 when they do not go to school yet."
        ),
        standing=_DECREE_2013,
        source="https://www.fsmb.be/consultatiebureaus-kinderopvang-en-gezinsbegeleiding",
        ages=AgeRange(-9, 72),
        functions=(F.PEDAGOGIC_ADVICE, F.MEETING, F.EMOTIONAL_SUPPORT, F.PRACTICAL_SUPPORT, F.EARLY_IDENTIFICATION),
    ),
    ServiceType.PLAY_AND_ENCOUNTER: ServiceTypeInfo(
        name=N_("Play and meet"),
        definition=N_("A place where parents and young children play and meet others; the parent stays."),
        standing=_DECREE_2013,
        source="https://www.kindengezin.be/nl/professionelen/sector/huis-van-het-kind-en-aanbod/spel-en-ontmoeting",
        ages=AgeRange(0, 72),
        functions=(F.MEETING, F.EMOTIONAL_SUPPORT),
    ),
    ServiceType.COUNSELLING_CENTRE: ServiceTypeInfo(
        name=N_("Baby clinic (consultatiebureau)"),
        definition=N_(
            "Free check-ups of growth, health and development for babies and toddlers, by appointment, with time "
            "for questions."
        ),
        standing=_DECREE_2013,
        source=(
            "https://www.kindengezin.be/gezinsondersteuning/erkenning-subsidiering-en-vergoeding/"
            "organisator-consultatiebureau/erkenning/"
        ),
        ages=AgeRange(0, 36),
        functions=(F.INFORMATION, F.EARLY_IDENTIFICATION),
    ),
    ServiceType.MOBILE_SUPPORT: ServiceTypeInfo(
        name=N_("Support at home"),
        definition=N_("Somebody, mostly a volunteer, comes to your home every week to help and to listen."),
        standing=_DECREE_2013,
        source="https://5dok.net/document/yevwkdmr-domo-door-ondersteuning-mee-opvoeden.html",
        ages=AgeRange(-9, 12 * 12),
        functions=(F.PRACTICAL_SUPPORT, F.EMOTIONAL_SUPPORT),
    ),
    ServiceType.EDUCATIONAL_OPPORTUNITIES: ServiceTypeInfo(
        name=N_("Play, language and school"),
        definition=N_(
            "Help at home or in a group with play, language and school for young children (Instapje, De Katrol and "
            "others)."
        ),
        standing=_DECREE_2013,
        source=(
            "https://www.kindengezin.be/nl/professionelen/sector/huis-van-het-kind-en-aanbod/"
            "mobiele-ondersteuning-taal-en-ontwikkeling"
        ),
        ages=AgeRange(-9, 8 * 12),
        functions=(F.PRACTICAL_SUPPORT, F.EARLY_IDENTIFICATION),
    ),
    ServiceType.FAMILY_CARE_CENTRE: ServiceTypeInfo(
        name=N_("Family care centre (CKG)"),
        definition=N_("Short help for families with children up to 12: talks, guidance at home or a short stay."),
        standing=_NOT_IN_DECREE,
        source=("https://www.kindengezin.be/nl/professionelen/sector/centrum-voor-kinderzorg-en-gezinsondersteuning"),
        ages=AgeRange(0, 12 * 12),
        functions=(F.PEDAGOGIC_ADVICE, F.INTENSIVE_HELP, F.EMOTIONAL_SUPPORT),
    ),
    ServiceType.PUPIL_GUIDANCE_CENTRE: ServiceTypeInfo(
        name=N_("Pupil guidance (CLB)"),
        definition=N_("Free guidance for pupils and parents, through the school: the school decides which centre."),
        standing=_NOT_IN_DECREE,
        source="https://www.vlaanderen.be/centrum-voor-leerlingenbegeleiding-clb",
        ages=AgeRange(30, 18 * 12),
        functions=(F.INFORMATION, F.PEDAGOGIC_ADVICE, F.EARLY_IDENTIFICATION),
    ),
    ServiceType.PARENTING_LINE: ServiceTypeInfo(
        name=N_("Help line"),
        definition=N_("Call, mail or chat with somebody who listens, wherever you live."),
        standing=_NOT_IN_DECREE,
        source="https://www.opvoedingslijn.be",
        ages=AgeRange(-9),
        functions=(F.INFORMATION, F.PEDAGOGIC_ADVICE, F.EMOTIONAL_SUPPORT),
    ),
    ServiceType.PROVINCIAL_CENTRE: ServiceTypeInfo(
        name=N_("Provincial support centre"),
        definition=N_(
            "Supports networks and initiatives outside the main towns; one in each province and one in Brussels. "
            "For professionals and local authorities."
        ),
        standing=_DECREE_2007,
        source="https://www.expoo.be/beleid",
        ages=AgeRange(-9),
        functions=(F.INFORMATION,),
        audience=Audience.PROFESSIONALS,
    ),
    ServiceType.FLEMISH_COORDINATOR: ServiceTypeInfo(
        name=N_("Flemish co-ordinator"),
        definition=N_("Co-ordinates parenting support across local authorities. For professionals."),
        standing=_DECREE_2007,
        source="https://www.expoo.be/beleid",
        ages=AgeRange(-9),
        functions=(F.INFORMATION,),
        audience=Audience.PROFESSIONALS,
    ),
}
