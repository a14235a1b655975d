"""A worker sees who enrolled them, agrees to share, and ends it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.enrolment import EndedBy
from models.partner_event import PartnerEvent
from models.values.ids import new_id
from services import consents
from tests.api.joining import refusal
from tests.api.signing_in import bearer
from tests.partners import bearer as partner_s
from tests.payers import add_worker
from tests.ties import add_partner, found, tie

PATH = "/v1/me/partners"


@pytest.fixture
def worker(ports):
    return add_worker(ports)


@pytest.fixture
def partner(ports):
    return add_partner(ports)


@pytest.fixture
def link(ports, partner, worker):
    return tie(ports, partner, worker)


def listed(client, ports, worker, **query):
    answer = client.get(PATH, query_string=query, headers=bearer(ports, worker))
    assert answer.status_code == 200, answer.json
    return answer.json


def confirm(client, ports, worker, link):
    return client.post(f"{PATH}/{link.id}/confirmation", headers=bearer(ports, worker))


def end(client, ports, worker, link):
    return client.delete(f"{PATH}/{link.id}", headers=bearer(ports, worker))


def events(connection):
    rows = connection.execute(select(PartnerEvent.event, PartnerEvent.about))
    return [(row[0].value, row[1]) for row in rows]


def test_a_worker_sees_who_enrolled_them_and_what_it_sees(client, ports, worker, link):
    assert listed(client, ports, worker) == {
        "items": [
            {
                "id": str(link.id),
                "name": "Ojek Kita",
                "external_id": "OK-1",
                "link": "unconfirmed",
                "enrolled_at": "2026-11-22T05:00:00Z",
                "consent_version": "2026-11",
                "consented_at": "2026-11-22T05:00:00Z",
                "confirmed_at": None,
                "ended_at": None,
                "shared": ["identity", "months_paid"],
            }
        ],
        "next_cursor": None,
    }


def test_who_was_enrolled_by_nobody_has_none(client, ports, worker):
    assert listed(client, ports, worker)["items"] == []


class TestConfirming:
    def test_shares_the_cover_and_tells_the_partner_once(
        self, client, ports, worker, link, clock, connection
    ):
        first = confirm(client, ports, worker, link)
        assert first.status_code == 200
        assert first.json["link"] == "confirmed"
        assert first.json["shared"] == ["identity", "months_paid", "coverage"]
        clock.advance(minutes=5)
        assert confirm(client, ports, worker, link).json == first.json
        assert events(connection) == [("worker.confirmed", link.id)]

    def test_is_refused_once_it_has_ended(self, client, ports, worker, link, connection):
        end(client, ports, worker, link)
        assert refusal(confirm(client, ports, worker, link)) == (409, "link-ended")
        assert events(connection) == []

    def test_nobody_confirms_another_s(self, client, ports, link, connection):
        answer = confirm(client, ports, add_worker(ports), link)
        assert refusal(answer) == (404, "link-not-found")
        assert events(connection) == []

    def test_a_partner_cannot(self, client, ports, partner, link):
        answer = client.post(f"{PATH}/{link.id}/confirmation", headers=partner_s(ports, partner))
        assert refusal(answer) == (403, "wrong-kind-of-caller")


class TestEnding:
    @pytest.mark.parametrize("confirmed", [False, True])
    def test_ends_it_at_once_and_again_changes_nothing(
        self, client, ports, worker, link, clock, confirmed
    ):
        if confirmed:
            confirm(client, ports, worker, link)
        ended_at = clock.now()
        for _ in range(2):
            assert end(client, ports, worker, link).status_code == 204
            clock.advance(hours=1)
        (item,) = listed(client, ports, worker)["items"]
        assert (item["link"], item["shared"]) == ("ended", [])
        after = found(ports, link.id)
        assert (after.ended_by, after.ended_at) == (EndedBy.WORKER, ended_at)

    def test_nobody_ends_another_s(self, client, ports, link):
        answer = end(client, ports, add_worker(ports), link)
        assert refusal(answer) == (404, "link-not-found")
        assert found(ports, link.id).ended_at is None

    def test_who_ended_it_stays(self, client, ports, partner, worker, link):
        client.delete(f"/v1/partner/workers/{link.id}", headers=partner_s(ports, partner))
        end(client, ports, worker, link)
        assert found(ports, link.id).ended_by is EndedBy.PARTNER

    def test_the_partner_may_enrol_them_again_and_asks_again(
        self, client, ports, partner, worker, link
    ):
        confirm(client, ports, worker, link)
        end(client, ports, worker, link)
        tie(ports, partner, worker)
        links = [each["link"] for each in listed(client, ports, worker)["items"]]
        assert links == ["unconfirmed", "ended"]

    def test_one_that_there_is_not_is_not_found(self, client, ports, worker):
        answer = client.delete(f"{PATH}/{new_id()}", headers=bearer(ports, worker))
        assert refusal(answer) == (404, "link-not-found")


def test_who_took_a_required_consent_back_shares_nothing_meanwhile(client, ports, worker, link):
    confirm(client, ports, worker, link)
    consents.withdraw(ports, worker, "privacy")
    (item,) = listed(client, ports, worker)["items"]
    assert (item["link"], item["shared"]) == ("confirmed", ["identity", "months_paid"])


def test_the_list_is_read_a_page_at_a_time_the_newest_first(client, ports, worker, clock):
    for n in range(3):
        tie(ports, add_partner(ports, f"Platform {n}"), worker)
        clock.advance(minutes=1)
    first = listed(client, ports, worker, limit=2)
    second = listed(client, ports, worker, limit=2, cursor=first["next_cursor"])
    names = [each["name"] for each in first["items"] + second["items"]]
    assert names == ["Platform 2", "Platform 1", "Platform 0"]
    assert second["next_cursor"] is None


def test_nobody_reads_of_anybody_else(client, ports, worker, link):
    other = add_worker(ports)
    assert listed(client, ports, other)["items"] == []


def test_the_list_takes_one_statement_for_many_as_for_one(client, ports, worker, link, queries):
    def asked():
        queries.clear()
        listed(client, ports, worker)
        return len(queries)

    few = asked()
    for n in range(4):
        tie(ports, add_partner(ports, f"Platform {n}"), worker)
    assert asked() == few
