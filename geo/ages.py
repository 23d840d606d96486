"""Age ranges and age groups in months."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from geo.messages import N_


@dataclass(frozen=True, slots=True, order=True)
class AgeRange:
    """Half-open range of ages in months, `[min_months, max_months)`.

    Pregnancy is `[-9, 0)`; an open end is infinity.
    """

    min_months: float
    max_months: float = math.inf

    def overlaps_with(self, other: AgeRange) -> bool:
        """Whether some age lies in both."""
        return self.min_months < other.max_months and other.min_months < self.max_months


class AgeGroup(StrEnum):
    """Age groups a parent chooses from, in years.

    As people say them: `0-2` is up to the third birthday.
    """

    PREGNANT = "pregnant"
    FROM_0_TO_2 = "0-2"
    FROM_3_TO_5 = "3-5"
    FROM_6_TO_11 = "6-11"
    FROM_12_TO_17 = "12-17"
    FROM_18_TO_24 = "18-24"

    @property
    def range(self) -> AgeRange:
        """The group in months."""
        if self is AgeGroup.PREGNANT:
            return AgeRange(-9, 0)
        first, last = self.value.split("-")
        return AgeRange(int(first) * 12, (int(last) + 1) * 12)


AGE_GROUP_NAMES = {
    AgeGroup.PREGNANT: N_("Pregnant"),
    AgeGroup.FROM_0_TO_2: N_("0–2 years"),
    AgeGroup.FROM_3_TO_5: N_("3–5 years"),
    AgeGroup.FROM_6_TO_11: N_("6–11 years"),
    AgeGroup.FROM_12_TO_17: N_("12–17 years"),
    AgeGroup.FROM_18_TO_24: N_("18–24 years"),
}

CHILD_AGES = (AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5, AgeGroup.FROM_6_TO_11, AgeGroup.FROM_12_TO_17)
"""The age groups of which children are counted.

Nobody counts pregnancies or young adults per sector.
"""
