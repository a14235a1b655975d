"""What partners are told of, their webhooks, and the deliveries to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

EVENTS = (
    "batch.completed",
    "worker.identity_verified",
    "worker.identity_failed",
    "worker.confirmed",
    "coverage.activated",
    "coverage.grace",
    "coverage.lapsed",
    "coverage.restored",
    "invoice.paid",
)


def upgrade() -> None:
    make_events()
    make_webhooks()
    make_deliveries()


def make_webhooks() -> None:
    listed = ", ".join(f"'{name}'" for name in EVENTS)
    op.create_table(
        "webhook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("url_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("events", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("old_secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("old_secret_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_reason", words("disabledreason", "failing", "gone", "by_partner")),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"events <@ array[{listed}]::text[]", name=op.f("ck_webhook_events")),
        sa.CheckConstraint(
            "num_nonnulls(disabled_at, disabled_reason) in (0, 2)",
            name=op.f("ck_webhook_disabled"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(old_secret_sealed, old_secret_until) in (0, 2)",
            name=op.f("ck_webhook_old"),
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_webhook_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index("ix_webhook_partner_id", "webhook", ["partner_id", "created_at", "id"])


def make_deliveries() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column(
            "state", words("deliveryprogress", "queued", "delivered", "failed"), nullable=False
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("attempts", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'queued') = (next_try_at is not null)",
            name=op.f("ck_webhook_delivery_next_try"),
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_webhook_delivery_webhook_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
    )
    op.create_index(
        "ix_webhook_delivery_webhook_id", "webhook_delivery", ["webhook_id", "created_at", "id"]
    )
    op.create_index(
        "ix_webhook_delivery_due",
        "webhook_delivery",
        ["webhook_id", "next_try_at"],
        postgresql_where=sa.text("state = 'queued'"),
    )


def words(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def make_events() -> None:
    op.create_table(
        "partner_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "event",
            words("partnereventname", *EVENTS),
            nullable=False,
        ),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("routed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_event_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_event")),
    )
    op.create_index(
        "ix_partner_event_partner_id", "partner_event", ["partner_id", "recorded_at"], unique=False
    )
    op.create_index(
        "ix_partner_event_unrouted",
        "partner_event",
        ["id"],
        unique=False,
        postgresql_where="routed_at is null",
    )
