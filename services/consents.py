"""Workers agree to newer versions of our documents, and take their consent back."""

from __future__ import annotations

from datetime import datetime

from models.application import Accepted
from models.consent import (
    WorkerConsent,
    accept_once,
    select_consents,
    select_last_consent,
    select_standing,
    withdraw_all,
    withdraw_as_told,
)
from models.consent_documents import ConsentDocuments
from models.driver_form import CONSENT_DOCUMENT
from models.privacy_request import PrivacyRequest, close_withdrawals
from models.values.page import Page, PageRequest
from models.values.person_faults import UNKNOWN_DOCUMENT
from models.values.privacy import PrivacyRequestKind
from models.values.words import Words
from services.callers import SignedIn
from services.errors import ConsentNotGiven, FieldFault, Invalid
from services.held import held
from services.once import Once
from services.ports import Ports

OUTDATED_DOCUMENT = Words(
    "Dokumen ini sudah ada versi barunya. Baca versi itu, lalu setujui.",
    "There is a newer version of this document. Read that one, then accept it.",
)


def given(ports: Ports, caller: SignedIn, page: PageRequest) -> Page[WorkerConsent]:
    """Everything that the worker has agreed to, oldest first, withdrawn or not."""
    statement = select_consents(caller.worker_id, after=page.after, limit=page.to_read)
    with ports.transactions.reading() as session:
        read = session.scalars(statement).all()
    return Page.of(read, page, lambda last: (last.accepted_at, last.id))


def accept(
    ports: Ports, caller: SignedIn, accepted: Accepted, once: Once[WorkerConsent]
) -> WorkerConsent:
    """Agree to the version in force of a document. Agreeing again changes nothing.

    :raises Invalid: there is no such document, or a newer version is in force.
    """
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        _refuse_other_than_current(ports.consents, accepted)
        # So that an invoice is made either before or after, never meanwhile.
        worker = held(session, caller)
        wanted = (worker.id, accepted.document, accepted.version)
        now = ports.clock.now()
        session.execute(accept_once(*wanted, now))
        session.execute(close_withdrawals(worker.id, accepted.document, now))
        consent = session.scalars(select_standing(*wanted)).one()
        return once.remember(ports, session, consent)


def withdraw(ports: Ports, caller: SignedIn, document: str) -> WorkerConsent:
    """Take a consent back, in every version; also one that was given to a partner when it enrolled
    the worker. Doing it again changes nothing.

    Without a required document no new invoices are made; cover that has been paid for runs on
    (UU 27/2022, article 9). An invoice that is out can still be paid: it ends by itself within the
    3x24 hours that article 40 gives. Our staff see to what else there may be to end.

    :raises ConsentNotGiven: the worker never agreed to such a document.
    """
    with ports.transactions.begin() as session:
        worker = held(session, caller)
        now = ports.clock.now()
        withdrawn = list(session.scalars(withdraw_all(worker.id, document, now)))
        if document == CONSENT_DOCUMENT:
            withdrawn += session.scalars(withdraw_as_told(worker.id, document, now))
        consent = session.scalar(select_last_consent(worker.id, document))
        if consent is None:
            raise ConsentNotGiven
        if withdrawn and document in {each.document for each in ports.consents.required()}:
            session.add(_for_staff(consent, now))
        return consent


def _for_staff(consent: WorkerConsent, now: datetime) -> PrivacyRequest:
    kind = PrivacyRequestKind.WITHDRAWAL
    return PrivacyRequest.of(kind, consent.worker_id, now, about_id=consent.id)


def _refuse_other_than_current(documents: ConsentDocuments, accepted: Accepted) -> None:
    document = documents.find(accepted.document, accepted.version)
    if document is None:
        known = any(each.document == accepted.document for each in documents.current())
        place = "/version" if known else "/document"
        raise Invalid(FieldFault.of(place, UNKNOWN_DOCUMENT))
    if document not in documents.current():
        raise Invalid(FieldFault("/version", "outdated-document", OUTDATED_DOCUMENT))
