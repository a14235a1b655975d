"""A partner asks about a thousand workers at once."""

from __future__ import annotations

import pytest

from models.enrolment import EndedBy
from models.values.scope import Scope
from tests.api.joining import faults, refusal
from tests.api.test_partner_workers import confirmed, covered
from tests.partners import bearer
from tests.payers import add_worker
from tests.ties import add_partner, tie

PATH = "/v1/partner/coverage-queries"


@pytest.fixture
def partner(ports):
    return add_partner(ports)


def ask(client, ports, partner, *names):
    body = {"external_ids": list(names)}
    answer = client.post(PATH, json=body, headers=bearer(ports, partner))
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def test_each_is_answered_in_the_order_asked(client, ports, partner):
    tie(ports, partner, add_worker(ports), "OK-1")
    confirmed(ports, partner, covered(ports), "OK-2")
    answers = ask(client, ports, partner, "OK-2", "OK-9", "OK-1", "OK-2")
    assert [(each["external_id"], each["link"]) for each in answers] == [
        ("OK-2", "confirmed"),
        ("OK-9", "unknown"),
        ("OK-1", "unconfirmed"),
        ("OK-2", "confirmed"),
    ]
    assert answers[0]["coverage"]["protected_until"] == "2026-12-31"
    assert answers[0] == answers[3]


def test_of_one_that_it_has_not_there_is_nothing_to_tell(client, ports, partner):
    assert ask(client, ports, partner, "OK-9") == [
        {
            "id": None,
            "external_id": "OK-9",
            "link": "unknown",
            "identity": None,
            "months_paid_by_you": 0,
            "coverage": "not_shared",
        }
    ]


def test_what_another_partner_calls_so_is_unknown(client, ports, partner):
    confirmed(ports, add_partner(ports, "Ojek Mereka"), covered(ports), "OK-1")
    assert [each["link"] for each in ask(client, ports, partner, "OK-1")] == ["unknown"]


def test_of_several_under_one_name_the_one_that_stands_counts(client, ports, partner, clock):
    worker = add_worker(ports)
    stands = tie(ports, partner, worker, "OK-1")
    gone = {"ended_at": clock.now(), "ended_by": EndedBy.WORKER}
    tie(ports, partner, worker, "OK-1", **gone)
    assert [each["id"] for each in ask(client, ports, partner, "OK-1")] == [str(stands.id)]


def test_where_none_stands_the_one_that_ended_last(client, ports, partner, clock):
    worker, ended = add_worker(ports), EndedBy.PARTNER
    last = tie(ports, partner, worker, "OK-1", ended_at=clock.now(), ended_by=ended)
    clock.advance(days=-3)
    tie(ports, partner, worker, "OK-1", ended_at=clock.now(), ended_by=ended)
    (answer,) = ask(client, ports, partner, "OK-1")
    assert (answer["id"], answer["link"]) == (str(last.id), "ended")


def test_as_many_statements_for_many_as_for_one(client, ports, partner, queries):
    names = [f"OK-{n}" for n in range(6)]
    for name in names:
        confirmed(ports, partner, covered(ports), name)

    def asked(*names):
        queries.clear()
        ask(client, ports, partner, *names)
        return len(queries)

    assert asked(names[0]) == asked(*names[1:])
    assert asked(names[0]) == asked(*names)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"external_ids": []}, {"/external_ids": "too-few"}),
        ({"external_ids": ["OK"] * 1_001}, {"/external_ids": "too-many"}),
        (
            {"external_ids": ["OK-1", " ", 7]},
            {"/external_ids/1": "blank", "/external_ids/2": "not-text"},
        ),
        ({"external_ids": ["a\x00b"]}, {"/external_ids/0": "unprintable-character"}),
    ],
)
def test_what_cannot_be_asked_is_refused_with_every_fault(client, ports, partner, body, expected):
    assert faults(client.post(PATH, json=body, headers=bearer(ports, partner))) == expected


def test_a_thousand_may_be_asked_about(client, ports, partner):
    assert len(ask(client, ports, partner, *(f"OK-{n}" for n in range(1_000)))) == 1_000


def test_needs_the_scope_to_read(client, ports, partner):
    headers = bearer(ports, partner, frozenset({Scope.PAY}))
    answer = client.post(PATH, json={"external_ids": ["OK-1"]}, headers=headers)
    assert refusal(answer) == (403, "scope-missing")


def test_a_thousand_can_be_named_however_they_are_written(client, ports, partner):
    names = [f"{number:é>64}" for number in range(1_000)]
    assert [each["external_id"] for each in ask(client, ports, partner, *names)] == names
