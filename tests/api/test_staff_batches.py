import pytest

from models.batch_trial import pause_checks
from models.check_pace import BatchChecks
from models.values.access import StaffRole
from tests.api.joining import faults, refusal
from tests.batches import cells, framed, received
from tests.officers import bearer
from tests.partners import partner
from tests.services.timeline.staff.reading import an_officer
from tests.worked_batches import work_on

PATH = "/v1/staff/batches"


@pytest.fixture
def batch_id(ports, session):
    """Paused."""
    owner = partner(ports, session, "Ojek Kita")
    batch_id = received(ports, session, owner, framed([cells(1), cells(2, sex=None)]))
    work_on(ports, session, batch_id)
    session.add(BatchChecks(batch_id=batch_id, answered=212, not_found=101))
    session.execute(pause_checks(batch_id, ports.clock.now()))
    session.commit()
    return batch_id


@pytest.fixture
def headers(ports):
    return bearer(ports, an_officer(ports, StaffRole.OFFICER))


def test_batches_are_listed(client, headers, batch_id):
    for query in ({}, {"paused": "true"}, {"status": "completed"}):
        [batch] = client.get(PATH, query_string=query, headers=headers).json["items"]
        assert batch["id"] == str(batch_id)
    assert (batch["partner"], batch["paused"]) == ("Ojek Kita", True)
    assert client.get(PATH, query_string={"paused": "false"}, headers=headers).json["items"] == []


def test_one_is_shown_with_what_is_wrong_with_it(client, headers, batch_id):
    shown = client.get(f"{PATH}/{batch_id}", headers=headers).json
    assert shown["faults"] == {
        "counts": [
            {
                "field": "sex",
                "code": "required",
                "words": "Wajib diisi.",
                "rows": 1,
                "first_rows": [2],
            }
        ],
        "rejected_rows": 1,
        "all_counted": True,
    }
    trial = shown["batch"]["trial"]
    assert (trial["state"], trial["answered"], trial["not_found"]) == ("paused", 212, 101)


def test_it_goes_on_with_a_reason(client, headers, batch_id):
    path = f"{PATH}/{batch_id}/resume"
    assert faults(client.post(path, json={}, headers=headers)) == {"/note": "required"}
    note = {"note": "Datanya dari cabang lama."}
    answer = client.post(path, json=note, headers=headers)
    assert (answer.status_code, answer.json["trial"]["state"]) == (200, "resumed")
    assert refusal(client.post(path, json=note, headers=headers)) == (409, "batch-not-paused")


@pytest.mark.parametrize("role", [StaffRole.SUPPORT, StaffRole.REVIEWER])
def test_others_look_but_do_not_let_it_go_on(client, ports, batch_id, role):
    headers = bearer(ports, an_officer(ports, role))
    assert client.get(f"{PATH}/{batch_id}", headers=headers).status_code == 200
    answer = client.post(f"{PATH}/{batch_id}/resume", json={"note": "Ya."}, headers=headers)
    assert refusal(answer) == (403, "role-not-allowed")
