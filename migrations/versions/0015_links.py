"""Ties as partner and worker see them: found quickly, told of by message, ended, forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KINDS = (
    "code",
    "phone_changed",
    "phone_change_requested",
    "erasure_requested",
    "reminder",
    "enrolled",
)


def upgrade() -> None:
    let_ties_be_looked_for()
    let_ties_be_forgotten()
    make_welcomes()


def let_ties_be_looked_for() -> None:
    op.create_index(
        "ix_enrolment_ended",
        "enrolment",
        ["partner_id", "external_id"],
        postgresql_where=sa.text("ended_at is not null"),
    )
    op.create_index(
        "ix_enrolment_confirmed",
        "enrolment",
        ["partner_id", "id"],
        postgresql_where=sa.text("confirmed_at is not null and ended_at is null"),
    )
    op.create_index(
        "ix_enrolment_identity",
        "enrolment",
        ["partner_id", "identity_status", "id"],
        postgresql_where=sa.text("identity_status in ('needs_correction', 'in_review', 'refused')"),
    )


def let_ties_be_forgotten() -> None:
    op.alter_column("enrolment", "external_id", nullable=True)
    op.alter_column("enrolment", "sent_digest", nullable=True)
    op.create_check_constraint(
        op.f("ck_enrolment_complete_or_forgotten"),
        "enrolment",
        "num_nulls(external_id, sent_digest) = 0"
        " or ended_at is not null and num_nonnulls(external_id, sent_digest, sent_sealed) = 0",
    )
    op.drop_index("ix_worker_unclaimed", "worker")
    op.create_index(
        "ix_worker_unclaimed",
        "worker",
        ["registered_at"],
        postgresql_where=sa.text(
            "claimed_at is null and erased_at is null and paid_through is null"
        ),
    )


def make_welcomes() -> None:
    op.create_table(
        "welcome_day",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("queued", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_welcome_day_partner_id")
        ),
        sa.PrimaryKeyConstraint("partner_id", "on_day", name=op.f("pk_welcome_day")),
    )
    op.drop_index("ix_enrolment_unwelcomed", "enrolment")
    op.create_index(
        "ix_enrolment_unwelcomed",
        "enrolment",
        ["partner_id", "id"],
        postgresql_where=sa.text("welcomed_at is null and ended_at is null and not many_on_phone"),
    )
    op.drop_constraint("messagekind", "message", type_="check")
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_check_constraint("messagekind", "message", f"kind in ({kinds})")
    op.add_column("message", sa.Column("enrolment_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_message_enrolment_id"), "message", "enrolment", ["enrolment_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_message_enrolment"),
        "message",
        "(kind = 'enrolled') = (enrolment_id is not null)",
    )
    op.create_index(
        "ix_message_waiting_welcome",
        "message",
        ["queued_at"],
        postgresql_where=sa.text("kind = 'enrolled' and state = 'queued'"),
    )
