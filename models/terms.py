"""By what terms a worker contributes: plan, income and sector, from a month on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model
from models.columns import word_of
from models.pricing import Terms
from models.values.ids import new_id
from models.values.month import Month
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sector import Sector
from models.worker import Worker


class ContributionTerms(Model):
    """Rows are only added. For a month, the last decided of those that had begun counts."""

    __tablename__ = "contribution_terms"
    __table_args__ = (
        Index("ix_contribution_terms_worker_id", "worker_id", "from_month", "decided_at"),
        CheckConstraint("monthly_income >= 0", name="monthly_income"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.id))
    from_month: Mapped[Month]
    decided_at: Mapped[datetime]
    plan: Mapped[Plan] = mapped_column(word_of(Plan))
    monthly_income: Mapped[Rupiah]
    sector: Mapped[Sector] = mapped_column(word_of(Sector))

    def says(self, terms: Terms) -> bool:
        """Whether these are the same terms, whatever month they count from."""
        mine = Terms(plan=self.plan, monthly_income=self.monthly_income, sector=self.sector)
        return mine == terms


def select_terms(worker_id: UUID) -> Select[ContributionTerms]:
    return (
        select(ContributionTerms)
        .where(ContributionTerms.worker_id == worker_id)
        .order_by(ContributionTerms.decided_at, ContributionTerms.id)
    )


def erase_terms(worker_id: UUID) -> Select[object]:
    """By the owner of the tables, for whom has been erased: nobody else may remove evidence."""
    return select(func.erase_contribution_terms(worker_id))


def select_last_terms(worker_id: UUID) -> Select[ContributionTerms]:
    """What was decided last: it counts for every month from its first on."""
    newest_first = (ContributionTerms.decided_at.desc(), ContributionTerms.id.desc())
    return (
        select(ContributionTerms)
        .where(ContributionTerms.worker_id == worker_id)
        .order_by(*newest_first)
        .limit(1)
    )
