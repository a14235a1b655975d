"""The chain that seals the audit, and what finds an event in it."""

import sqlalchemy as sa
from alembic import context, op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_link",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_audit_link_event_id")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_link_event_id")),
    )
    # As on ``audit_event``.
    op.execute(
        "CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()"
    )
    role = context.config.attributes["app_role"]
    if role is not None:
        app = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"REVOKE UPDATE, DELETE ON audit_link FROM {app}")
    op.create_index("ix_audit_event_action", "audit_event", ["action", "at"], unique=False)
    op.create_index(
        "ix_audit_event_refused",
        "audit_event",
        ["at", "id"],
        unique=False,
        postgresql_where="refusal is not null",
    )
    op.create_index(
        "ix_audit_event_searched_key",
        "audit_event",
        ["searched_key", "at"],
        unique=False,
        postgresql_where="searched_key is not null",
    )
