"""Amounts of money. Whole Rupiah only, so arithmetic is exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Rupiah:
    amount: int

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError("Rupiah are whole: pass an int")

    def __add__(self, other: Rupiah) -> Rupiah:
        return Rupiah(self.amount + other.amount)

    def __sub__(self, other: Rupiah) -> Rupiah:
        return Rupiah(self.amount - other.amount)

    def __neg__(self) -> Rupiah:
        return Rupiah(-self.amount)

    def __mul__(self, count: int) -> Rupiah:
        return Rupiah(self.amount * count)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        """As Indonesians write it: ``Rp33.600``."""
        return f"Rp{self.amount:,}".replace(",", ".")

    @classmethod
    def sum(cls, amounts: Iterable[Rupiah]) -> Rupiah:
        return cls(sum(rupiah.amount for rupiah in amounts))
