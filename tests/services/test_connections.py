"""Whoever works has a connection to the database, and all programs together have enough of them."""

from services import bulk
from services.background import LANES
from services.database import MOST_CONNECTIONS
from services.operations.embedded_postgres import SERVER_SETTINGS
from services.operations.programs import WEB_THREADS, WEB_WORKERS

# Of each worker program: what the library of the queue keeps for itself, beside one for each lane
# that it listens on.
QUEUE = 4
# The metrics, the command line, and what PostgreSQL keeps for its owner.
OTHERS = 10


def jobs(lanes):
    return sum(lane.at_once for lane in lanes)


def test_no_job_and_no_request_waits_for_another_s_connection():
    assert max(jobs(LANES), WEB_THREADS) <= MOST_CONNECTIONS


def test_all_programs_of_one_machine_fit_into_its_database():
    worker = jobs(LANES) + QUEUE + len(LANES)
    files = 1 + jobs(bulk.LANES) + QUEUE + len(bulk.LANES)
    # Keeping an answer may take a connection beside the one of the request.
    web = 2 * WEB_WORKERS * WEB_THREADS
    assert web + worker + files + OTHERS <= int(SERVER_SETTINGS["max_connections"])
