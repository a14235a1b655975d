import io
import logging
import subprocess
import sys

import orjson
import psycopg
import pytest
from psycopg.errors import UniqueViolation

from services.logs import JsonFormatter, request_id, worth_a_line

CANARY = "3273019999999999"


@pytest.fixture
def log():
    """Log one thing under a name; get the line as it would be written."""
    formatter = JsonFormatter("web")

    def line(name, message, *args, **options):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(formatter)
        logger = logging.Logger(name)
        logger.addHandler(handler)
        logger.info(message, *args, **options)
        return stream.getvalue()

    return line


def broken():
    try:
        raise UniqueViolation(CANARY)
    except psycopg.Error as error:
        try:
            raise ValueError(CANARY) from error
        except ValueError as second:
            return second


def test_a_line_is_one_json_object_with_the_request_it_belongs_to(log):
    token = request_id.set("abc")
    line = log("services.payments", "settled", extra={"months": 3})
    request_id.reset(token)
    told = orjson.loads(line)
    assert line.count("\n") == 1
    assert (told["message"], told["months"], told["request_id"]) == ("settled", 3, "abc")
    assert (told["level"], told["logger"], told["process"]) == ("info", "services.payments", "web")
    assert told["time"].endswith("+00:00")


def test_arguments_of_others_are_not_logged(log):
    assert CANARY not in log("urllib3.connectionpool", "GET %s", f"/messages?to={CANARY}")
    assert "GET %s" in log("urllib3.connectionpool", "GET %s", CANARY)


def test_texts_that_others_have_put_together_are_not_logged(log):
    job = {"id": 7, "task_name": "send", "task_kwargs": {"nik": CANARY}}
    line = log(
        "procrastinate.worker",
        f"Starting job send({CANARY})",
        extra={"action": "start_job", "job": job},
    )
    told = orjson.loads(line)
    assert CANARY not in line
    assert (told["action"], told["job_id"], told["task"]) == ("start_job", 7, "send")


def test_of_an_exception_only_types_and_places_are_logged(log):
    line = log("api.failures", "unexpected error", exc_info=broken())
    assert CANARY not in line
    first, second = orjson.loads(line)["exceptions"]
    assert first["type"] == "builtins.ValueError"
    assert second["type"].endswith("UniqueViolation")
    assert any("broken" in frame for frame in first["frames"])


def test_objects_in_extra_are_named_by_their_type(log):
    assert CANARY not in log("services.x", "odd", extra={"thing": Exception(CANARY)})


@pytest.mark.parametrize("action", ["start_job", "job_success"])
def test_jobs_that_come_by_the_clock_are_left_out_while_they_go_well(action):
    asked_for = {"id": 7, "task_name": "send", "task_kwargs": {"message_id": CANARY}}
    by_the_clock = {"id": 8, "task_name": "collect", "task_kwargs": {"timestamp": 1795382400}}
    assert worth_a_line(logging.makeLogRecord({"action": action, "job": asked_for}))
    assert not worth_a_line(logging.makeLogRecord({"action": action, "job": by_the_clock}))
    failed = {"action": "job_error_retry", "job": by_the_clock}
    assert worth_a_line(logging.makeLogRecord(failed))


def test_what_says_nothing_is_left_out_and_all_else_is_not():
    assert not worth_a_line(logging.makeLogRecord({"action": "periodic_task_deferred"}))
    assert worth_a_line(logging.makeLogRecord({"action": "stop_worker"}))
    assert worth_a_line(logging.makeLogRecord({"msg": "answered"}))


def test_what_flask_says_of_a_request_is_not_logged(log, app):
    assert CANARY not in log(app.logger.name, f"Exception on /v1/people/{CANARY} [GET]")
    assert CANARY not in log("sandbox", f"Exception on /{CANARY} [GET]")


def test_of_the_migrations_only_the_steps_are_told(log):
    assert "Running upgrade" in log("alembic.runtime.migration", "Running upgrade %s", "0001")
    assert "Detected" not in log("alembic.autogenerate.compare", "Detected a table")


@pytest.mark.parametrize(
    "happening",
    [
        "import alembic.script",
        "logging.getLogger('fontTools.subset').info('Glyph names: %s', CANARY)",
        "logging.getLogger('services').info('odd %d', CANARY)",
    ],
)
def test_neither_routine_nor_a_line_that_cannot_be_written_shows_anywhere(happening):
    ended = run(happening)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "happening",
    [
        "thread = threading.Thread(target=fail); thread.start(); thread.join()",
        "type('Thing', (), {'__del__': fail})()",
    ],
)
def test_what_fails_aside_shows_no_message_either(happening):
    ended = run(f"def fail(*_): raise ValueError(CANARY)\n{happening}")
    assert orjson.loads(ended.stdout)["exceptions"][0]["type"] == "builtins.ValueError"
    assert CANARY not in ended.stdout + ended.stderr


def test_what_ends_a_process_shows_no_message_either():
    ended = run("raise ValueError(CANARY)")
    assert ended.returncode == 1
    assert orjson.loads(ended.stdout)["level"] == "critical"
    assert CANARY not in ended.stdout + ended.stderr


def run(program):
    """In a process of its own that has set up its log."""
    before = "import logging, threading\nfrom services import logs\nlogs.set_up('worker')\n"
    return subprocess.run(
        [sys.executable, "-c", f"{before}CANARY = '{CANARY}'\n{program}"],
        capture_output=True,
        text=True,
        check=False,
    )
