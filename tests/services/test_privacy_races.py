"""Officers who see to one person's requests at once: really committed, from threads."""

from collections import Counter
from collections.abc import Mapping

import pytest

from models.values.privacy import NewRequest, PrivacyRequestKind
from services import privacy_export, privacy_requests
from services.once import Once
from services.ports import Ports
from services.privacy_export import AlreadyExported
from services.privacy_requests import Asked, PrivacyRequestOpen
from tests.cases import NOTE, reviewer
from tests.payers import add_worker
from tests.services.test_billing_races import at_once

ROUNDS = 3


@pytest.fixture
def ports(committed_ports) -> Ports:
    return committed_ports


def enter(ports, by, worker_id, kind):
    new = NewRequest(worker_id=worker_id, kind=kind, note=NOTE)
    return privacy_requests.enter(ports, by, new, Once())


@pytest.mark.parametrize("kind", [PrivacyRequestKind.EXPORT, PrivacyRequestKind.ERASURE])
def test_of_the_same_letter_entered_by_several_one_is_a_request(ports, kind):
    officers = [reviewer(ports) for _ in range(3)]
    for _ in range(ROUNDS):
        worker_id = add_worker(ports).worker_id
        answers = at_once(
            *[lambda by=by, who=worker_id: enter(ports, by, who, kind) for by in officers]
        )
        assert Counter(map(type, answers)) == {Asked: 1, PrivacyRequestOpen: 2}


def test_a_copy_is_made_once_whoever_makes_it(ports):
    first, *others = [reviewer(ports) for _ in range(3)]
    for _ in range(ROUNDS):
        worker_id = add_worker(ports).worker_id
        request_id = enter(ports, first, worker_id, PrivacyRequestKind.EXPORT).id
        answers = at_once(
            *[
                lambda by=by, which=request_id: privacy_export.make(ports, by, which)
                for by in others
            ]
        )
        made = [each for each in answers if isinstance(each, Mapping)]
        assert len(made) == 1
        assert [type(each) for each in answers if each not in made] == [AlreadyExported]
