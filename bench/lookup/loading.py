"""The register as it would stand with so many workers: copied in, so that a million take minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from bench.ground import Ground
from bench.lookup.people import Crowd, Person
from models.partner import Partner
from models.values.ids import new_ids
from models.values.payer import PayerKind
from services.vault import Vault

PARTNERS = 5
_AT_ONCE = 50_000
_BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
_WORKER = (
    "id",
    "registration_number",
    "registered_at",
    "claimed_at",
    "nik_key",
    "nik_sealed",
    "full_name",
    "birth_date",
    "sex",
    "phone_key",
    "phone_sealed",
    "village_code",
    "monthly_income",
    "language",
    "identity_status",
    "identity_elements",
    "member_number",
)
# Everything else follows from the workers. Their numbers are told by the order of their ids, which
# begin with the time; ``n`` counts the new ones.
_NEW = """
    create temp table fresh on commit drop as
    select id, nik_key, registered_at, row_number() over (order by id) + {before} as n
    from worker where id >= '{first}'
"""
_INVOICES = """
    insert into invoice (id, worker_id, virtual_account_no, status, rates_version, amount, credit_used,
        created_at, expires_at, closed_at)
    select gen_random_uuid(), id,
        '88899' || lpad(((n * 2 + k) * 6364136223 % 9999999999971)::text, 13, '0'),
        case when k = 1 and n % 10 = 0 then 'open' when k = 0 or n % 3 > 0 then 'paid' else 'expired' end,
        '2025-12', 33600, 0, registered_at + k * interval '40 days',
        registered_at + k * interval '41 days', registered_at + k * interval '40 days 1 hour'
    from fresh, generate_series(0, 1) as k where n % 2 = 0
"""
_CALLS = """
    insert into bank_call (id, bank, service, outcome, external_id, called_at, called_on,
        spends_external_id, decides, virtual_account_no, worker_id, invoice_id, payment_request_id,
        reference_no, amount, transacted_at)
    select gen_random_uuid(), 'bank', 'payment',
        case invoice.status when 'paid' then 'accepted' else 'inactive' end,
        invoice.id::text, invoice.created_at, invoice.created_at::date, true, true,
        virtual_account_no, worker_id, invoice.id, invoice.id::text,
        '20261122' || right(virtual_account_no, 12), 33600, invoice.created_at
    from invoice join fresh on fresh.id = worker_id where status <> 'open'
"""
_PAYMENTS = """
    insert into payment (id, bank, payment_request_id, reference_no, worker_id, invoice_id, amount,
        transacted_at, received_at)
    select gen_random_uuid(), bank, payment_request_id, reference_no, worker_id, invoice_id, 33600,
        called_at, called_at
    from bank_call join fresh on fresh.id = worker_id where outcome = 'accepted'
"""
_ENROLMENTS = """
    insert into enrolment (id, partner_id, worker_id, external_id, nik_key, enrolled_at, sent_digest,
        consent_version, consented_at, many_on_phone, identity_status, ended_at, ended_by)
    select gen_random_uuid(), ('{partners}'::uuid[])[1 + n % {many}], id, 'DRV-' || n, nik_key,
        registered_at, nik_key, '2026-11', registered_at, false, 'verified',
        case when n % 20 = 1 then registered_at + interval '90 days' end,
        case when n % 20 = 1 then 'worker' end
    from fresh where n % 5 < 2
"""


class Register:
    """Grows as it is told to."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._crowd = Crowd()
        self.partners = _partners(ground)
        self.size = 0

    def grow(self, size: int) -> None:
        """Up to so many workers."""
        with self._ground.server.superuser("jaring") as connection:
            # Nothing here points to what is not there.
            connection.execute("set session_replication_role = replica")
            connection.execute("set synchronous_commit = off")
            while self.size < size:
                many = min(_AT_ONCE, size - self.size)
                self._add(connection, list(self._crowd.next(many)))
            connection.execute("vacuum analyze")
            connection.execute("checkpoint")

    def _add(self, connection: psycopg.Connection[Any], people: Sequence[Person]) -> None:
        ids = sorted(new_ids(len(people)))
        partners = "{" + ",".join(map(str, self.partners)) + "}"
        with connection.transaction(), connection.cursor() as cursor:
            with cursor.copy(f"copy worker ({', '.join(_WORKER)}) from stdin".encode()) as copy:
                for row in _rows(self._ground.ports.vault, ids, people):
                    copy.write_row(row)
            cursor.execute(_NEW.format(before=self.size, first=ids[0]).encode())
            cursor.execute(b"analyze fresh")
            for statement in (_INVOICES, _CALLS, _PAYMENTS):
                cursor.execute(statement.encode())
            told = _ENROLMENTS.format(partners=partners, many=len(self.partners))
            cursor.execute(told.encode())
        self.size += len(people)


def _rows(vault: Vault, ids: Sequence[UUID], people: Sequence[Person]) -> Iterator[tuple[Any, ...]]:
    niks, phones = [each.nik for each in people], [each.phone for each in people]
    columns = zip(
        ids,
        people,
        vault.digests("nik", niks),
        vault.seal_many("worker.nik", list(zip(ids, niks, strict=True))),
        vault.digests("phone", phones),
        vault.seal_many("worker.phone", list(zip(ids, phones, strict=True))),
        strict=True,
    )
    for worker_id, each, nik_key, nik_sealed, phone_key, phone_sealed in columns:
        at = _BEGAN + timedelta(seconds=30 * each.number)
        yield (
            worker_id,
            each.registration_number,
            at,
            # One in four was enrolled, and has not signed in yet.
            None if each.number % 4 == 1 else at,
            nik_key,
            nik_sealed,
            each.full_name,
            each.born,
            "F" if each.woman else "M",
            phone_key,
            phone_sealed,
            each.village,
            2_000_000,
            "id",
            "verified",
            "[]",
            each.member_number if each.number % 2 else None,
        )


def _partners(ground: Ground) -> list[UUID]:
    now = ground.ports.clock.now()
    ids = new_ids(PARTNERS)
    rows = [
        Partner(
            id=each,
            name=f"Ojek {place}",
            client_id=f"bench-{place}",
            payer_kind=PayerKind.PARTNER,
            messages_per_day=0,
            checks_per_day=0,
            created_at=now,
        )
        for place, each in enumerate(ids)
    ]
    with ground.ports.transactions.begin() as session:
        session.add_all(rows)
    return ids
