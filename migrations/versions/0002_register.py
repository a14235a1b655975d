"""The register: workers, their identity, money, messages and sessions; and the areas."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gateway_position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_position")),
    )
    op.create_table(
        "kept_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_answer")),
    )
    op.create_index("ix_kept_answer_kept_at", "kept_answer", ["kept_at"], unique=False)
    op.create_index("uq_kept_answer_owner_key", "kept_answer", ["owner", "key"], unique=True)
    op.create_table(
        "listed_region",
        sa.Column("code", sa.Text(collation="C"), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("depth", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(collation="C"), nullable=False),
        sa.Column("district_name", sa.Text(), nullable=True),
        sa.Column("regency_name", sa.Text(), nullable=True),
        sa.Column("province_name", sa.Text(), nullable=True),
        sa.Column("squeezed", sa.Text(collation="C"), nullable=False),
        sa.Column("own_words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("all_words", postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_listed_region")),
    )
    op.create_index(
        "ix_listed_region_depth", "listed_region", ["depth", "squeezed", "code"], unique=False
    )
    op.create_index(
        "ix_listed_region_own_words",
        "listed_region",
        ["own_words"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": False},
    )
    op.create_index(
        "ix_listed_region_parent_code", "listed_region", ["parent_code", "name"], unique=False
    )
    op.create_table(
        "occupation",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("isco08", sa.Text(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "transport",
                "other",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_occupation")),
    )
    op.create_table(
        "phone_verification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phone_key", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("source_key", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "whatsapp",
                "sms",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong_niks", sa.Integer(), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("tries between 0 and 5", name=op.f("ck_phone_verification_tries")),
        sa.CheckConstraint(
            "wrong_niks between 0 and 5", name=op.f("ck_phone_verification_wrong_niks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_verification")),
    )
    op.create_index(
        "ix_phone_verification_phone_key",
        "phone_verification",
        ["phone_key", "started_at"],
        unique=False,
    )
    op.create_index(
        "ix_phone_verification_started_at", "phone_verification", ["started_at"], unique=False
    )
    op.create_index(
        "ix_phone_verification_source_key",
        "phone_verification",
        ["source_key", "started_at"],
        unique=False,
    )
    op.create_table(
        "province",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_province")),
    )
    op.create_table(
        "reference_load",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column(
            "loaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_reference_load")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("verification_id", sa.Uuid(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "whatsapp",
                "sms",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sent",
                "delivered",
                "failed",
                name="deliverystate",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("fallback_of", sa.Uuid(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["fallback_of"], ["message.id"], name=op.f("fk_message_fallback_of")
        ),
        sa.ForeignKeyConstraint(
            ["verification_id"], ["phone_verification.id"], name=op.f("fk_message_verification_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("fallback_of", name=op.f("uq_message_fallback_of")),
    )
    op.create_index(
        "ix_message_verification_id", "message", ["verification_id", "queued_at"], unique=False
    )
    op.create_table(
        "regency",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("province_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["province_code"], ["province.code"], name=op.f("fk_regency_province_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regency")),
    )
    op.create_index(op.f("ix_regency_province_code"), "regency", ["province_code"], unique=False)
    op.create_table(
        "district",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("regency_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["regency_code"], ["regency.code"], name=op.f("fk_district_regency_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_district")),
    )
    op.create_index(op.f("ix_district_regency_code"), "district", ["regency_code"], unique=False)
    op.create_table(
        "village",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["district.code"], name=op.f("fk_village_district_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_village")),
    )
    op.create_index(op.f("ix_village_district_code"), "village", ["district_code"], unique=False)
    op.create_table(
        "worker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_number", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nik_key", sa.LargeBinary(), nullable=False),
        sa.Column("nik_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("birth_place", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column(
            "sex",
            sa.Enum("M", "F", name="sex", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("mother_maiden_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_key", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("village_code", sa.Text(), nullable=False),
        sa.Column("monthly_income", sa.BigInteger(), nullable=False),
        sa.Column("kusuka_number", sa.Text(), nullable=True),
        sa.Column("referral_code", sa.Text(), nullable=True),
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
        sa.Column("identity_reason", sa.Text(), nullable=True),
        sa.Column("identity_elements", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("identity_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_number", sa.Text(), nullable=True),
        sa.Column("paid_through", sa.Date(), nullable=True),
        sa.CheckConstraint("monthly_income >= 0", name=op.f("ck_worker_monthly_income")),
        sa.ForeignKeyConstraint(
            ["village_code"], ["village.code"], name=op.f("fk_worker_village_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
        sa.UniqueConstraint("member_number", name=op.f("uq_worker_member_number")),
        sa.UniqueConstraint("nik_key", "phone_key", name=op.f("uq_worker_nik_key_phone_key")),
        sa.UniqueConstraint("registration_number", name=op.f("uq_worker_registration_number")),
    )
    op.create_index("ix_worker_paid_through", "worker", ["paid_through"], unique=False)
    op.create_index("ix_worker_phone_key", "worker", ["phone_key"], unique=False)
    op.create_index(
        "uq_worker_nik_holder",
        "worker",
        ["nik_key"],
        unique=True,
        postgresql_where="identity_status = 'verified'",
    )
    op.create_table(
        "contribution_terms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.Column("monthly_income", sa.BigInteger(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "transport",
                "other",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "monthly_income >= 0", name=op.f("ck_contribution_terms_monthly_income")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_contribution_terms_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_terms")),
    )
    op.create_index(
        "ix_contribution_terms_worker_id",
        "contribution_terms",
        ["worker_id", "from_month", "decided_at"],
        unique=False,
    )
    op.create_table(
        "identity_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("nik_key", sa.LargeBinary(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
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
            nullable=True,
        ),
        sa.Column(
            "finding",
            sa.Enum(
                "found",
                "deceased",
                "duplicate",
                "not_found",
                "inactive",
                name="finding",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("response_code", sa.Text(), nullable=True),
        sa.Column("scores", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("notes", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_identity_check_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_check")),
    )
    op.create_index(
        "ix_identity_check_nik_key", "identity_check", ["nik_key", "requested_at"], unique=False
    )
    op.create_index(
        "ix_identity_check_worker_id", "identity_check", ["worker_id", "requested_at"], unique=False
    )
    op.create_table(
        "invoice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("virtual_account_no", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "paid",
                "expired",
                "cancelled",
                "superseded",
                name="invoicestatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("rates_version", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("credit_used", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount >= 0 and credit_used >= 0", name=op.f("ck_invoice_amounts")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_invoice_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("virtual_account_no", name=op.f("uq_invoice_virtual_account_no")),
    )
    op.create_index("ix_invoice_worker_id", "invoice", ["worker_id", "created_at"], unique=False)
    op.create_index(
        "uq_invoice_open", "invoice", ["worker_id"], unique=True, postgresql_where="status = 'open'"
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_sign_in_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_worker_id"), "sign_in", ["worker_id"], unique=False)
    op.create_table(
        "worker_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_worker_consent_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_consent")),
    )
    op.create_index(
        "uq_worker_consent_given",
        "worker_consent",
        ["worker_id", "document", "version"],
        unique=True,
        postgresql_where="withdrawn_at is null",
    )
    op.create_table(
        "worker_occupation",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("workplace", sa.Text(), nullable=True),
        sa.Column("hours_per_week", sa.Integer(), nullable=True),
        sa.CheckConstraint("position between 1 and 2", name=op.f("ck_worker_occupation_position")),
        sa.ForeignKeyConstraint(
            ["code"], ["occupation.code"], name=op.f("fk_worker_occupation_code")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_worker_occupation_worker_id")
        ),
        sa.PrimaryKeyConstraint("worker_id", "position", name=op.f("pk_worker_occupation")),
    )
    op.create_table(
        "bank_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column(
            "service",
            sa.Enum(
                "inquiry",
                "payment",
                "status",
                name="bankservice",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "credited",
                "unknown_bill",
                "wrong_amount",
                "already_paid",
                "inactive",
                "inconsistent",
                "external_id_reused",
                name="bankoutcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("spends_external_id", sa.Boolean(), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("virtual_account_no", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("invoice_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("payment_request_id", sa.Text(), nullable=True),
        sa.Column("reference_no", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("transacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_bank_call_invoice_id")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_bank_call_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_call")),
    )
    op.create_index(op.f("ix_bank_call_invoice_id"), "bank_call", ["invoice_id"], unique=False)
    op.create_index("ix_bank_call_reference_no", "bank_call", ["reference_no"], unique=False)
    op.create_index(
        "ix_bank_call_virtual_account_no", "bank_call", ["virtual_account_no"], unique=False
    )
    op.create_index("ix_bank_call_worker_id", "bank_call", ["worker_id", "called_at"], unique=False)
    op.create_index(
        "uq_bank_call_decision",
        "bank_call",
        ["bank", "payment_request_id"],
        unique=True,
        postgresql_where="decides",
    )
    op.create_index(
        "uq_bank_call_external_id",
        "bank_call",
        ["bank", "called_on", "external_id"],
        unique=True,
        postgresql_where="spends_external_id",
    )
    op.create_table(
        "invoice_month",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
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
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("reference_income", sa.BigInteger(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "transport",
                "other",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "payer",
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
        sa.Column("jkk", sa.BigInteger(), nullable=False),
        sa.Column("jkm", sa.BigInteger(), nullable=False),
        sa.Column("jht", sa.BigInteger(), nullable=False),
        sa.Column("relief_rule", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount = jkk + jkm + jht", name=op.f("ck_invoice_month_amount")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_month_invoice_id")
        ),
        sa.PrimaryKeyConstraint("invoice_id", "month", name=op.f("pk_invoice_month")),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("payment_request_id", sa.Text(), nullable=False),
        sa.Column("reference_no", sa.Text(), nullable=True),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("transacted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_payment_invoice_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_payment_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint(
            "bank", "payment_request_id", name=op.f("uq_payment_bank_payment_request_id")
        ),
    )
    op.create_index(op.f("ix_payment_invoice_id"), "payment", ["invoice_id"], unique=False)
    op.create_index(op.f("ix_payment_reference_no"), "payment", ["reference_no"], unique=False)
    op.create_index(op.f("ix_payment_worker_id"), "payment", ["worker_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("reference_income", sa.BigInteger(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "transport",
                "other",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "payer",
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
        sa.Column("jkk", sa.BigInteger(), nullable=False),
        sa.Column("jkm", sa.BigInteger(), nullable=False),
        sa.Column("jht", sa.BigInteger(), nullable=False),
        sa.Column("relief_rule", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount = jkk + jkm + jht", name=op.f("ck_contribution_amount")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_contribution_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_contribution_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_contribution_worker_id")
        ),
        sa.PrimaryKeyConstraint("worker_id", "month", name=op.f("pk_contribution")),
    )
    op.create_index(
        op.f("ix_contribution_invoice_id"), "contribution", ["invoice_id"], unique=False
    )
    op.create_index(
        op.f("ix_contribution_payment_id"), "contribution", ["payment_id"], unique=False
    )
    op.create_table(
        "ledger_posting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("received = settled + credit", name=op.f("ck_ledger_posting_balances")),
        sa.CheckConstraint("received >= 0", name=op.f("ck_ledger_posting_received")),
        sa.CheckConstraint("settled >= 0", name=op.f("ck_ledger_posting_settled")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_ledger_posting_invoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_ledger_posting_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_ledger_posting_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_posting")),
        sa.UniqueConstraint("invoice_id", name=op.f("uq_ledger_posting_invoice_id")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_ledger_posting_payment_id")),
    )
    op.create_index(
        "ix_ledger_posting_worker_id", "ledger_posting", ["worker_id", "posted_at"], unique=False
    )
    op.execute("INSERT INTO gateway_position (id) VALUES (1)")
