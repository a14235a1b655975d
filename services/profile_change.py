"""Workers correct and update their own record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.region import select_village_path
from models.values.identity import IdentityStatus
from models.values.jakarta import day_of
from models.values.nik import Nik
from models.values.words import Words
from models.worker import Worker, select_worker
from services import identity, plan_choice, profile
from services.application import faults_in, occupation_rows
from services.callers import SignedIn
from services.constraints import constraint_raises
from services.errors import Conflict, FieldFault, IdentityVerified, Invalid
from services.held import held
from services.links import claiming
from services.links.merging import merge
from services.links.own_words import keep_what_was_sent
from services.ports import Ports
from services.profile import Profile, sealed

IDENTITY = frozenset({"nik", "full_name", "birth_place", "birth_date", "sex", "mother_maiden_name"})
_SEALED = frozenset({"nik", "mother_maiden_name", "address", "email"})
_PRICED_BY = frozenset({"monthly_income", "occupations"})


class NikUsedHere(Conflict):
    code = "nik-used-on-this-phone"
    title = Words("NIK ini sudah dipakai", "This NIK is in use")
    detail = Words(
        "Pendaftaran lain dari nomor HP ini sudah memakai NIK itu. Periksa lagi NIK-nya; jika "
        "memang benar, hubungi petugas kami.",
        "Another registration from this phone has this NIK already. Check the digits; if they are "
        "right, contact our staff.",
    )


def change(ports: Ports, caller: SignedIn, changes: Mapping[str, Any]) -> Profile:
    """Change what is named. A change of identity is checked anew, unless it is with our staff; what
    was missing may be filled in at any time.

    :param changes: by the names of ``PATCH /v1/me``, with ``occupations`` a list of ``Occupation``.
    :raises IdentityVerified: the identity has been verified and stays as it is.
    :raises NikUsedHere: the corrected NIK is claimed from this phone already.
    :raises Invalid: a value that cannot be; every fault at once.
    """
    with ports.transactions.begin() as session:
        enrolled = _enrolled(ports, session, caller, changes)
        worker = held(session, caller)
        now = ports.clock.now()
        corrected = IDENTITY & changes.keys() - _missing(worker)
        if worker.identity_status is IdentityStatus.VERIFIED and corrected:
            raise IdentityVerified
        if faults := _faults(ports, session, changes, day_of(worker.registered_at)):
            raise Invalid(*faults)
        if corrected:
            keep_what_was_sent(ports, session, worker)
        beside = claiming.step_aside(session, enrolled, worker)
        _apply(ports, session, worker, changes)
        if beside is not None:
            merge(ports, session, beside, worker, now)
        if _PRICED_BY & changes.keys():
            plan_choice.record_terms(ports, session, worker, now)
        if corrected:
            _check_again(ports, session, worker, now)
    return profile.show(ports, caller)


def _enrolled(
    ports: Ports, session: Session, caller: SignedIn, changes: Mapping[str, Any]
) -> Worker | None:
    """What a partner has begun under the corrected NIK and this phone; held."""
    nik = changes.get("nik")
    if not isinstance(nik, Nik):
        return None
    nik_key = ports.vault.search_key_of(nik)
    return claiming.hold_with_unclaimed(session, caller.worker_id, nik_key=nik_key)


def _missing(worker: Worker) -> set[str]:
    """What a partner did not know. Who fills it in corrects nothing: the registry does not decide by
    it."""
    names = {
        "birth_place": worker.birth_place,
        "mother_maiden_name": worker.mother_maiden_name_sealed,
    }
    return {name for name, value in names.items() if value is None}


def other_faults(ports: Ports, caller: SignedIn, changes: Mapping[str, Any]) -> list[FieldFault]:
    """What is wrong with those changes that could be read, where others could not."""
    with ports.transactions.reading() as session:
        worker = session.scalars(select_worker(caller.worker_id)).one()
        return _faults(ports, session, changes, day_of(worker.registered_at))


def _faults(
    ports: Ports, session: Session, changes: Mapping[str, Any], registered_on: date
) -> list[FieldFault]:
    code = changes.get("village_code")
    village = session.scalar(select_village_path(code)) if code else None
    faults = faults_in(
        changes,
        registered_on,
        village_known=village is not None,
        occupations=ports.occupations,
        consents=ports.consents,
    )
    return list(faults)


def _apply(ports: Ports, session: Session, worker: Worker, changes: Mapping[str, Any]) -> None:
    values = dict(changes)
    if (occupations := values.pop("occupations", None)) is not None:
        worker.occupations = occupation_rows(worker.id, occupations)
    if isinstance(nik := values.get("nik"), Nik):
        worker.nik_key = ports.vault.search_key_of(nik)
        values["nik"] = nik.digits
    texts = {name: values.pop(name) for name in _SEALED & values.keys()}
    for column, value in (values | sealed(ports.vault, worker.id, **texts)).items():
        setattr(worker, column, value)


def _check_again(ports: Ports, session: Session, worker: Worker, now: datetime) -> None:
    with constraint_raises("uq_worker_nik_key_phone_key", NikUsedHere):
        session.flush()
    identity.check_again(ports, session, worker, now)
