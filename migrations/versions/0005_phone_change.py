"""Workers get another phone number, and those who lost theirs ask for one."""

import sqlalchemy as sa
from alembic import context, op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATUSES = ("on_hold", "awaiting_staff", "objected", "superseded", "approved", "rejected")
# A request is as it was made, but for what became of it, and for the number, which is forgotten.
CLOSED_BY = ("status", "closed_at", "phone_key", "phone_sealed")


def upgrade() -> None:
    _add_requests()
    op.create_table(
        "phone_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_phone_change_worker_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["phone_change_request.id"], name=op.f("fk_phone_change_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_change")),
    )
    op.create_index("ix_phone_change_worker_id", "phone_change", ["worker_id", "changed_at"])
    _keep_as_evidence()


def _add_requests() -> None:
    status = sa.Enum(
        *STATUSES, name="phonechangestatus", native_enum=False, create_constraint=True, length=24
    )
    op.create_table(
        "phone_change_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("phone_key", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", status, nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'on_hold') = (closed_at is null)",
            name=op.f("ck_phone_change_request_closed"),
        ),
        sa.CheckConstraint(
            "num_nulls(phone_key, phone_sealed) in (0, 2)"
            " and (status <> 'on_hold' or phone_sealed is not null)",
            name=op.f("ck_phone_change_request_phone"),
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_phone_change_request_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_change_request")),
    )
    requests = "phone_change_request"
    is_open = sa.text("status = 'on_hold'")
    op.create_index(f"ix_{requests}_worker_id", requests, ["worker_id", "requested_at"])
    op.create_index(f"ix_{requests}_hold_until", requests, ["hold_until"], postgresql_where=is_open)
    op.create_index(
        f"uq_{requests}_open",
        requests,
        ["worker_id", "phone_key"],
        unique=True,
        postgresql_where=is_open,
    )


def _keep_as_evidence() -> None:
    role = context.config.attributes["app_role"]
    if role is None:  # one role does everything
        return
    app = op.get_bind().dialect.identifier_preparer.quote(role)
    op.execute(f"REVOKE UPDATE, DELETE ON phone_change, phone_change_request FROM {app}")
    op.execute(f"GRANT UPDATE ({', '.join(CLOSED_BY)}) ON phone_change_request TO {app}")
