"""Workers are erased when they ask for it: all but whose membership and money it was."""

import sqlalchemy as sa
from alembic import context, op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ALWAYS_THERE = (
    "birth_place",
    "sex",
    "mother_maiden_name_sealed",
    "phone_key",
    "phone_sealed",
    "address_sealed",
    "village_code",
    "monthly_income",
    "language",
)
PERHAPS_THERE = (
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
# The application may not remove evidence. This removes the one piece that holds what is to be
# erased, an exact income, and only where everything else about the worker has gone already.
ERASE_TERMS = """
    CREATE FUNCTION erase_contribution_terms(whose uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM public.contribution_terms
        WHERE worker_id = whose
        AND EXISTS (
            SELECT FROM public.worker WHERE worker.id = whose AND worker.erased_at IS NOT NULL
        )
        AND EXISTS (
            SELECT FROM public.erasure_request
            WHERE erasure_request.worker_id = whose AND erasure_request.status = 'waiting'
        );
    END
"""
# A request is as it was made, but for what becomes of it.
CHANGED_BY = ("status", "not_before", "due_by", "done_at", "cancelled_at")


def upgrade() -> None:
    make_requests()
    let_workers_be_erased()
    op.execute(ERASE_TERMS)
    op.execute("REVOKE EXECUTE ON FUNCTION erase_contribution_terms FROM PUBLIC")
    role = context.config.attributes["app_role"]
    if role is None:  # one role does everything
        return
    app = op.get_bind().dialect.identifier_preparer.quote(role)
    op.execute(f"GRANT EXECUTE ON FUNCTION erase_contribution_terms TO {app}")
    op.execute(f"REVOKE UPDATE, DELETE ON erasure_request FROM {app}")
    op.execute(f"GRANT UPDATE ({', '.join(CHANGED_BY)}) ON erasure_request TO {app}")


def make_requests() -> None:
    status = sa.Enum(
        "waiting",
        "done",
        "cancelled",
        name="erasurestatus",
        native_enum=False,
        create_constraint=True,
        length=24,
    )
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("objection_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", status, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'done') = (done_at is not null)"
            " and (status = 'cancelled') = (cancelled_at is not null)",
            name=op.f("ck_erasure_request_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_erasure_request_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
    )
    waiting = sa.text("status = 'waiting'")
    op.create_index(
        "ix_erasure_request_not_before", "erasure_request", ["not_before"], postgresql_where=waiting
    )
    op.create_index(
        "ix_erasure_request_worker_id", "erasure_request", ["worker_id", "requested_at"]
    )
    op.create_index(
        "uq_erasure_request_waiting",
        "erasure_request",
        ["worker_id"],
        unique=True,
        postgresql_where=waiting,
    )


def let_workers_be_erased() -> None:
    op.add_column("worker", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    for column in ALWAYS_THERE:
        op.alter_column("worker", column, nullable=True)
    op.create_check_constraint(op.f("ck_worker_complete_or_erased"), "worker", COMPLETE_OR_ERASED)
    op.drop_index("uq_worker_nik_holder", "worker")
    op.create_index(
        "uq_worker_nik_holder",
        "worker",
        ["nik_key"],
        unique=True,
        postgresql_where=sa.text("identity_status = 'verified' and erased_at is null"),
    )
