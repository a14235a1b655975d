import json

import pytest

from sandbox.snap_signing import BankCredentials
from tests.generated.desks import Desks
from tests.generated.platforms import Platforms
from tests.generated.signing import SignedByBank
from tests.generated.stages import People
from tests.stack import stack


@pytest.fixture(scope="module")
def jaring(tmp_path_factory):
    with stack(tmp_path_factory.mktemp("jaring")) as running:
        yield running


@pytest.fixture(scope="module")
def people(jaring):
    people = People(jaring.settings)
    yield people
    people.ports.transactions.engine.dispose()


@pytest.fixture(scope="module")
def platforms(people):
    return Platforms(people)


@pytest.fixture(scope="module")
def desks(people, platforms):
    return Desks(people, platforms)


@pytest.fixture(scope="module")
def bank(jaring):
    keys = json.loads((jaring.settings.data_dir / "keys" / "sandbox.json").read_text())
    return SignedByBank(f"{jaring.api}/snap/v1.0", BankCredentials.of(keys["bank"]))
