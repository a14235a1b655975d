"""What staff did, which nobody can change."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ROLES = ("support", "reviewer", "officer", "auditor", "admin")
REASONS = (
    "caller_asks",
    "payment_missing",
    "identity_case",
    "phone_change",
    "privacy_request",
    "other",
    "identity_check",
    "payment",
    "sharing",
    "own_request",
)
SEARCHED_BY = (
    "nik",
    "phone",
    "member_number",
    "registration_number",
    "bank_reference",
    "virtual_account_no",
    "external_id",
    "name",
    "username",
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
# Whoever owns the tables is held to it as well, unless they take the trigger away first: then the
# chain of seals tells.
KEEP = """
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is in the audit stays as it is';
END
$$
"""


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", word("auditaction", ACTIONS), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("username", sa.Text(), nullable=True),
        sa.Column("role", word("staffrole", ROLES), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", word("accessreason", REASONS), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("searched_by", word("searchedby", SEARCHED_BY), nullable=True),
        sa.Column("searched_key", sa.LargeBinary(), nullable=True),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(account_id, username, role) in (0, 3)",
            name=op.f("ck_audit_event_account"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(searched_by, searched_key) in (0, 2)",
            name=op.f("ck_audit_event_searched"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_account.id"], name=op.f("fk_audit_event_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_at", "audit_event", ["at", "id"], unique=False)
    op.create_index("ix_audit_event_account_id", "audit_event", ["account_id", "at"], unique=False)
    op.create_index(
        "ix_audit_event_worker_id",
        "audit_event",
        ["worker_id", "at"],
        unique=False,
        postgresql_where="worker_id is not null",
    )
    op.execute(KEEP)
    keep("audit_event")


def keep(table: str) -> None:
    """Rows are only added."""
    op.execute(
        f"CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()"
    )
    role = context.config.attributes["app_role"]
    if role is not None:
        app = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {app}")


def word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)
