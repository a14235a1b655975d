"""What happens to cover as months begin, and reminders to pay."""

import sqlalchemy as sa
from alembic import context, op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = ("code", "phone_changed", "phone_change_requested", "erasure_requested")
EVENTS = ("coverage.activated", "coverage.grace", "coverage.lapsed", "coverage.restored")


def upgrade() -> None:
    make_coverage_events()
    make_reminders()
    role = context.config.attributes["app_role"]
    if role is not None:
        app = op.get_bind().dialect.identifier_preparer.quote(role)
        # As told, so it stands: later events amend earlier ones.
        op.execute(f"REVOKE UPDATE, DELETE ON coverage_event FROM {app}")


def make_coverage_events() -> None:
    op.create_table(
        "coverage_event",
        sa.Column("id", sa.Uuid(), nullable=False, server_default=sa.func.gen_random_uuid()),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("event", event_name(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_coverage_event_worker_id")
        ),
        sa.PrimaryKeyConstraint("worker_id", "event", "month", name=op.f("pk_coverage_event")),
    )
    op.create_table(
        "month_turn",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("event", event_name(), nullable=False),
        sa.Column("position", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("month", "event", name=op.f("pk_month_turn")),
    )
    # A part of all workers who paid up to one month is taken by their ids.
    op.drop_index("ix_worker_paid_through", "worker")
    op.create_index("ix_worker_paid_through", "worker", ["paid_through", "id"], unique=False)


def event_name() -> sa.Enum:
    return sa.Enum(
        *EVENTS, name="coverageeventname", native_enum=False, create_constraint=True, length=24
    )


def make_reminders() -> None:
    op.drop_constraint("messagekind", "message", type_="check")
    kinds = ", ".join(f"'{kind}'" for kind in (*KINDS, "reminder"))
    op.create_check_constraint("messagekind", "message", f"kind in ({kinds})")
    op.create_index(
        "ix_message_waiting_reminder",
        "message",
        ["queued_at"],
        unique=False,
        postgresql_where=sa.text("kind = 'reminder' and state = 'queued'"),
    )
    op.create_table(
        "reminder",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_reminder_message_id")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_reminder_worker_id")),
        sa.PrimaryKeyConstraint("worker_id", "due_on", "days", name=op.f("pk_reminder")),
        sa.UniqueConstraint("message_id", name=op.f("uq_reminder_message_id")),
    )
    op.create_table(
        "reminder_round",
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("paid_through", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("on_day", "paid_through", "days", name=op.f("pk_reminder_round")),
    )
