"""Workers who are signed in give us another phone number."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.message import MessageKind
from models.phone_change import PhoneChange
from models.phone_change_request import supersede_requests
from models.phone_verification import select_verification_to_spend
from models.sign_in import end_other_sign_ins, select_live
from models.values.phone import PhoneNumber
from models.values.words import Words
from models.worker import Worker
from services import fresh_phone, notices, profile
from services.callers import SignedIn
from services.constraints import constraint_raises
from services.errors import Conflict, SignInRequired
from services.held import held
from services.links.claiming import hold_with_unclaimed, step_aside
from services.links.merging import merge
from services.phone_verification import phone_of
from services.ports import Ports
from services.profile import Profile


class PhoneUsedForNik(Conflict):
    code = "phone-used-for-this-nik"
    title = Words("Nomor HP ini sudah dipakai", "This phone number is in use")
    detail = Words(
        "Pendaftaran lain dengan NIK ini sudah memakai nomor HP itu. Pakai nomor lain, atau hubungi "
        "petugas kami.",
        "Another registration with this NIK has that phone number already. Use another number, or "
        "contact our staff.",
    )


def change(ports: Ports, caller: SignedIn, phone_token: str) -> Profile:
    """Replace the worker's number, and end all their other sessions.

    Nothing is done for the number that they have already, whatever has become of the token: an
    answer that was lost is asked for again like that.

    :raises PhoneTokenRefused: the phone was not verified within the last ten minutes for this.
    :raises PhoneUsedForNik: the same NIK is claimed from that phone by another registration.
    :raises SignInRequired: the session was ended while this waited for its turn.
    """
    phone = fresh_phone.shown(ports, phone_token)
    with ports.transactions.begin() as session:
        enrolled = hold_with_unclaimed(session, caller.worker_id, phone_key=phone.phone_key)
        worker = held(session, caller)
        verification = session.scalar(select_verification_to_spend(phone.verification_id))
        _refuse_ended(session, caller)
        if worker.phone_key != phone.phone_key:
            now = ports.clock.now()
            verified = fresh_phone.spend(verification, now)
            replace(ports, session, worker, phone_of(ports, verified), now, enrolled=enrolled)
            session.execute(end_other_sign_ins(worker.id, caller.sign_in_id, now))
    return profile.show(ports, caller)


def replace(
    ports: Ports,
    session: Session,
    worker: Worker,
    number: PhoneNumber,
    now: datetime,
    *,
    enrolled: Worker | None,
    request_id: UUID | None = None,
    taken: type[PhoneUsedForNik] = PhoneUsedForNik,
) -> None:
    """Both numbers are told, and what was asked for by whoever lost theirs is void. What a partner
    began for the worker under the new number becomes part of their record.

    Sessions are the caller's to end, in the same transaction.

    :param worker: held.
    :param enrolled: what ``hold_with_unclaimed`` gave for the new number.
    :param request_id: of the request that was approved, if it was one.
    :param taken: what to raise where another registration has the number.
    :raises PhoneUsedForNik: as for ``change``.
    """
    beside = step_aside(session, enrolled, worker)
    replaced = notices.phone_of(ports, worker)
    worker.phone_key = ports.vault.search_key_of(number)
    worker.phone_sealed = ports.vault.seal(notices.PHONE_PLACE, worker.id, number.e164)
    with constraint_raises("uq_worker_nik_key_phone_key", taken):
        session.flush()
    session.add(PhoneChange(worker_id=worker.id, request_id=request_id, changed_at=now))
    session.execute(supersede_requests(worker.id, now))
    # Named, because a message is sent later, and the number on record may be a third one by then.
    for told in (replaced, number):
        notices.queue(ports, session, worker, MessageKind.PHONE_CHANGED, now, to=told)
    if beside is not None:
        merge(ports, session, beside, worker, now)


def _refuse_ended(session: Session, caller: SignedIn) -> None:
    """Another session may have changed the number, and ended this one, since it was looked at."""
    shown = {"sign_in_id": caller.sign_in_id, "worker_id": caller.worker_id}
    if session.scalar(select_live(), shown) is None:
        raise SignInRequired
