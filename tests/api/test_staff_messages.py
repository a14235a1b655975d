import pytest

from models.message import MessageKind
from models.values.access import StaffRole
from models.worker import select_worker
from services import notices
from tests.api.joining import faults, refusal
from tests.officers import bearer
from tests.payers import add_worker
from tests.services.timeline.staff.reading import an_officer


@pytest.fixture
def worker(ports):
    return add_worker(ports)


@pytest.fixture
def notice(ports, clock, worker):
    with ports.transactions.begin() as session:
        row = session.scalars(select_worker(worker.worker_id)).one()
        message = notices.queue(ports, session, row, MessageKind.PHONE_CHANGED, clock.now())
    ports.jobs.work(ports)
    clock.advance(minutes=2)
    return message.id


@pytest.fixture
def path(worker, notice):
    return f"/v1/staff/workers/{worker.worker_id}/messages/{notice}/resend"


@pytest.fixture
def headers(ports):
    return bearer(ports, an_officer(ports))


def test_a_message_is_sent_again(client, ports, path, headers, notice):
    answer = client.post(path, headers=headers)
    assert answer.status_code == 202, answer.json
    assert answer.json["resent_of"] == str(notice)
    assert answer.json["state"] == "queued"
    ports.jobs.work(ports)
    assert len(ports.messages.sent) == 2


def test_by_another_channel_with_a_note(client, path, headers):
    answer = client.post(path, json={"channel": "sms", "note": "Belum sampai."}, headers=headers)
    assert (answer.status_code, answer.json["channel"]) == (202, "sms")


def test_an_answer_that_got_lost_is_given_again(client, ports, path, headers):
    keyed = {**headers, "Idempotency-Key": "again"}
    first, second = client.post(path, headers=keyed), client.post(path, headers=keyed)
    assert second.json == first.json
    assert second.headers["Idempotency-Replayed"] == "true"
    ports.jobs.work(ports)
    assert len(ports.messages.sent) == 2


def test_how_long_to_wait_is_told(client, ports, clock, path, headers):
    for _ in range(5):
        client.post(path, headers=headers)
        ports.jobs.work(ports)
        clock.advance(minutes=2)
    answer = client.post(path, headers=headers)
    assert refusal(answer) == (429, "resent-too-often")
    assert int(answer.headers["Retry-After"]) == 24 * 3600 - 5 * 120


def test_no_number_stands_in_a_note(client, path, headers):
    answer = client.post(path, json={"note": "NIK 3171010201900001"}, headers=headers)
    assert faults(answer) == {"/note": "number-in-note"}


@pytest.mark.parametrize("role", [StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.ADMIN])
def test_other_roles_send_nothing(client, ports, path, role):
    answer = client.post(path, headers=bearer(ports, an_officer(ports, role)))
    assert refusal(answer) == (403, "role-not-allowed")
