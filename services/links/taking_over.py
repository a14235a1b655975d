"""Whoever registers by themself takes over what a partner has begun for them from the same phone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.application import Application
from models.consent import accept_once
from models.phone_verification import PhoneVerification, select_verification_to_spend
from models.values.identity import IdentityStatus
from models.values.text import fold_name
from models.worker import Worker, select_claim_from, select_profile, select_worker_to_change
from services import coverage, erasure, plan_choice, sign_in
from services.application import occupation_rows
from services.callers import VerifiedPhone
from services.errors import NotSignedInWithPhone
from services.identity import request_check
from services.links.own_words import keep_what_was_sent
from services.newcomer import Registered
from services.once import Once
from services.ports import Ports
from services.profile import opened, sealed

_AS_FILLED_IN = (
    "full_name",
    "birth_place",
    "birth_date",
    "sex",
    "postal_code",
    "village_code",
    "monthly_income",
    "kusuka_number",
    "referral_code",
)


def take_over(
    ports: Ports, phone: VerifiedPhone, application: Application, once: Once[Registered]
) -> Registered | None:
    """Let the form replace the record that a partner made of this NIK and this phone. What the
    partner paid for and its tie stay; the plan is the person's to change.

    :param application: without a fault.
    :returns: None where there is no such record, or not any more.
    :raises NotSignedInWithPhone: the phone token is spent.
    """
    now, nik_key = ports.clock.now(), ports.vault.search_key_of(application.nik)
    with ports.transactions.begin() as session:
        once.claim(ports, session)
        found = session.scalar(select_claim_from(nik_key, phone.phone_key))
        verification = session.scalar(select_verification_to_spend(phone.verification_id))
        if verification is None:
            raise NotSignedInWithPhone
        if found is None or found.claimed_at is not None:
            return None
        worker = session.scalars(select_worker_to_change(found.id)).one()
        _claim(worker, verification, now)
        # Asked for by letter, before they agreed to what they now register for.
        erasure.call_off_waiting(session, worker.id, now)
        _replace(ports, session, worker, application, now)
        return once.remember(ports, session, _signed_in(ports, session, worker, now))


def _claim(worker: Worker, verification: PhoneVerification, now: datetime) -> None:
    verification.spent_at = now
    worker.claimed_at = worker.registered_at = now
    worker.language = verification.language


def _replace(
    ports: Ports, session: Session, worker: Worker, form: Application, now: datetime
) -> None:
    keep_what_was_sent(ports, session, worker)
    proven = worker.identity_status is IdentityStatus.VERIFIED and _same_person(worker, form)
    for column in _AS_FILLED_IN:
        setattr(worker, column, getattr(form, column))
    texts = {
        "nik": form.nik.digits,
        "mother_maiden_name": form.mother_maiden_name,
        "address": form.address,
        "email": form.email,
    }
    for column, value in sealed(ports.vault, worker.id, **texts).items():
        setattr(worker, column, value)
    worker.occupations = occupation_rows(worker.id, form.occupations)
    for each in form.consents:
        session.execute(accept_once(worker.id, each.document, each.version, now))
    plan_choice.record_terms(ports, session, worker, now)
    if not proven:
        _have_checked(ports, session, worker, now)


def _same_person(worker: Worker, form: Application) -> bool:
    """By what the registry decides on."""
    return (
        worker.birth_date == form.birth_date
        and worker.sex is form.sex
        and fold_name(worker.full_name) == fold_name(form.full_name)
    )


def _have_checked(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    """As for everybody who registers, whatever was found of what the partner had sent."""
    worker.identity_status = IdentityStatus.PENDING
    worker.identity_reason = None
    worker.identity_elements = []
    worker.identity_checked_at = None
    request_check(ports, session, worker.id, worker.nik_key, now)


def _signed_in(ports: Ports, session: Session, worker: Worker, now: datetime) -> Registered:
    tokens = sign_in.open_session(ports, session, worker.id, now)
    session.flush()
    as_written = select_profile(worker.id).execution_options(populate_existing=True)
    profile = opened(
        ports.vault,
        session.scalars(as_written).one(),
        coverage.outlook(ports, session, worker.id),
    )
    return Registered(profile, **vars(tokens))
