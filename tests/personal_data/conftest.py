import pytest

from tests.stack import stack


@pytest.fixture(scope="package")
def jaring(tmp_path_factory):
    with stack(tmp_path_factory.mktemp("jaring")) as running:
        yield running
