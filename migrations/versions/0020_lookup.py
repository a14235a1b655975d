"""Workers are found by name and birth date."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_worker_birth_date",
        "worker",
        ["birth_date"],
        unique=False,
        postgresql_include=["id", "full_name"],
    )
