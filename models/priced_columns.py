"""What a contribution month cost, and by what terms: the same on a bill and once it is paid."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.columns import word_of
from models.values.payer import PayerKind
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector


def adds_up() -> CheckConstraint:
    """One for each table: a constraint belongs to where it stands."""
    return CheckConstraint("amount = jkk + jkm + jht", name="amount")


class PricedColumns:
    """Columns shared by the months of invoices, a worker's or a partner's, and ``contribution``."""

    plan: Mapped[Plan] = mapped_column(word_of(Plan))
    band: Mapped[int]
    reference_income: Mapped[Rupiah]
    """The "wage" that benefits are counted in."""
    sector: Mapped[Sector] = mapped_column(word_of(Sector))
    payer: Mapped[PayerKind] = mapped_column(word_of(PayerKind))
    jkk: Mapped[Rupiah]
    jkm: Mapped[Rupiah]
    jht: Mapped[Rupiah]
    relief_rule: Mapped[str | None]
    amount: Mapped[Rupiah]

    @property
    def pricing(self) -> dict[str, Any]:
        """These columns and their values."""
        return {name: getattr(self, name) for name in PricedColumns.__annotations__}
