import psycopg
import pytest

from services.operations.child_process import CannotStart
from services.operations.supervised_database import SupervisedDatabase
from tests.waiting import until


class Server:
    """Fails at its starts in the ways that it is given, one after the other."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.running = False

    def start(self):
        if self.failures and (failure := self.failures.pop(0)):
            raise failure
        self.running = True


def test_what_keeps_it_from_its_first_start_is_told():
    with pytest.raises(CannotStart):
        SupervisedDatabase(Server(CannotStart("no disk"))).start()


@pytest.mark.parametrize(
    "failure", [CannotStart("killed"), psycopg.OperationalError("killed"), OSError("full")]
)
def test_it_is_started_until_it_comes_back(failure):
    server = Server(None, failure, failure)
    database = SupervisedDatabase(server)
    database.start()
    server.running = False
    until(lambda: database.look_after() or server.running)
    assert server.failures == []
