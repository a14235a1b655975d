"""Events of the audit, and what an owner of the database does who means ill."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text

from models.values.access import AccessReason, StaffRole
from models.values.audit import AuditAction, SearchedBy
from models.values.ids import new_id
from services.audit.recording import Deed, record
from services.audit.searched import searched
from services.callers import StaffCaller
from services.ports import Ports
from tests.officers import officer

# Whoever owns the tables can take all that guards them away.
UNGUARD = """
    alter table audit_event disable trigger user;
    alter table audit_link disable trigger user;
    alter table audit_link drop constraint fk_audit_link_event_id;
    alter table audit_link drop constraint uq_audit_link_event_id;
    alter table audit_link drop constraint pk_audit_link
"""


def somebody(ports: Ports, role: StaffRole = StaffRole.SUPPORT) -> StaffCaller:
    with ports.transactions.begin() as session:
        return officer(ports, session, role)


def look_up(ports: Ports, who: StaffCaller, times: int = 1) -> list[UUID]:
    """Deeds with all that can be known of one; the ids of the events, the oldest first."""
    by = searched(ports.vault, SearchedBy.MEMBER_NUMBER, "44312772276")
    for number in range(times):
        deed = Deed(
            action=AuditAction.LOOKED_UP,
            worker_id=new_id(),
            about_id=new_id(),
            reason=AccessReason.CALLER_ASKS,
            note="dari loket",
            searched=by,
            details={"found": number, "fields": ["nik", "é"]},
        )
        with ports.transactions.begin() as session:
            record(session, who, deed, ports.clock.now())
    return ids(ports)


def ids(ports: Ports) -> list[UUID]:
    with ports.transactions.reading() as session:
        return list(session.scalars(text("select id from audit_event order by at, id")))
