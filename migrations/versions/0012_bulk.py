"""Chunks count their tries, and ties are found by what tells them apart."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_KEYS = ("external_id", "nik_key")


def upgrade() -> None:
    op.add_column(
        "batch_chunk", sa.Column("tries", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("batch_chunk", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
    for key in _KEYS:
        _replace(key, [key, "partner_id"])


def downgrade() -> None:
    for key in _KEYS:
        _replace(key, ["partner_id", key])
    op.drop_column("batch_chunk", "not_before")
    op.drop_column("batch_chunk", "tries")


def _replace(key: str, columns: list[str]) -> None:
    name = f"uq_enrolment_{key}"
    op.drop_index(name, table_name="enrolment")
    op.create_index(name, "enrolment", columns, unique=True, postgresql_where="ended_at is null")
