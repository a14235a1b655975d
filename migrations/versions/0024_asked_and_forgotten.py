"""Deliveries that a partner asks for itself wait for nothing. Of a record that nobody ever signed in to
or paid for nothing is left that tells whose it was."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ALWAYS_THERE = (
    "sex",
    "phone_key",
    "phone_sealed",
    "village_code",
    "monthly_income",
    "language",
)
PERHAPS_THERE = (
    "birth_place",
    "mother_maiden_name_sealed",
    "address_sealed",
    "email_sealed",
    "postal_code",
    "kusuka_number",
    "referral_code",
    "identity_reason",
)
WHO = ("nik_key", "nik_sealed", "full_name", "birth_date")
COMPLETE_OR_ERASED = (
    f"case when erased_at is null then num_nulls({', '.join((*ALWAYS_THERE, *WHO))}) = 0"
    f" else num_nonnulls({', '.join((*ALWAYS_THERE, *PERHAPS_THERE))}) = 0"
    " and identity_elements = '[]'"
    f" and (num_nulls({', '.join(WHO)}) = 0 or num_nonnulls({', '.join(WHO)}) = 0"
    " and num_nonnulls(claimed_at, paid_through, member_number) = 0) end"
)


def upgrade() -> None:
    let_partners_ask()
    let_people_be_forgotten()


def let_partners_ask() -> None:
    op.add_column(
        "webhook_delivery",
        sa.Column("asked_for", sa.Boolean(), server_default="false", nullable=False),
    )
    op.create_index(
        "ix_webhook_delivery_asked_for",
        "webhook_delivery",
        ["webhook_id", "next_try_at"],
        unique=False,
        postgresql_where="state = 'queued' and asked_for",
    )


def let_people_be_forgotten() -> None:
    for column in WHO:
        op.alter_column("worker", column, nullable=True)
    op.drop_constraint(op.f("ck_worker_complete_or_erased"), "worker")
    op.create_check_constraint(op.f("ck_worker_complete_or_erased"), "worker", COMPLETE_OR_ERASED)
    op.alter_column("enrolment", "nik_key", nullable=True)
    op.drop_constraint(op.f("ck_enrolment_complete_or_forgotten"), "enrolment")
    op.create_check_constraint(
        op.f("ck_enrolment_complete_or_forgotten"),
        "enrolment",
        "num_nulls(external_id, sent_digest, nik_key) = 0"
        " or ended_at is not null and num_nonnulls(external_id, sent_digest, sent_sealed) = 0",
    )
    op.alter_column("identity_check", "nik_key", nullable=True)
    op.create_check_constraint(
        op.f("ck_identity_check_nik_key"),
        "identity_check",
        "num_nonnulls(nik_key, outcome, superseded_at) > 0",
    )
