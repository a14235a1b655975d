"""Sex as the KTP states it."""

from enum import StrEnum


class Sex(StrEnum):
    MALE = "M"
    FEMALE = "F"
