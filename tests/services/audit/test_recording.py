"""What is in the audit stays as it is."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.values.audit import AuditAction
from services.audit.recording import Deed, record
from tests import officers


@pytest.mark.parametrize(
    "statement",
    ["update audit_event set note = 'nothing'", "delete from audit_event", "truncate audit_event"],
)
def test_the_application_can_neither_change_nor_remove_an_event(ports, session, statement):
    who = officers.officer(ports, session)
    record(session, who, Deed(action=AuditAction.SIGNED_IN), ports.clock.now())
    session.flush()
    with pytest.raises(DBAPIError, match="permission denied"):
        session.execute(text(statement))
