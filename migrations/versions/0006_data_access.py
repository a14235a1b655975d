"""Who has seen a worker's data; and consents, found by their worker."""

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

VIEWERS = ("registry", "bank", "staff", "partner", "worker")
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


def upgrade() -> None:
    op.create_table(
        "data_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("viewer", word(VIEWERS, "viewer"), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("reason", word(REASONS, "accessreason"), nullable=False),
        sa.Column("seen", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "case viewer when 'staff' then coalesce(name, '') in"
            " ('support', 'reviewer', 'officer', 'auditor', 'admin')"
            " when 'partner' then name is not null else name is null end",
            name=op.f("ck_data_access_name"),
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_data_access_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_access")),
    )
    op.create_index("ix_data_access_worker_id", "data_access", ["worker_id", "at"], unique=False)
    # The unique index knows nothing of those that were taken back.
    op.create_index(
        "ix_worker_consent_worker_id", "worker_consent", ["worker_id", "accepted_at"], unique=False
    )
    role = context.config.attributes["app_role"]
    if role is not None:
        app = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"REVOKE UPDATE, DELETE ON data_access FROM {app}")


def word(words: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)
