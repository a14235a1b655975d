"""The only split of occupations that changes a price: transport and all others."""

from enum import StrEnum


class Sector(StrEnum):
    TRANSPORT = "transport"
    OTHER = "other"
