import os
import subprocess
import sys

import orjson
import pytest

from services.operations.programs import PROJECT

GRANIAN = ("-m", "granian", "--interface", "wsgi", "--port", "0", "--log-level", "critical")


@pytest.mark.parametrize(
    "command",
    [
        ("worker.py",),
        ("worker.py", "bulk"),
        ("-c", "import wsgi"),
        pytest.param((*GRANIAN, "wsgi:app"), marks=pytest.mark.slow),
    ],
)
def test_wrong_settings_are_told_in_one_line(command):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("JARING_")}
    ended = subprocess.run(
        [sys.executable, *command],
        env={**environ, "JARING_PORT": "http"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    told = orjson.loads(ended.stdout)
    assert (ended.returncode, ended.stderr, told["level"]) == (1, "", "critical")
    assert "JARING_PORT is not a port" in told["message"]
    assert "JARING_DATABASE_URL is missing" in told["message"]


def test_who_does_jobs_carries_nothing_that_only_files_need():
    asked = "import sys, worker; print('polars' in sys.modules)"
    told = subprocess.check_output([sys.executable, "-c", asked], cwd=PROJECT, timeout=60)
    assert told.strip() == b"False"
