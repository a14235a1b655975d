"""A bank that speaks to the whole application."""

import pytest

from tests.banks import Payer, calling, with_banks


@pytest.fixture
def ports(ports):
    return with_banks(ports)


@pytest.fixture
def web(client):
    return client


@pytest.fixture
def bank(web, clock):
    return calling(web, clock)


@pytest.fixture
def payer(ports):
    return Payer.of(ports)


@pytest.fixture
def bill(payer):
    return payer.billed(3)


@pytest.fixture
def number(bill):
    return bill.virtual_account_no
