"""Wrong tries at officers' passwords and codes, and where sessions were opened from."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_refusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_key", sa.LargeBinary(), nullable=False),
        sa.Column("source_key", sa.LargeBinary(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_refusal")),
    )
    for column in ("name_key", "source_key"):
        op.create_index(
            f"ix_staff_refusal_{column}", "staff_refusal", [column, "refused_at"], unique=False
        )
    op.create_index("ix_staff_refusal_refused_at", "staff_refusal", ["refused_at"], unique=False)
    # There are no sessions yet: until now nobody could open one.
    op.add_column("staff_session", sa.Column("source_key", sa.LargeBinary(), nullable=False))
