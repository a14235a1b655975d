"""What becomes of a request: the clock, staff, and in the end forgetting."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from models.message import MessageKind
from models.phone_change import PhoneChange
from models.phone_change_request import PhoneChangeRequest
from models.review_queue import select_cases
from models.values.review import ReviewKind, ReviewState
from services import phone_recovery
from services.housekeeping import forget
from services.notices import WORDS
from services.phone_recovery import (
    PhoneChangeNotFound,
    PhoneChangeNotOpen,
    PhoneChangeOnHold,
    WantedPhoneUsed,
)
from services.vault import SealBroken
from tests import phone_deciding
from tests.api.joining import ANOTHER_NIK, ANOTHER_PHONE, join, me, phone_token, refusal
from tests.api.phone_changing import (
    NEW,
    OLD,
    THIRD_PHONE,
    ask_from,
    asked,
    change,
    join_verified,
    object_to,
    sign_in,
    told,
    works,
)

HOLD = timedelta(hours=72)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def joined(client, ports):
    return join_verified(client, ports)


@pytest.fixture
def request_id(client, ports, joined):
    """Asked for a moment ago, from another phone."""
    ask_from(client, ports)
    told(ports)
    ports.messages.sent.clear()
    return UUID(asked(client, joined["access_token"])[0]["id"])


@pytest.fixture
def due(clock, request_id):
    """The same when its hold is over."""
    clock.time += HOLD
    return request_id


@pytest.fixture
def access(client, ports, request_id, clock):
    """The worker's, who is signed in when the hold is over."""
    at = clock.time
    clock.time += HOLD
    token = sign_in(client, phone_token(client, ports)).json["access_token"]
    clock.time = at
    return token


def status(client, access):
    return [each["status"] for each in asked(client, access)]


def waiting(ports):
    """What staff may decide."""
    wanted = {"kind": ReviewKind.PHONE_CHANGE, "state": ReviewState.OPEN}
    with ports.transactions.reading() as session:
        cases = session.execute(select_cases(ports.clock.now(), **wanted, limit=10))
        return [each.id for each in cases]


class TestTheHold:
    @pytest.mark.parametrize("decide", [phone_deciding.approve, phone_deciding.reject])
    def test_nothing_is_decided_before_it_is_over(self, client, ports, clock, request_id, decide):
        clock.time += HOLD - MOMENT
        with pytest.raises(PhoneChangeOnHold):
            decide(ports, request_id)
        assert waiting(ports) == []
        clock.time += MOMENT
        assert waiting(ports) == [request_id]
        decide(ports, request_id)
        assert waiting(ports) == []


class TestApproving:
    def test_the_new_number_signs_in_and_the_old_one_no_longer(self, client, ports, due):
        phone_deciding.approve(ports, due)
        signed_in = sign_in(client, phone_token(client, ports, ANOTHER_PHONE))
        assert signed_in.status_code == 201
        assert me(client, signed_in.json["access_token"])["phone_masked"] == NEW.masked
        refused = sign_in(client, phone_token(client, ports))
        assert refusal(refused) == (401, "sign-in-refused")

    def test_every_session_of_the_old_number_ends(self, client, ports, joined, due):
        later = sign_in(client, phone_token(client, ports)).json
        phone_deciding.approve(ports, due)
        body = {"refresh_token": joined["refresh_token"]}
        renewed = client.post("/v1/sessions/refresh", json=body)
        assert refusal(renewed) == (401, "session-ended")
        assert not works(client, later)

    def test_both_numbers_are_told(self, ports, due):
        phone_deciding.approve(ports, due)
        changed = WORDS[MessageKind.PHONE_CHANGED].id
        assert told(ports) == [(OLD, changed), (NEW, changed)]

    def test_it_is_kept_what_was_approved(self, ports, clock, due, connection):
        phone_deciding.approve(ports, due)
        [kept] = connection.execute(select(PhoneChange.__table__)).all()
        assert (kept.request_id, kept.changed_at) == (due, clock.now())

    def test_it_is_seen_by_whoever_signs_in(self, client, ports, due):
        phone_deciding.approve(ports, due)
        token = sign_in(client, phone_token(client, ports, ANOTHER_PHONE)).json["access_token"]
        assert status(client, token) == ["approved"]

    def test_what_else_was_asked_is_void(self, client, ports, clock, request_id):
        ask_from(client, ports, THIRD_PHONE)
        clock.time += HOLD
        phone_deciding.approve(ports, request_id)
        assert waiting(ports) == []
        token = sign_in(client, phone_token(client, ports, ANOTHER_PHONE)).json["access_token"]
        assert sorted(status(client, token)) == ["approved", "superseded"]

    def test_of_a_family_on_the_number_nobody_else_changes(self, client, ports, joined, due):
        child = join(client, ports, nik=ANOTHER_NIK, full_name="Budi", sex="M")
        phone_deciding.approve(ports, due)
        assert works(client, child)
        assert me(client, child["access_token"])["phone_masked"] == OLD.masked

    def test_it_cannot_be_where_another_registration_claims_the_nik_from_there(
        self, client, ports, due
    ):
        join(client, ports, ANOTHER_PHONE, full_name="Somebody Else")
        with pytest.raises(WantedPhoneUsed):
            phone_deciding.approve(ports, due)
        assert waiting(ports) == [due]
        assert told(ports) == []


