"""The demonstration, against real processes and against none."""

from __future__ import annotations

import glob
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import requests

from models.values.month import Month
from models.values.sex import Sex
from sandbox import demo_page
from sandbox.demo_driver import Driver
from sandbox.demo_step import Step
from tests.stack import Stack, stack

NOBODY = "http://127.0.0.1:1"
# In this order; the first cover comes before them.
TURNS = ("grace", "looks back", "lapsed", "returned", "looks back")
COVERED = Step("covered", "until 31 January 2027", facts={"covered_until": "2027-01-31"})


def test_drivers_are_new_and_can_be_reached():
    drivers = [Driver.drawn() for _ in range(500)]
    # Among five hundred two may be alike by chance, once in some seven hundred runs.
    assert len({driver.nik for driver in drivers}) >= len(drivers) - 1
    for driver in drivers:
        assert driver.nik.birth_date(date(2026, 11, 22)) == driver.birth_date
        assert driver.nik.sex is Sex.MALE
        assert "0001" <= driver.nik.serial <= "8999"
        assert driver.phone.e164[-3:] not in ("000", "999")


def test_a_step_is_a_line_and_what_says_more_is_indented_below():
    step = Step("quote", "Rp8,400", (("January 2027", "Rp8,400"),))
    assert plain(demo_page.shown(step)).splitlines() == [
        "  quote       Rp8,400",
        "              January 2027    Rp8,400",
    ]


def test_the_end_says_until_when():
    assert plain(demo_page.ending([COVERED])).strip() == "Covered until 31 January 2027."


@pytest.mark.slow
def test_a_driver_is_covered(jaring):
    done = demo("--json", "--url", jaring.api, "--sandbox", jaring.sandbox)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", told["covered_until"])
    assert re.fullmatch(r"[0-9]{11}", told["member_number"])
    assert [step["step"] for step in told["steps"]][-3:] == ["paid", "covered", "receipt"]


@pytest.mark.slow
def test_it_reads_well_without_colour(jaring):
    done = demo("--url", jaring.api, "--sandbox", jaring.sandbox)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "  identity    verified: name, birth date, sex agree" in done.stdout
    assert re.search(r"Covered until [0-9]+ [A-Z][a-z]+ 20[0-9]{2}, as member", done.stdout)


@pytest.mark.slow
def test_a_driver_lapses_and_returns_in_a_jaring_that_is_gone_afterwards():
    before = set(own_directories())
    done = demo("--lapse", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    steps = [step["step"] for step in told["steps"]]
    assert [step for step in steps if step in TURNS] == list(TURNS)
    first, *_, last = [step["covered_until"] for step in told["steps"] if "covered_until" in step]
    assert Month.of(date.fromisoformat(last)).minus(Month.of(date.fromisoformat(first))) >= 5
    assert set(own_directories()) == before


def test_another_jaring_is_not_moved_in_time():
    done = demo("--lapse", "--url", NOBODY)
    assert done.returncode == 2
    assert "starts a Jaring of its own" in done.stderr


@pytest.mark.slow
def test_a_bank_that_cannot_sign_ends_the_journey_with_its_words(jaring):
    with a_bank_that_is(jaring, "garbage"):
        done = demo("--url", jaring.api, "--sandbox", jaring.sandbox)
    assert done.returncode == 1
    assert "The bank's call was refused" in done.stderr


@pytest.mark.slow
def test_without_a_server_it_says_how_to_start_one():
    done = demo("--url", NOBODY, "--sandbox", NOBODY)
    assert done.returncode == 1
    assert f"Nobody answers at {NOBODY}. Start Jaring with `make run`" in done.stderr
    told = json.loads(demo("--json", "--url", NOBODY, "--sandbox", NOBODY).stderr)
    assert "make run" in told["error"]


def demo(*options: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("JARING_")}
    return subprocess.run(
        [sys.executable, "-m", "cli", "demo", *options],
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextmanager
def a_bank_that_is(jaring: Stack, mode: str) -> Iterator[None]:
    make_bank(jaring, mode)
    try:
        yield
    finally:
        make_bank(jaring, "ok")


def make_bank(jaring: Stack, mode: str) -> None:
    asked = {"service": "bank", "mode": mode}
    requests.put(f"{jaring.sandbox}/faults", json=asked, timeout=30).raise_for_status()


def own_directories() -> list[str]:
    return glob.glob(os.path.join(tempfile.gettempdir(), "jaring-demo-*"))


def plain(styled: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", styled)


@pytest.fixture(scope="module")
def jaring(tmp_path_factory):
    with stack(tmp_path_factory.mktemp("jaring")) as running:
        yield running
