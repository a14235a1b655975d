"""Deliveries that a partner asks for itself, which wait for nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "webhook_delivery",
        sa.Column("asked_for", sa.Boolean(), server_default="false", nullable=False),
    )
    op.create_index(
        "ix_webhook_delivery_asked_for",
        "webhook_delivery",
        ["webhook_id", "next_try_at"],
        unique=False,
        postgresql_where="state = 'queued' and asked_for",
    )
