import os
import shutil
import subprocess

import pytest

from tests.test_architecture import ROOT


@pytest.fixture
def make_run(tmp_path):
    """``make run`` with a program in place of ours that tells where it finds itself."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("setup.cfg", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "installed").touch()
    jaring = tmp_path / ".venv" / "bin" / "jaring"
    jaring.write_text('#!/bin/sh\necho "$JARING_ENV"\n')
    jaring.chmod(0o755)

    def make_run(**variables):
        # The tests may run under make themselves.
        ours = ("JARING_ENV", "MAKEFLAGS", "MAKELEVEL")
        environ = {name: value for name, value in os.environ.items() if name not in ours}
        return subprocess.check_output(
            ["make", "run"], cwd=tmp_path, env={**environ, **variables}, text=True
        ).strip()

    return make_run


def test_what_is_run_here_is_for_development_unless_another_environment_is_named(make_run):
    assert make_run() == "development"
    assert make_run(JARING_ENV="") == "development"
    assert make_run(JARING_ENV="production") == "production"
