"""Money and evidence: the application adds to them, and can neither change nor remove them."""

from alembic import context, op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEVER_CHANGED = (
    "bank_call",
    "contribution",
    "contribution_terms",
    "invoice_month",
    "ledger_posting",
    "payment",
)
# An invoice is as it was made, but for what became of it.
CLOSED_BY = ("status", "closed_at")
NEVER_REMOVED = ("identity_check", "invoice", "worker", "worker_consent")


def upgrade() -> None:
    role = context.config.attributes["app_role"]
    if role is None:  # one role does everything
        return
    app = op.get_bind().dialect.identifier_preparer.quote(role)
    op.execute(f"REVOKE UPDATE, DELETE ON {', '.join(NEVER_CHANGED)} FROM {app}")
    op.execute(f"REVOKE UPDATE ON invoice FROM {app}")
    op.execute(f"GRANT UPDATE ({', '.join(CLOSED_BY)}) ON invoice TO {app}")
    op.execute(f"REVOKE DELETE ON {', '.join(NEVER_REMOVED)} FROM {app}")
