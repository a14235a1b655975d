"""Partners pay for many drivers under one number: invoices, their lines, and a ledger of partners."""

import sqlalchemy as sa
from alembic import context, op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# As in 0003: evidence.
NEVER_CHANGED = ("partner_posting", "partner_invoice_left_out")
# But for what became of it.
CHANGED = {
    "partner_invoice": ("status", "closed_at", "posted_through", "posted_at"),
    "partner_invoice_line": ("status",),
}


def upgrade() -> None:
    _invoices()
    _lines()
    _bank_calls()
    _payments()
    _contributions()
    _postings()
    _grants()


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def _invoices() -> None:
    op.create_table(
        "partner_invoice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("virtual_account_no", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "status",
            words("invoicestatus", "open", "paid", "expired", "cancelled", "superseded"),
            nullable=False,
        ),
        sa.Column("rates_version", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("more", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("credit_used", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_through", sa.Uuid(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "amount >= 0 and credit_used >= 0", name=op.f("ck_partner_invoice_amounts")
        ),
        sa.CheckConstraint(
            "posted_at is null or status = 'paid'", name=op.f("ck_partner_invoice_posted_at")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_invoice_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_invoice")),
        sa.UniqueConstraint(
            "virtual_account_no", name=op.f("uq_partner_invoice_virtual_account_no")
        ),
    )
    op.create_index(
        "ix_partner_invoice_partner_id", "partner_invoice", ["partner_id", "created_at", "id"]
    )
    op.create_index(
        "ix_partner_invoice_unfinished",
        "partner_invoice",
        ["partner_id"],
        postgresql_where=sa.text("status = 'open' or status = 'paid' and posted_at is null"),
    )


def _lines() -> None:
    op.create_table(
        "partner_invoice_line",
        sa.Column("partner_invoice_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "status", words("linestatus", "waiting", "paid", "credited", "returned"), nullable=False
        ),
        sa.Column("plan", words("plan", "basic", "complete"), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("reference_income", sa.BigInteger(), nullable=False),
        sa.Column("sector", words("sector", "transport", "other"), nullable=False),
        sa.Column(
            "payer",
            words("payerkind", "self", "partner", "donor", "apbn", "apbd"),
            nullable=False,
        ),
        sa.Column("jkk", sa.BigInteger(), nullable=False),
        sa.Column("jkm", sa.BigInteger(), nullable=False),
        sa.Column("jht", sa.BigInteger(), nullable=False),
        sa.Column("relief_rule", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount = jkk + jkm + jht", name=op.f("ck_partner_invoice_line_amount")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_partner_invoice_line_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_invoice_id"],
            ["partner_invoice.id"],
            name=op.f("fk_partner_invoice_line_partner_invoice_id"),
        ),
        sa.PrimaryKeyConstraint(
            "partner_invoice_id", "enrolment_id", name=op.f("pk_partner_invoice_line")
        ),
    )
    op.create_table(
        "partner_invoice_left_out",
        sa.Column("partner_invoice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_invoice_id"],
            ["partner_invoice.id"],
            name=op.f("fk_partner_invoice_left_out_partner_invoice_id"),
        ),
        sa.PrimaryKeyConstraint(
            "partner_invoice_id", "position", name=op.f("pk_partner_invoice_left_out")
        ),
    )


def _refer(table: str) -> None:
    """To a collective invoice, or to none."""
    op.add_column(table, sa.Column("partner_invoice_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f(f"fk_{table}_partner_invoice_id"),
        table,
        "partner_invoice",
        ["partner_invoice_id"],
        ["id"],
    )


def _bank_calls() -> None:
    _refer("bank_call")
    op.create_index(op.f("ix_bank_call_partner_invoice_id"), "bank_call", ["partner_invoice_id"])


def _payments() -> None:
    _refer("payment")
    op.create_unique_constraint(
        op.f("uq_payment_partner_invoice_id"), "payment", ["partner_invoice_id"]
    )
    for column in ("worker_id", "invoice_id"):
        op.alter_column("payment", column, nullable=True)
    op.create_check_constraint(
        op.f("ck_payment_payer"),
        "payment",
        "num_nonnulls(invoice_id, partner_invoice_id) = 1"
        " and num_nonnulls(worker_id, invoice_id) in (0, 2)",
    )


def _contributions() -> None:
    _refer("contribution")
    op.create_index(
        op.f("ix_contribution_partner_invoice_id"), "contribution", ["partner_invoice_id"]
    )
    # The default also serves programs of the version before, which may still be running.
    op.add_column(
        "contribution",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
    )
    op.drop_constraint(op.f("pk_contribution"), "contribution", type_="primary")
    op.create_primary_key(op.f("pk_contribution"), "contribution", ["id"])
    op.alter_column("contribution", "invoice_id", nullable=True)
    op.create_unique_constraint(
        op.f("uq_contribution_worker_id_month_invoice_id_partner_invoice_id"),
        "contribution",
        ["worker_id", "month", "invoice_id", "partner_invoice_id"],
        postgresql_nulls_not_distinct=True,
    )
    op.create_check_constraint(
        op.f("ck_contribution_payer_of"),
        "contribution",
        "num_nonnulls(invoice_id, partner_invoice_id) = 1",
    )
    op.drop_constraint(op.f("ck_contribution_refund"), "contribution", type_="check")
    op.create_check_constraint(
        op.f("ck_contribution_refund"),
        "contribution",
        "case when partner_invoice_id is null then num_nonnulls(refund_case_id, refunded_at)"
        " in (0, 2) else refund_case_id is null end",
    )
    op.drop_index("uq_contribution_month", "contribution")
    op.create_index(
        "uq_contribution_month",
        "contribution",
        ["worker_id", "month"],
        unique=True,
        postgresql_where=sa.text("refunded_at is null"),
    )


def _postings() -> None:
    op.create_table(
        "partner_posting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("partner_invoice_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "received = settled + credit + held", name=op.f("ck_partner_posting_balances")
        ),
        sa.CheckConstraint("received >= 0", name=op.f("ck_partner_posting_received")),
        sa.CheckConstraint(
            "num_nonnulls(enrolment_id, worker_id, month) in (0, 3)",
            name=op.f("ck_partner_posting_line"),
        ),
        sa.CheckConstraint(
            "case when enrolment_id is null then settled = 0 and held >= 0"
            " else received = 0 and payment_id is null and credit >= 0 and held <= 0 end",
            name=op.f("ck_partner_posting_moves"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_posting_partner_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_invoice_id"],
            ["partner_invoice.id"],
            name=op.f("fk_partner_posting_partner_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_invoice_id", "enrolment_id"],
            ["partner_invoice_line.partner_invoice_id", "partner_invoice_line.enrolment_id"],
            name=op.f("fk_partner_posting_partner_invoice_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_partner_posting_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_partner_posting_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_posting")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_partner_posting_payment_id")),
    )
    _posting_indexes()


def _posting_indexes() -> None:
    by_line = ["partner_invoice_id", "enrolment_id"]
    for name, columns, where in (
        ("in", by_line[:1], "enrolment_id is null"),
        ("line", by_line, "held < 0"),
        ("back", by_line, "settled < 0"),
    ):
        op.create_index(
            f"uq_partner_posting_{name}",
            "partner_posting",
            columns,
            unique=True,
            postgresql_where=sa.text(where),
        )
    op.create_index(
        "ix_partner_posting_credit",
        "partner_posting",
        ["partner_id", "partner_invoice_id"],
        postgresql_where=sa.text("credit <> 0"),
    )
    op.create_index("ix_partner_posting_worker_id", "partner_posting", ["worker_id", "posted_at"])


def _grants() -> None:
    role = context.config.attributes["app_role"]
    if role is None:  # one role does everything
        return
    app = op.get_bind().dialect.identifier_preparer.quote(role)
    tables = ", ".join((*NEVER_CHANGED, *CHANGED))
    op.execute(f"REVOKE UPDATE, DELETE ON {tables} FROM {app}")
    for table, columns in CHANGED.items():
        op.execute(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {app}")
