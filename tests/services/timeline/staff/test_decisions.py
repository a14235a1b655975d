"""What officers decided about a worker, as their colleagues on the phone read it."""

import pytest

from models.timeline.staff.topic import Topic
from models.values.access import AccessReason
from models.values.audit import AuditAction
from models.values.page import PageRequest
from models.values.review import Ruling
from schemas.staff_timeline import StaffTimelineDetailsSchema
from services.reviews.cases import REASONS
from services.timeline import for_staff
from tests.cases import claim_and_decide, duplicate, reviewer
from tests.services.timeline.staff.reading import an_officer


@pytest.fixture
def case_id(client, ports):
    return duplicate(client, ports)


def decisions(ports, worker_id):
    page = for_staff.listed(
        ports,
        an_officer(ports),
        worker_id,
        PageRequest(limit=200),
        AccessReason.IDENTITY_CASE,
        Topic.STAFF,
    )
    decided = AuditAction.DECIDED_REVIEW
    return [each.text.id for each in page.items if each.details["action"] is decided]


def test_one_that_awaits_another_officer_is_not_told_as_if_it_were_in_force(ports, case_id):
    claim_and_decide(ports, reviewer(ports), case_id, Ruling.REFUSE)
    [waits] = decisions(ports, case_id)
    assert "Belum berlaku: petugas lain harus menguatkannya." in waits
    claim_and_decide(ports, reviewer(ports), case_id, Ruling.REFUSE)
    confirmed, _ = decisions(ports, case_id)
    assert "Belum berlaku" not in confirmed


def test_for_whatever_case_they_looked_the_description_knows_the_reason():
    published = StaffTimelineDetailsSchema().fields["access_reason"]
    assert set(REASONS.values()) <= set(published.by_value.values())
