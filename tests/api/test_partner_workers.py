"""A partner sees its own links, and of a worker only what it may know."""

from __future__ import annotations

import pytest

from models.enrolment import EndedBy
from models.values.identity import IdentityStatus
from models.values.ids import new_id
from models.values.plan import Plan
from models.values.scope import Scope
from services import billing, consents, plan_choice
from services.links import own
from services.once import Once
from tests.api.joining import refusal
from tests.api.signing_in import bearer as signed
from tests.fleets import Fleet
from tests.partners import bearer
from tests.payers import add_worker, pay
from tests.ties import add_partner, found, tie

PATH = "/v1/partner/workers"


@pytest.fixture
def partner(ports):
    return add_partner(ports)


@pytest.fixture
def another(ports):
    return add_partner(ports, "Ojek Mereka")


def covered(ports):
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    pay(ports, billing.issue(ports, worker, 2, Once()))
    return worker


def confirmed(ports, partner, worker, external_id="OK-1"):
    link = tie(ports, partner, worker, external_id)
    own.confirm(ports, worker, link.id)
    return link


def listed(client, ports, partner, **query):
    response = client.get(PATH, query_string=query, headers=bearer(ports, partner))
    assert response.status_code == 200, response.json
    return response.json


def one(client, ports, partner, link):
    return client.get(f"{PATH}/{link.id}", headers=bearer(ports, partner))


class TestWhatItSees:
    def test_until_the_worker_confirms_nothing_of_their_cover(self, client, ports, partner):
        link = tie(ports, partner, covered(ports), identity_status=IdentityStatus.VERIFIED)
        assert one(client, ports, partner, link).json == {
            "id": str(link.id),
            "external_id": "OK-1",
            "link": "unconfirmed",
            "identity": "verified",
            "months_paid_by_you": 0,
            "coverage": "not_shared",
        }

    def test_how_many_months_it_has_paid_itself(self, client, ports):
        ours, theirs = Fleet.of(ports), Fleet.of(ports)
        driver = ours.enrol("D-1")
        theirs.enrol("E-1", worker=driver)
        ours.pay(ours.bill("D-1"))
        assert [
            each["months_paid_by_you"] for each in listed(client, ports, ours.partner)["items"]
        ] == [1]
        assert [
            each["months_paid_by_you"] for each in listed(client, ports, theirs.partner)["items"]
        ] == [0]

    def test_then_whether_and_until_when_they_are_protected(self, client, ports, partner):
        link = confirmed(ports, partner, covered(ports))
        seen = one(client, ports, partner, link).json
        assert seen["link"] == "confirmed"
        assert seen["coverage"] == {
            "status": "active",
            "protected_from": "2026-11-22T05:00:00Z",
            "protected_until": "2026-12-31",
            "next_due_on": "2026-12-31",
            "programmes": [
                {"programme": "JKK", "status": "active"},
                {"programme": "JKM", "status": "waiting"},
            ],
            "as_of": "2026-11-22T05:00:00Z",
        }

    def test_of_who_never_paid_that_cover_has_not_started(self, client, ports, partner):
        link = confirmed(ports, partner, add_worker(ports))
        coverage = one(client, ports, partner, link).json["coverage"]
        assert (coverage["status"], coverage["programmes"]) == ("not_started", [])
        assert coverage["protected_until"] is None

    def test_once_the_worker_has_ended_it_nothing_any_more(self, client, ports, partner):
        worker = covered(ports)
        link = confirmed(ports, partner, worker)
        own.end(ports, worker, link.id)
        seen = one(client, ports, partner, link).json
        assert (seen["link"], seen["coverage"]) == ("ended", "not_shared")

    @pytest.mark.parametrize("document", ["privacy", "terms"])
    def test_nothing_while_the_worker_has_taken_a_required_consent_back(
        self, client, ports, partner, clock, document
    ):
        worker = covered(ports)
        link = confirmed(ports, partner, worker)
        # Whose own consents stand says nothing about this worker's.
        confirmed(ports, partner, add_worker(ports), "OK-2")
        consents.withdraw(ports, worker, document)
        seen = one(client, ports, partner, link).json
        assert (seen["link"], seen["coverage"]) == ("confirmed", "not_shared")
        clock.advance(minutes=1)
        (wanted,) = [each for each in ports.consents.required() if each.document == document]
        body = {"document": document, "version": wanted.version}
        client.post("/v1/me/consents", json=body, headers=signed(ports, worker))
        assert one(client, ports, partner, link).json["coverage"]["status"] == "active"

    def test_of_who_was_never_asked_for_our_consents_what_they_confirmed(
        self, client, ports, partner
    ):
        """They agreed with the partner, and then with the confirmation."""
        link = confirmed(ports, partner, add_worker(ports, consenting=False))
        assert one(client, ports, partner, link).json["coverage"] != "not_shared"

    def test_neither_income_nor_arrears_nor_anybodys_data(self, client, ports, partner):
        link = confirmed(ports, partner, covered(ports))
        text = one(client, ports, partner, link).text
        for kept in ("income", "arrears", "credit", "amount", "Siti", "31710345", "plan"):
            assert kept not in text


