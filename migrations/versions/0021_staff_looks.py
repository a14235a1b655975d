"""Messages that our staff have sent again, and every partner's files by their age."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("resent_of", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_message_resent_of"), "message", "message", ["resent_of"], ["id"])
    op.create_index(
        "ix_message_resent_of",
        "message",
        ["resent_of"],
        postgresql_where=sa.text("resent_of is not null"),
    )
    op.create_index("ix_enrolment_batch_created_at", "enrolment_batch", ["created_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_enrolment_batch_created_at", table_name="enrolment_batch")
    op.drop_index("ix_message_resent_of", table_name="message")
    op.drop_column("message", "resent_of")
