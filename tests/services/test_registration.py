from itertools import chain, repeat
from uuid import UUID

import pytest

from models.application import Application
from models.values.registration_number import RegistrationNumber
from schemas.worker import RegistrationSchema
from services import phone_verification, registration
from services.once import Once
from services.tokens import Kind
from tests.api.joining import ANOTHER_PHONE, FORM, PHONE, phone_token

TAKEN, FREE = RegistrationNumber.draw(), RegistrationNumber.draw()


@pytest.fixture
def application() -> Application:
    return RegistrationSchema().load(FORM)


@pytest.fixture
def join(ports, client, clock, application):
    """Register from a phone, with the numbers that are drawn."""

    def join(phone, *numbers):
        token = phone_token(client, ports, phone)
        caller = phone_verification.holder(ports.tokens.read(Kind.PHONE, token, now=clock.now()))
        drawn = chain(numbers, repeat(numbers[-1]))
        return registration.register(ports, caller, application, Once(), lambda: next(drawn))

    return join


def test_a_registration_number_that_is_taken_is_drawn_again(join):
    join(PHONE, TAKEN)
    joined = join(ANOTHER_PHONE, TAKEN, FREE)
    assert joined.worker.registration_number == str(FREE)
    assert isinstance(joined.worker.id, UUID)


def test_a_draw_that_never_ends_well_is_a_fault_of_ours(join):
    join(PHONE, TAKEN)
    with pytest.raises(RuntimeError, match="in a row are taken"):
        join(ANOTHER_PHONE, TAKEN)