class TestTheList:
    def test_is_in_the_order_in_which_they_were_made_a_page_at_a_time(self, client, ports, partner):
        ids = sorted(str(tie(ports, partner, add_worker(ports), f"OK-{n}").id) for n in range(3))
        first = listed(client, ports, partner, limit=2)
        second = listed(client, ports, partner, limit=2, cursor=first["next_cursor"])
        assert [each["id"] for each in first["items"] + second["items"]] == ids
        assert second["next_cursor"] is None

    def test_by_its_own_name_those_that_stand_and_those_that_ended(
        self, client, ports, partner, clock
    ):
        worker = add_worker(ports)
        gone = {"ended_at": clock.now(), "ended_by": EndedBy.PARTNER}
        before = tie(ports, partner, worker, "OK-1", **gone)
        now = tie(ports, partner, worker, "OK-1")
        tie(ports, partner, add_worker(ports), "OK-2")
        items = listed(client, ports, partner, external_id="OK-1")["items"]
        assert {(each["id"], each["link"]) for each in items} == {
            (str(before.id), "ended"),
            (str(now.id), "unconfirmed"),
        }

    def test_by_how_the_link_stands(self, client, ports, partner, clock):
        tie(ports, partner, add_worker(ports), "OK-1")
        confirmed(ports, partner, add_worker(ports), "OK-2")
        worker = add_worker(ports)
        own.end(ports, worker, confirmed(ports, partner, worker, "OK-3").id)
        for link, name in (("unconfirmed", "OK-1"), ("confirmed", "OK-2"), ("ended", "OK-3")):
            items = listed(client, ports, partner, link=link)["items"]
            assert [each["external_id"] for each in items] == [name]

    def test_by_whether_what_it_sent_is_true(self, client, ports, partner):
        for status in IdentityStatus:
            tie(ports, partner, add_worker(ports), f"OK-{status}", identity_status=status)
        for status in IdentityStatus:
            items = listed(client, ports, partner, identity=status.value)["items"]
            assert [each["external_id"] for each in items] == [f"OK-{status}"]

    def test_by_everything_at_once(self, client, ports, partner):
        tie(ports, partner, add_worker(ports), identity_status=IdentityStatus.VERIFIED)
        wanted = {"external_id": "OK-1", "identity": "verified", "link": "unconfirmed"}
        assert len(listed(client, ports, partner, **wanted)["items"]) == 1
        assert listed(client, ports, partner, **wanted | {"link": "ended"})["items"] == []

    def test_what_is_no_filter_is_refused(self, client, ports, partner):
        headers = bearer(ports, partner)
        for query in ({"link": "x"}, {"identity": "x"}, {"external_id": "x" * 201}, {"nik": "1"}):
            assert client.get(PATH, query_string=query, headers=headers).status_code == 422

    def test_takes_as_many_statements_for_many_as_for_one(self, client, ports, partner, queries):
        def asked():
            queries.clear()
            listed(client, ports, partner)
            return len(queries)

        confirmed(ports, partner, covered(ports))
        listed(client, ports, partner)
        few = asked()
        for n in range(5):
            confirmed(ports, partner, covered(ports), f"OK-more-{n}")
        listed(client, ports, partner)
        assert asked() == few


class TestEnding:
    def test_a_partner_ends_its_link_and_doing_it_again_changes_nothing(
        self, client, ports, partner, clock
    ):
        link = confirmed(ports, partner, covered(ports))
        ended_at = clock.now()
        for _ in range(2):
            answer = client.delete(f"{PATH}/{link.id}", headers=bearer(ports, partner))
            assert (answer.status_code, answer.data) == (204, b"")
            clock.advance(hours=1)
        after = found(ports, link.id)
        assert (after.ended_by, after.ended_at) == (EndedBy.PARTNER, ended_at)
        assert one(client, ports, partner, link).json["coverage"] == "not_shared"

    def test_what_was_sent_and_not_compared_is_gone(self, client, ports, partner):
        link = tie(ports, partner, add_worker(ports), sent_sealed=b"sealed")
        client.delete(f"{PATH}/{link.id}", headers=bearer(ports, partner))
        assert found(ports, link.id).sent_sealed is None

    def test_a_worker_s_own_record_stays(self, client, ports, partner):
        worker = covered(ports)
        link = confirmed(ports, partner, worker)
        client.delete(f"{PATH}/{link.id}", headers=bearer(ports, partner))
        cover = client.get("/v1/me/coverage", headers=signed(ports, worker)).json
        assert cover["status"] == "active"


