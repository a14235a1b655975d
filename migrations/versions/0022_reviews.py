"""What staff decide about workers, and what people ask of whoever holds their data."""

import sqlalchemy as sa
from alembic import context, op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KINDS = ("identity", "phone_change", "refund")
RULINGS = (
    "verify",
    "needs_correction",
    "refuse",
    "approve",
    "reject",
    "paid",
    "send_back",
)
REQUESTS = ("export", "correction", "erasure", "withdrawal", "suspension")
MESSAGES = (
    "code",
    "phone_changed",
    "phone_change_requested",
    "erasure_requested",
    "identity_decided",
    "reminder",
    "enrolled",
)
ACTIONS = (
    "signed_in",
    "signed_out",
    "signed_out_everywhere",
    "session_reused",
    "changed_password",
    "looked_up",
    "viewed_worker",
    "viewed_timeline",
    "revealed",
    "resent_message",
    "listed_reviews",
    "viewed_review",
    "claimed_review",
    "released_review",
    "decided_review",
    "listed_requests",
    "entered_request",
    "exported_data",
    "closed_request",
    "listed_batches",
    "viewed_batch",
    "resumed_batch",
    "listed_accounts",
    "added_account",
    "closed_account",
    "reset_account",
    "listed_audit",
    "turned_away",
)


def upgrade() -> None:
    make_reviews()
    make_privacy_requests()
    find_cases()
    op.add_column("refund_case", sa.Column("bank_reference", sa.Text(), nullable=True))
    allow("message", "kind", "messagekind", MESSAGES)
    allow("audit_event", "action", "auditaction", ACTIONS)
    role = context.config.attributes["app_role"]
    if role is not None:
        app = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"GRANT UPDATE (bank_reference) ON refund_case TO {app}")
        op.execute(f"REVOKE DELETE ON review, privacy_request FROM {app}")


def make_reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", word("reviewkind", KINDS), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_decision", word("first_ruling", RULINGS), nullable=True),
        sa.Column("first_by", sa.Uuid(), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_note", sa.Text(), nullable=True),
        sa.Column("displaces", sa.Uuid(), nullable=True),
        sa.Column("decision", word("ruling", RULINGS), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        *checks(
            "review",
            claimed="num_nonnulls(claimed_by, claimed_until) in (0, 2)",
            first="num_nonnulls(first_decision, first_by, first_at) in (0, 3)",
            decided="num_nonnulls(decision, decided_by) in (0, 2)",
            closed="decision is null or closed_at is not null",
            two_officers="first_by <> decided_by",
        ),
        *keys(
            "review",
            worker_id="worker.id",
            displaces="worker.id",
            claimed_by="staff_account.id",
            first_by="staff_account.id",
            decided_by="staff_account.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(
        "uq_review_open",
        "review",
        ["about_id"],
        unique=True,
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_index("ix_review_worker_id", "review", ["worker_id", "closed_at"])


def make_privacy_requests() -> None:
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("kind", word("privacyrequestkind", REQUESTS), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("exported_by", sa.Uuid(), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_note", sa.Text(), nullable=True),
        *checks(
            "privacy_request",
            exported="num_nonnulls(exported_by, exported_at) in (0, 2)",
            done="done_by is null or closed_at is not null",
            two_officers="entered_by <> exported_by",
        ),
        *keys(
            "privacy_request",
            worker_id="worker.id",
            entered_by="staff_account.id",
            exported_by="staff_account.id",
            done_by="staff_account.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
    )
    op.create_index(
        "ix_privacy_request_open",
        "privacy_request",
        ["due_by", "id"],
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_index("ix_privacy_request_worker_id", "privacy_request", ["worker_id"])
    op.create_index(
        "ix_privacy_request_about_id",
        "privacy_request",
        ["about_id"],
        postgresql_where=sa.text("about_id is not null"),
    )


def find_cases() -> None:
    op.create_index(
        "ix_worker_with_staff",
        "worker",
        ["identity_status", sa.text("coalesce(identity_checked_at, registered_at)"), "id"],
        postgresql_where=sa.text(
            "identity_status in ('in_review', 'refused') and erased_at is null"
        ),
    )
    op.create_index(
        "ix_erasure_request_due_by",
        "erasure_request",
        ["due_by", "id"],
        postgresql_where=sa.text("status = 'waiting'"),
    )


def allow(table: str, column: str, name: str, words: tuple[str, ...]) -> None:
    """Let a column hold other words than before."""
    op.drop_constraint(name, table, type_="check")
    listed = ", ".join(f"'{each}'" for each in words)
    op.create_check_constraint(name, table, f"{column} in ({listed})")


def checks(table: str, **conditions: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(each, name=op.f(f"ck_{table}_{name}"))
        for name, each in conditions.items()
    ]


def keys(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    ]


def word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)
