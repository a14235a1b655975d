"""Workers put themselves on the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.application import Application
from models.phone_verification import select_verification_to_spend
from models.registration_ground import Claim, Ground, Path, read_ground, select_ground
from models.registration_rows import write_registration
from models.values.ids import new_id
from models.values.jakarta import day_of
from models.values.registration_number import RegistrationNumber
from models.values.text import fold_name
from services import sign_in
from services.application import faults_in, faults_of
from services.callers import VerifiedPhone
from services.constraints import constraint_raises
from services.errors import AlreadyRegistered, FieldFault, Invalid, NotSignedInWithPhone
from services.jobs import CheckIdentity
from services.links.taking_over import take_over
from services.newcomer import Newcomer, Registered
from services.once import Once
from services.phone_verification import opened_phone
from services.ports import Ports
from services.prepared import Prepared, Transaction, driver_of
from services.sign_in import NewFamily
from services.transactions import in_one_go

# Of a hundred thousand million numbers 70 million are in use one day: one draw in a thousand fails.
_MOST_DRAWS = 5
# The key of nobody's NIK, where none could be read.
_NO_NIK = b""
_GROUND, _WRITING = Prepared(select_ground()), Prepared(write_registration())


class _NumberTaken(Exception):
    """Somebody else has the registration number that was drawn."""


class _Enrolled(Exception):
    """A partner has begun a record of this NIK and this phone, which nobody has claimed."""


class _Meanwhile(Exception):
    """Since we looked, somebody else has written this NIK with this phone: a partner's file, or the
    same person."""


def register(
    ports: Ports,
    phone: VerifiedPhone,
    application: Application,
    once: Once[Registered],
    draw: Callable[[], RegistrationNumber] = RegistrationNumber.draw,
) -> Registered:
    """Put a worker on the register, sign them in, and ask for the identity check. What a partner
    has begun for them from this phone becomes theirs.

    Typing a NIK claims it; only a matching check makes it held. So nobody can take another's NIK
    by typing it, nor learn from the answer whether it is known.

    :raises AlreadyRegistered: this person holds the NIK, or claims it from this phone.
    :raises Invalid: a value that cannot be; every fault at once.
    :raises NotSignedInWithPhone: the phone token is spent.
    """
    for _ in range(_MOST_DRAWS):
        with (
            suppress(_NumberTaken, _Meanwhile),
            constraint_raises("uq_worker_registration_number", _NumberTaken),
        ):
            try:
                return _register(ports, phone, application, once, draw())
            except _Enrolled:
                taken_over = take_over(ports, phone, application, once)
            if taken_over is not None:
                return taken_over
    raise RuntimeError(f"{_MOST_DRAWS} registration numbers in a row are taken")


def _register(
    ports: Ports,
    phone: VerifiedPhone,
    application: Application,
    once: Once[Registered],
    number: RegistrationNumber,
) -> Registered:
    with ports.transactions.direct() as transaction:
        newcomer = _examined(ports, transaction, phone, application, once, number)
        if newcomer is not None:
            return _write(ports, transaction, phone, newcomer, once)
    with ports.transactions.begin() as session:
        _count_wrong_nik(session, phone)
    # Outside: what was counted stays counted.
    raise AlreadyRegistered


def _count_wrong_nik(session: Session, phone: VerifiedPhone) -> None:
    """One at a time, and only while the phone token is good: it is no way to try out many."""
    verification = session.scalar(select_verification_to_spend(phone.verification_id))
    if verification is None:
        raise NotSignedInWithPhone
    verification.wrong_niks += 1


def other_faults(ports: Ports, phone: VerifiedPhone, values: Mapping[str, Any]) -> list[FieldFault]:
    """What is wrong with that part of a form that could be read, where the rest could not.

    :param values: by the names of ``Application``.
    :raises NotSignedInWithPhone: the phone token is spent; mending the form would be for nothing.
    """
    asked = {"village_code": values.get("village_code"), "nik_key": _NO_NIK, **vars(phone)}
    ground = read_ground(ports.transactions.first(_GROUND, asked))
    if ground.phone_sealed is None:
        raise NotSignedInWithPhone
    faults = faults_in(
        values,
        day_of(ports.clock.now()),
        village_known=ground.path is not None,
        occupations=ports.occupations,
        consents=ports.consents,
    )
    return list(faults)


def _examined(
    ports: Ports,
    transaction: Transaction,
    phone: VerifiedPhone,
    application: Application,
    once: Once[Registered],
    number: RegistrationNumber,
) -> Newcomer | None:
    """Who may be registered, after one look at the database; None who is already.

    :raises _Enrolled: there is something to take over.
    """
    now, nik_key = ports.clock.now(), ports.vault.search_key_of(application.nik)
    with once.claimed(ports, transaction):
        asked = {"village_code": application.village_code, "nik_key": nik_key, **vars(phone)}
        sent = _GROUND.send(driver_of(transaction), asked)
    ground = read_ground(sent.first())
    # Before the form: whoever has to verify the phone again need not mend it first.
    if ground.phone_sealed is None:
        raise NotSignedInWithPhone
    path = _refuse_faulty(ports, application, ground, now)
    if _is_known(application, ground):
        return None
    if any(claim.from_this_phone for claim in ground.claims):
        raise _Enrolled
    return Newcomer(
        application=application,
        phone=opened_phone(ports, phone.verification_id, ground.phone_sealed),
        path=path,
        nik_key=nik_key,
        phone_key=phone.phone_key,
        registered_at=now,
        number=number,
    )


def _refuse_faulty(ports: Ports, application: Application, ground: Ground, now: datetime) -> Path:
    faults = faults_of(
        application,
        day_of(now),
        village_known=ground.path is not None,
        occupations=ports.occupations,
        consents=ports.consents,
    )
    found = list(faults)
    if ground.path is None or found:
        raise Invalid(*found)
    return ground.path


def _is_known(application: Application, ground: Ground) -> bool:
    """Whether this person holds the NIK, or claims it from this phone. What partners have enrolled
    is in nobody's way."""
    return any(
        not claim.unclaimed and (claim.from_this_phone or _is_same(application, claim))
        for claim in ground.claims
    )


def _is_same(application: Application, claim: Claim) -> bool:
    return claim.birth_date == application.birth_date and fold_name(claim.full_name) == fold_name(
        application.full_name
    )


def _write(
    ports: Ports,
    transaction: Transaction,
    phone: VerifiedPhone,
    newcomer: Newcomer,
    once: Once[Registered],
) -> Registered:
    """Everything that a registration consists of, sent to the database in one go."""
    check = CheckIdentity(new_id())
    family = NewFamily(newcomer.id, newcomer.registered_at)
    tokens = sign_in.pair(ports.tokens, family, newcomer.registered_at)
    registered = Registered(newcomer.profile(), **vars(tokens))
    values = newcomer.rows(ports.vault) | {"sign_in_id": family.id, "check_id": check.check_id}
    with (
        constraint_raises("uq_worker_nik_key_phone_key", _Meanwhile),
        in_one_go(transaction),
    ):
        values["verification_id"] = phone.verification_id
        written = _WRITING.send(driver_of(transaction), values)
        once.remember(ports, transaction, registered)
    if written.first() is None:
        # Somebody else has spent the phone token since we looked.
        raise NotSignedInWithPhone
    ports.jobs.defer(transaction, check)
    return registered
