"""What partners sent is compared at a pace; a record that nobody signed in to can join another."""

import sqlalchemy as sa
from alembic import context, op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# The application may not change evidence. This gives another worker to all that stands under one
# whom a partner enrolled and who never signed in, and only where both are the same NIK. What is
# new there and names a worker has its line here.
MOVE_UNCLAIMED = """
    CREATE FUNCTION move_unclaimed(source uuid, target uuid, with_terms boolean) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM public.worker AS gone JOIN public.worker AS kept ON kept.nik_key = gone.nik_key
            WHERE gone.id = source AND kept.id = target AND gone.id <> kept.id
            AND gone.claimed_at IS NULL AND gone.erased_at IS NULL AND kept.erased_at IS NULL
        ) THEN
            RAISE EXCEPTION 'only an unclaimed record moves, to one of the same NIK';
        END IF;
        UPDATE public.enrolment SET worker_id = target WHERE worker_id = source;
        UPDATE public.identity_check SET worker_id = target, of_record = false
            WHERE worker_id = source;
        UPDATE public.invoice SET worker_id = target WHERE worker_id = source;
        UPDATE public.payment SET worker_id = target WHERE worker_id = source;
        UPDATE public.refund_case SET worker_id = target WHERE worker_id = source;
        UPDATE public.contribution SET worker_id = target WHERE worker_id = source;
        UPDATE public.ledger_posting SET worker_id = target WHERE worker_id = source;
        UPDATE public.bank_call SET worker_id = target WHERE worker_id = source;
        UPDATE public.coverage_event SET worker_id = target WHERE worker_id = source;
        UPDATE public.data_access SET worker_id = target WHERE worker_id = source;
        UPDATE public.partner_posting SET worker_id = target WHERE worker_id = source;
        IF with_terms THEN
            UPDATE public.contribution_terms SET worker_id = target WHERE worker_id = source;
        END IF;
    END
    $$
"""
# As it was, and of whom nobody could have asked: a record that was never claimed.
ERASE_TERMS = """
    CREATE OR REPLACE FUNCTION erase_contribution_terms(whose uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM public.contribution_terms
        WHERE worker_id = whose
        AND EXISTS (
            SELECT FROM public.worker WHERE worker.id = whose AND worker.erased_at IS NOT NULL
            AND (
                worker.claimed_at IS NULL
                OR EXISTS (
                    SELECT FROM public.erasure_request
                    WHERE erasure_request.worker_id = whose AND erasure_request.status = 'waiting'
                )
            )
        );
    END
"""


def upgrade() -> None:
    make_tables()
    op.add_column(
        "identity_check",
        sa.Column("of_record", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    op.create_index(
        "ix_identity_check_open_of_partners",
        "identity_check",
        ["enrolment_id"],
        unique=False,
        postgresql_where=sa.text(
            "enrolment_id is not null and outcome is null and superseded_at is null"
        ),
    )
    # By file, so that one which is paused is not read through again and again.
    unasked = sa.text("identity_asked_at is null and ended_at is null")
    op.drop_index("ix_enrolment_unasked", "enrolment")
    op.create_index(
        "ix_enrolment_unasked",
        "enrolment",
        ["partner_id", "batch_id", "id"],
        unique=False,
        postgresql_where=unasked,
    )
    op.execute(MOVE_UNCLAIMED)
    op.execute(ERASE_TERMS)
    op.execute("REVOKE EXECUTE ON FUNCTION move_unclaimed FROM PUBLIC")
    role = context.config.attributes["app_role"]
    if role is None:  # one role does everything
        return
    app = op.get_bind().dialect.identifier_preparer.quote(role)
    op.execute(f"GRANT EXECUTE ON FUNCTION move_unclaimed TO {app}")
    op.execute(f"REVOKE INSERT, DELETE ON check_pace FROM {app}")
    op.execute(f"REVOKE DELETE ON partner_checks, batch_checks FROM {app}")


def make_tables() -> None:
    op.create_table(
        "check_pace",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("spent_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_check_pace_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_pace")),
    )
    op.execute("INSERT INTO check_pace VALUES (1, '1970-01-01 00:00:00Z')")
    op.create_table(
        "partner_checks",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_partner_checks_partner_id")
        ),
        sa.PrimaryKeyConstraint("day", "partner_id", name=op.f("pk_partner_checks")),
    )
    op.create_table(
        "batch_checks",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("not_found", sa.Integer(), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["enrolment_batch.id"], name=op.f("fk_batch_checks_batch_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch_checks")),
    )
