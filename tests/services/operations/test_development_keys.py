import json

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from services.environ import Environment
from services.keys import Keys
from services.operations.development_keys import ensure_development_keys


def test_keys_are_drawn_once_and_nobody_else_can_read_them(directory):
    ensure_development_keys(directory)
    before = read(directory)
    ensure_development_keys(directory)
    assert read(directory) == before
    assert directory.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in directory.iterdir()} == {0o600}


def test_they_say_that_they_are_for_development(directory):
    ensure_development_keys(directory)
    keys = Keys.parse((directory / "keys.json").read_text())
    assert keys.environment is Environment.DEVELOPMENT


def test_the_sandbox_knows_what_the_application_will_show_it(directory):
    ensure_development_keys(directory)
    ours, sandbox = read(directory)
    assert sandbox["dukcapil"] == ours["dukcapil"]
    assert sandbox["gateway"] == ours["gateway"]
    assert sandbox["bank"]["client_secret"] == ours["banks"][0]["client_secret"]


@pytest.mark.parametrize("lacking", ["ip_user", "password"])
def test_what_a_newer_program_needs_is_added_and_the_rest_kept(directory, lacking):
    ensure_development_keys(directory)
    ours, sandbox = read(directory)
    for name, document in (("keys.json", ours), ("sandbox.json", sandbox)):
        del document["dukcapil"][lacking]
        (directory / name).write_text(json.dumps(document))
    ensure_development_keys(directory)
    mended, mended_sandbox = read(directory)
    assert mended["dukcapil"] == mended_sandbox["dukcapil"]
    assert mended["data"] == ours["data"]
    assert lacking in mended["dukcapil"]


@pytest.mark.parametrize("lost", ["keys.json", "sandbox.json"])
def test_one_file_without_the_other_is_brought_in_step(directory, lost):
    ensure_development_keys(directory)
    before = dict(zip(("keys.json", "sandbox.json"), read(directory), strict=True))
    (directory / lost).unlink()
    ensure_development_keys(directory)
    ours, sandbox = read(directory)
    assert ours["gateway"] == sandbox["gateway"] == before["keys.json"]["gateway"]
    assert ours["dukcapil"] == sandbox["dukcapil"] == before["keys.json"]["dukcapil"]
    assert ours["banks"][0]["client_secret"] == sandbox["bank"]["client_secret"]
    assert ours["banks"][0]["public_key"] == public_key_of(sandbox["bank"])
    if lost == "sandbox.json":
        assert ours["data"] == before["keys.json"]["data"]


def test_other_banks_keep_their_key_where_the_sandbox_has_lost_its_own(directory):
    ensure_development_keys(directory)
    ours, _ = read(directory)
    other = {**ours["banks"][0], "client_key": "other-bank", "partner_service_id": "77777"}
    (directory / "keys.json").write_text(json.dumps({**ours, "banks": [*ours["banks"], other]}))
    (directory / "sandbox.json").unlink()
    ensure_development_keys(directory)
    assert read(directory)[0]["banks"][1] == other


def public_key_of(bank):
    key = load_pem_private_key(bank["private_key"].encode(), None).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def read(directory):
    return [json.loads((directory / name).read_text()) for name in ("keys.json", "sandbox.json")]


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "keys"
