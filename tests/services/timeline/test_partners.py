import pytest

from models.enrolment import EndedBy
from services.links import own
from tests.payers import add_worker
from tests.services.timeline.reading import kinds, the
from tests.ties import add_partner, tie


@pytest.fixture
def worker(ports):
    return add_worker(ports)


@pytest.fixture
def link(ports, worker):
    return tie(ports, add_partner(ports), worker)


def test_who_enrolled_a_worker_is_told_with_what_to_do_about_it(ports, worker, link):
    told = the(ports, worker, "partner_enrolled")
    assert told.details == {"link_id": link.id, "name": "Ojek Kita"}
    assert told.text.en == (
        "The platform Ojek Kita says that you drive for it. Not true? Reject it in the list of your "
        "platforms."
    )


def test_what_was_shared_and_until_when_is_told(ports, worker, link, clock):
    clock.advance(minutes=1)
    own.confirm(ports, worker, link.id)
    clock.advance(minutes=1)
    own.end(ports, worker, link.id)
    assert kinds(ports, worker)[-3:] == ["partner_enrolled", "partner_confirmed", "partner_ended"]
    assert the(ports, worker, "partner_confirmed").text.en == (
        "You agreed that Ojek Kita sees whether and until when you are protected."
    )
    ended = the(ports, worker, "partner_ended")
    assert ended.details["ended_by"] is EndedBy.WORKER
    assert ended.text.en.startswith("You ended the link with Ojek Kita.")


def test_a_link_of_another_is_not_told(ports, worker, link):
    assert "partner_enrolled" not in kinds(ports, add_worker(ports))
