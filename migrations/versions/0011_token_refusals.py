"""Wrong tries at partners' secrets, to count them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "token_refusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_key", sa.LargeBinary(), nullable=False),
        sa.Column("source_key", sa.LargeBinary(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token_refusal")),
    )
    for column in ("client_key", "source_key"):
        op.create_index(
            f"ix_token_refusal_{column}", "token_refusal", [column, "refused_at"], unique=False
        )
    op.create_index("ix_token_refusal_refused_at", "token_refusal", ["refused_at"], unique=False)
