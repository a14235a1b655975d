from datetime import datetime, timedelta

import pytest

from models.values.jakarta import WIB
from tests.stack import stack


@pytest.fixture(scope="package")
def jaring(tmp_path_factory):
    # At noon: some messages wait for the morning.
    noon = datetime.now(WIB).replace(hour=12, minute=0) + timedelta(days=1)
    with stack(tmp_path_factory.mktemp("jaring"), JARING_NOW=noon.isoformat()) as running:
        yield running
