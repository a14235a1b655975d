import json
import os
import socket
import subprocess
import sys
from uuid import uuid4

import pytest
from click.testing import CliRunner

from cli import main
from services.operations import running
from services.operations.development_keys import ensure_development_keys


@pytest.fixture
def run(tmp_path):
    def run(*arguments, data_dir=tmp_path / "var"):
        environ = {"JARING_ENV": "development", "JARING_DATA_DIR": str(data_dir)}
        return CliRunner().invoke(main, ["run", *arguments], env=environ)

    return run


def test_a_directory_that_cannot_be_used_is_named_in_a_sentence(run, tmp_path):
    (tmp_path / "file").touch()
    place = tmp_path / "file" / "var"
    told = run(data_dir=place)
    assert (told.exit_code, told.stderr) == (1, f"Error: Not a directory: {place}\n")
    told = run("--json", data_dir=place)
    assert json.loads(told.stderr) == {"error": f"Not a directory: {place}"}
    assert told.exit_code == 1


def test_of_two_first_starts_at_once_only_one_draws_keys(run, tmp_path):
    with running.alone(tmp_path / "var"):
        told = run()
    assert told.exit_code == 1
    assert "Jaring is already running on" in told.stderr
    assert not (tmp_path / "var" / "keys").exists()


def test_metrics_beside_those_of_another_jaring_say_which_port_to_free(tmp_path):
    ensure_development_keys(tmp_path / "keys")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environ = {"JARING_ENV": "development", "JARING_DATA_DIR": str(tmp_path)}
        said = CliRunner().invoke(main, ["metrics"], env=environ | {"JARING_METRICS_PORT": port})
    assert said.exit_code == 1
    assert f"Something else listens on port {port}" in said.output


@pytest.mark.slow
def test_a_batch_whose_checks_are_not_paused_cannot_be_resumed(committed_database, tmp_path):
    ensure_development_keys(tmp_path / "keys")
    environ = {
        **os.environ,
        "JARING_ENV": "development",
        "JARING_DATA_DIR": str(tmp_path),
        "JARING_DATABASE_URL": committed_database.url,
    }
    command = [sys.executable, "-m", "cli", "batches", "resume", str(uuid4())]
    told = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (
        1,
        "Error: No batch with this id has paused checks.\n",
    )
