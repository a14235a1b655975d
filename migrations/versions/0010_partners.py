"""Partners, the files of drivers that they send, and their ties to workers."""

import sqlalchemy as sa
from alembic import context, op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ALWAYS_THERE = ("sex", "phone_key", "phone_sealed", "village_code", "monthly_income", "language")
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
COMPLETE_OR_ERASED = (
    f"case when erased_at is null then num_nulls({', '.join(ALWAYS_THERE)}) = 0"
    f" else num_nonnulls({', '.join((*ALWAYS_THERE, *PERHAPS_THERE))}) = 0"
    " and identity_elements = '[]' end"
)


def upgrade() -> None:
    let_workers_be_unclaimed()
    make_partners()
    make_files()
    make_ties()
    op.add_column("identity_check", sa.Column("enrolment_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_identity_check_enrolment_id"),
        "identity_check",
        "enrolment",
        ["enrolment_id"],
        ["id"],
    )
    role = context.config.attributes["app_role"]
    if role is not None:
        app = op.get_bind().dialect.identifier_preparer.quote(role)
        op.execute(f"REVOKE DELETE ON partner, partner_secret, enrolment FROM {app}")


def let_workers_be_unclaimed() -> None:
    op.add_column("worker", sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE worker SET claimed_at = registered_at")
    op.create_index(
        "ix_worker_unclaimed",
        "worker",
        ["registered_at"],
        unique=False,
        postgresql_where=sa.text("claimed_at is null"),
    )
    op.drop_constraint(op.f("ck_worker_complete_or_erased"), "worker", type_="check")
    op.create_check_constraint(op.f("ck_worker_complete_or_erased"), "worker", COMPLETE_OR_ERASED)


def make_partners() -> None:
    op.create_table(
        "partner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column(
            "payer_kind",
            sa.Enum(
                "self",
                "partner",
                "donor",
                "apbn",
                "apbd",
                name="payerkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("messages_per_day", sa.Integer(), nullable=False),
        sa.Column("checks_per_day", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("payer_kind <> 'self'", name=op.f("ck_partner_not_self")),
        sa.CheckConstraint(
            "messages_per_day >= 0 and checks_per_day >= 0", name=op.f("ck_partner_quotas")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("client_id", name=op.f("uq_partner_client_id")),
        sa.UniqueConstraint("name", name=op.f("uq_partner_name")),
    )
    op.create_table(
        "partner_secret",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_secret_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_secret")),
        sa.UniqueConstraint("digest", name=op.f("uq_partner_secret_digest")),
    )
    op.create_index("ix_partner_secret_partner_id", "partner_secret", ["partner_id"], unique=False)


def make_files() -> None:
    op.create_table(
        "enrolment_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "receiving",
                "processing",
                "completed",
                "cancelled",
                "failed",
                name="batchstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column(
            "plan",
            sa.Enum(
                "basic",
                "complete",
                name="plan",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("request_digest", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("progress_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checks_paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(rows is null) = (received_at is null)", name=op.f("ck_enrolment_batch_received")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_enrolment_batch_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_batch")),
    )
    op.create_index(
        "ix_enrolment_batch_partner_id",
        "enrolment_batch",
        ["partner_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_enrolment_batch_unfinished",
        "enrolment_batch",
        ["created_at"],
        unique=False,
        postgresql_where="status in ('receiving', 'processing')",
    )
    op.create_index(
        "uq_enrolment_batch_key",
        "enrolment_batch",
        ["partner_id", "key"],
        unique=True,
        postgresql_where="key is not null",
    )
    op.create_table(
        "batch_chunk",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "done",
                name="chunkstate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("outcomes", sa.LargeBinary(), nullable=True),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("not_processed", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state = 'waiting' or accepted + unchanged + rejected + not_processed = rows",
            name=op.f("ck_batch_chunk_accounted"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["enrolment_batch.id"], name=op.f("fk_batch_chunk_batch_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_batch_chunk")),
    )
    op.create_index(
        "ix_batch_chunk_waiting",
        "batch_chunk",
        ["number", "batch_id"],
        unique=False,
        postgresql_where="state = 'waiting'",
    )
    # Compressed and encrypted already: PostgreSQL need not try.
    for column in ("content_sealed", "outcomes"):
        op.execute(f"ALTER TABLE batch_chunk ALTER {column} SET STORAGE EXTERNAL")


def make_ties() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("nik_key", sa.LargeBinary(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("batch_row", sa.Integer(), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_digest", sa.LargeBinary(), nullable=False),
        sa.Column("sent_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("consent_version", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("many_on_phone", sa.Boolean(), nullable=False),
        sa.Column(
            "identity_status",
            sa.Enum(
                "pending",
                "verified",
                "needs_correction",
                "in_review",
                "refused",
                name="identitystatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("identity_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("identity_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ended_by",
            sa.Enum(
                "partner",
                "worker",
                "time",
                name="endedby",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "num_nonnulls(batch_id, batch_row) in (0, 2)", name=op.f("ck_enrolment_batch")
        ),
        sa.CheckConstraint(
            "num_nonnulls(ended_at, ended_by) in (0, 2)", name=op.f("ck_enrolment_ended")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["enrolment_batch.id"], name=op.f("fk_enrolment_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_enrolment_partner_id")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_enrolment_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    op.create_index("ix_enrolment_partner_id", "enrolment", ["partner_id", "id"], unique=False)
    op.create_index(
        "ix_enrolment_unasked",
        "enrolment",
        ["partner_id", "id"],
        unique=False,
        postgresql_where="identity_asked_at is null and ended_at is null",
    )
    op.create_index(
        "ix_enrolment_unwelcomed",
        "enrolment",
        ["partner_id", "id"],
        unique=False,
        postgresql_where="welcomed_at is null and ended_at is null",
    )
    op.create_index("ix_enrolment_worker_id", "enrolment", ["worker_id"], unique=False)
    op.create_index(
        "uq_enrolment_external_id",
        "enrolment",
        ["partner_id", "external_id"],
        unique=True,
        postgresql_where="ended_at is null",
    )
    op.create_index(
        "uq_enrolment_nik_key",
        "enrolment",
        ["partner_id", "nik_key"],
        unique=True,
        postgresql_where="ended_at is null",
    )
