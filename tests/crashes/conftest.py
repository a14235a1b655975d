from collections.abc import Iterator

import pytest

from tests.stack import Stack, stack


@pytest.fixture(scope="package")
def jaring(tmp_path_factory) -> Iterator[Stack]:
    """Real processes, shared: each test leaves them mended, and comes with phones of its own."""
    with stack(tmp_path_factory.mktemp("jaring")) as running:
        yield running