class TestRejecting:
    def test_everything_stays_as_it_is(self, client, ports, access, due):
        phone_deciding.reject(ports, due)
        assert status(client, access) == ["rejected"]
        assert me(client, access)["phone_masked"] == OLD.masked
        assert told(ports) == []


@pytest.mark.parametrize("decide", [phone_deciding.approve, phone_deciding.reject])
class TestWhatIsClosedStaysClosed:
    def refuses(self, ports, decide, request_id):
        with pytest.raises(PhoneChangeNotOpen):
            decide(ports, request_id)
        return True

    def test_after_an_objection(self, client, ports, access, due, decide):
        object_to(client, access, due)
        assert self.refuses(ports, decide, due)
        assert status(client, access) == ["objected"]

    def test_after_a_change_by_the_worker(self, client, ports, access, due, decide):
        change(client, access, phone_token(client, ports, THIRD_PHONE))
        assert self.refuses(ports, decide, due)

    @pytest.mark.parametrize("before", [phone_deciding.approve, phone_deciding.reject])
    def test_after_a_decision(self, ports, due, before, decide):
        before(ports, due)
        assert self.refuses(ports, decide, due)

    def test_an_unknown_one_is_not_found(self, ports, decide):
        with pytest.raises(PhoneChangeNotFound):
            decide(ports, uuid4())


def test_what_was_decided_cannot_be_objected_to(client, ports, access, due):
    phone_deciding.reject(ports, due)
    assert refusal(object_to(client, access, due)) == (409, "phone-change-not-open")


class TestTheNumberAskedFor:
    def kept(self, connection):
        columns = (PhoneChangeRequest.phone_key, PhoneChangeRequest.phone_sealed)
        return connection.execute(select(*columns)).one()

    def test_it_is_forgotten_a_quarter_after_the_request_was_closed(
        self, client, ports, clock, access, due, connection
    ):
        phone_deciding.reject(ports, due)
        clock.advance(days=90, microseconds=-1)
        forget(ports)
        assert None not in self.kept(connection)
        clock.time += MOMENT
        forget(ports)
        assert self.kept(connection) == (None, None)
        token = sign_in(client, phone_token(client, ports)).json["access_token"]
        [seen] = asked(client, token)
        assert (seen["new_phone_masked"], seen["status"]) == (None, "rejected")

    def test_it_is_kept_while_nothing_is_decided(self, ports, clock, due, connection):
        clock.advance(days=400)
        forget(ports)
        assert None not in self.kept(connection)
        phone_deciding.approve(ports, due)

    def test_it_opens_in_its_own_row_only(self, ports, due, connection):
        sealed = self.kept(connection).phone_sealed
        assert ports.vault.open(phone_recovery.WANTED_PLACE, due, sealed) == NEW.e164
        with pytest.raises(SealBroken):
            ports.vault.open(phone_recovery.WANTED_PLACE, uuid4(), sealed)
