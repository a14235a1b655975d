"""Months that were paid for can be taken back before they begin, and their money is owed to the worker;
the payments of a day are found without reading all of them."""

import sqlalchemy as sa
from alembic import context, op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As in 0003: evidence, but for what became of it.
CHANGED = {
    "contribution": ("refund_case_id", "refunded_at"),
    "invoice": ("refunded_from",),
    "refund_case": ("closed_at",),
}


def upgrade() -> None:
    _cases()
    _contributions()
    _postings()
    op.add_column("invoice", sa.Column("refunded_from", sa.Date(), nullable=True))
    op.create_index("ix_payment_transacted_at", "payment", ["bank", "transacted_at"])
    _grants()


def _cases() -> None:
    op.create_table(
        "refund_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_case_amount")),
        sa.CheckConstraint("closed_at >= opened_at", name=op.f("ck_refund_case_closed_at")),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_refund_case_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_case")),
    )
    op.create_index("ix_refund_case_worker_id", "refund_case", ["worker_id", "opened_at"])
    op.create_index(
        "ix_refund_case_open",
        "refund_case",
        ["opened_at"],
        postgresql_where=sa.text("closed_at is null"),
    )


def _contributions() -> None:
    op.add_column("contribution", sa.Column("refund_case_id", sa.Uuid(), nullable=True))
    op.add_column(
        "contribution", sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_foreign_key(
        op.f("fk_contribution_refund_case_id"),
        "contribution",
        "refund_case",
        ["refund_case_id"],
        ["id"],
    )
    op.create_index(op.f("ix_contribution_refund_case_id"), "contribution", ["refund_case_id"])
    op.create_check_constraint(
        op.f("ck_contribution_refund"),
        "contribution",
        "num_nonnulls(refund_case_id, refunded_at) in (0, 2)",
    )
    op.create_check_constraint(
        op.f("ck_contribution_refunded_at"),
        "contribution",
        "refunded_at < month::timestamp at time zone interval '7 hours'",
    )
    # A month that was taken back can be paid again, by another invoice.
    op.create_index(
        "uq_contribution_month",
        "contribution",
        ["worker_id", "month"],
        unique=True,
        postgresql_where=sa.text("refund_case_id is null"),
    )
    op.drop_constraint(op.f("pk_contribution"), "contribution", type_="primary")
    op.create_primary_key(
        op.f("pk_contribution"), "contribution", ["worker_id", "month", "invoice_id"]
    )


def _postings() -> None:
    # The default is for programs of the version before, which may still be running.
    op.add_column(
        "ledger_posting",
        sa.Column("refund", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("ledger_posting", sa.Column("refund_case_id", sa.Uuid(), nullable=True))
    op.alter_column("ledger_posting", "invoice_id", nullable=True)
    op.create_foreign_key(
        op.f("fk_ledger_posting_refund_case_id"),
        "ledger_posting",
        "refund_case",
        ["refund_case_id"],
        ["id"],
    )
    op.create_unique_constraint(
        op.f("uq_ledger_posting_refund_case_id"), "ledger_posting", ["refund_case_id"]
    )
    for name, rule in (
        ("balances", "received = settled + credit + refund"),
        ("settled", "settled >= 0 or refund_case_id is not null"),
        ("cause", "num_nonnulls(invoice_id, refund_case_id) = 1"),
        (
            "refund",
            "case when refund_case_id is null then refund = 0 "
            "else refund > 0 and received = 0 and credit = 0 and payment_id is null end",
        ),
    ):
        constraint = op.f(f"ck_ledger_posting_{name}")
        if name in ("balances", "settled"):
            op.drop_constraint(constraint, "ledger_posting", type_="check")
        op.create_check_constraint(constraint, "ledger_posting", rule)


def _grants() -> None:
    role = context.config.attributes["app_role"]
    if role is None:  # one role does everything
        return
    app = op.get_bind().dialect.identifier_preparer.quote(role)
    op.execute(f"REVOKE UPDATE, DELETE ON refund_case FROM {app}")
    for table, columns in CHANGED.items():
        op.execute(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {app}")