class TestAnotherPartner:
    def test_lists_nothing_of_it(self, client, ports, partner, another):
        confirmed(ports, partner, covered(ports))
        first = listed(client, ports, partner, limit=1)
        assert len(first["items"]) == 1
        assert listed(client, ports, another)["items"] == []
        assert listed(client, ports, another, external_id="OK-1")["items"] == []

    def test_finds_nothing_of_it_and_ends_nothing(self, client, ports, partner, another):
        link = confirmed(ports, partner, covered(ports))
        assert refusal(one(client, ports, another, link)) == (404, "link-not-found")
        answer = client.delete(f"{PATH}/{link.id}", headers=bearer(ports, another))
        assert refusal(answer) == (404, "link-not-found")
        assert found(ports, link.id).ended_at is None

    def test_learns_nothing_by_comparing(self, client, ports, partner, another):
        """Both enrolled the same person: there is no value that both of them see."""
        worker = covered(ports)
        ours = one(client, ports, partner, confirmed(ports, partner, worker)).json
        theirs = one(client, ports, another, confirmed(ports, another, worker, "X-9")).json
        assert ours["id"] != theirs["id"]
        assert str(worker.worker_id) not in str(ours) + str(theirs)


class TestWhoMayAsk:
    def test_a_link_that_there_is_not_is_not_found(self, client, ports, partner):
        answer = client.get(f"{PATH}/{new_id()}", headers=bearer(ports, partner))
        assert refusal(answer) == (404, "link-not-found")

    @pytest.mark.parametrize("path", ["", "/0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"])
    def test_reading_needs_the_scope_to_read(self, client, ports, partner, path):
        headers = bearer(ports, partner, frozenset({Scope.ENROL}))
        assert refusal(client.get(PATH + path, headers=headers)) == (403, "scope-missing")

    def test_ending_needs_the_scope_to_enrol(self, client, ports, partner):
        headers = bearer(ports, partner, frozenset({Scope.READ}))
        answer = client.delete(f"{PATH}/{new_id()}", headers=headers)
        assert refusal(answer) == (403, "scope-missing")

    def test_no_worker_may(self, client, ports):
        answer = client.get(PATH, headers=signed(ports, add_worker(ports)))
        assert refusal(answer) == (403, "wrong-kind-of-caller")


class TestAccessLog:
    def entries(self, client, ports, worker):
        log = client.get("/v1/me/access-log", headers=signed(ports, worker)).json["items"]
        return [(each["viewer"], each["name"], each["reason"], each["seen"]) for each in log]

    def test_a_worker_reads_that_their_cover_was_seen(self, client, ports, partner):
        worker = covered(ports)
        link = confirmed(ports, partner, worker)
        one(client, ports, partner, link)
        assert self.entries(client, ports, worker) == [
            ("partner", "Ojek Kita", "sharing", ["coverage"])
        ]

    def test_once_a_jakarta_day_however_often_it_is_asked(self, client, ports, partner, clock):
        worker = covered(ports)
        link = confirmed(ports, partner, worker)
        for _ in range(3):
            one(client, ports, partner, link)
            listed(client, ports, partner)
            clock.advance(hours=3)
        assert len(self.entries(client, ports, worker)) == 1
        clock.advance(hours=3)  # past midnight in Jakarta
        one(client, ports, partner, link)
        assert len(self.entries(client, ports, worker)) == 2

    def test_of_each_partner(self, client, ports, partner, another):
        worker = covered(ports)
        for each, name in ((partner, "OK-1"), (another, "X-1")):
            one(client, ports, each, confirmed(ports, each, worker, name))
        names = {entry[1] for entry in self.entries(client, ports, worker)}
        assert names == {"Ojek Kita", "Ojek Mereka"}

    def test_nothing_where_nothing_was_shown(self, client, ports, partner):
        worker = covered(ports)
        one(client, ports, partner, tie(ports, partner, worker))
        assert self.entries(client, ports, worker) == []

    def test_nothing_of_the_one_that_only_told_that_there_is_another_page(
        self, client, ports, partner
    ):
        workers = [covered(ports) for _ in range(2)]
        links = {
            confirmed(ports, partner, each, f"OK-{n}").id: each for n, each in enumerate(workers)
        }
        listed(client, ports, partner, limit=1)
        last = links[max(links)]
        assert self.entries(client, ports, last) == []
