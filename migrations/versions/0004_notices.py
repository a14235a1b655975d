"""Messages to workers, in the language that each of them reads."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KINDS = ("code", "phone_changed", "phone_change_requested", "erasure_requested")


def upgrade() -> None:
    # Whoever is on the register already reads what nearly everybody reads.
    op.add_column("worker", sa.Column("language", sa.Text(), nullable=False, server_default="id"))
    op.alter_column("worker", "language", server_default=None)
    kind = sa.Enum(*KINDS, name="messagekind", native_enum=False, create_constraint=True, length=24)
    op.add_column("message", sa.Column("kind", kind, nullable=False, server_default="code"))
    op.alter_column("message", "kind", server_default=None)
    op.alter_column("message", "verification_id", nullable=True)
    op.add_column("message", sa.Column("worker_id", sa.Uuid(), nullable=True))
    op.add_column("message", sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True))
    op.create_foreign_key(op.f("fk_message_worker_id"), "message", "worker", ["worker_id"], ["id"])
    op.create_index(
        "ix_message_worker_id",
        "message",
        ["worker_id", "queued_at"],
        unique=False,
        postgresql_where=sa.text("worker_id is not null"),
    )
    op.create_check_constraint(
        op.f("ck_message_addressee"),
        "message",
        "(kind = 'code') = (verification_id is not null)"
        " and num_nonnulls(verification_id, worker_id) = 1",
    )
