"""``jaring partners``, as it is typed in."""

import json

import pytest
from click.testing import CliRunner

from cli import main
from services.operations.development_keys import ensure_development_keys


@pytest.fixture
def jaring(committed_database, tmp_path):
    """Types a command; what it says, as JSON where ``--json`` is among the words."""
    ensure_development_keys(tmp_path / "keys")
    environ = {
        "JARING_ENV": "development",
        "JARING_DATA_DIR": str(tmp_path),
        "JARING_DATABASE_URL": committed_database.url,
    }

    def typed(*words, code=0):
        told = CliRunner().invoke(main, ["partners", *words], env=environ)
        assert told.exit_code == code, told.output
        return json.loads(told.stdout or told.stderr) if "--json" in words else told.output

    return typed


def test_the_secret_is_shown_once(jaring):
    made = jaring("add", "Ojek Kita", "--payer-kind", "donor", "--json")
    assert set(made) == {"client_id", "client_secret"}
    listed = jaring("list", "--json")
    [account] = listed["items"]
    assert account["client_id"] == made["client_id"]
    assert (account["payer_kind"], account["closed_at"]) == ("donor", None)
    assert made["client_secret"] not in json.dumps(listed)


def test_people_read_sentences(jaring):
    said = jaring("add", "Ojek Kita")
    assert "client_secret  jrg_" in said
    assert "shown this once" in said
    assert "Ojek Kita" in jaring("list")


def test_there_are_none_at_first(jaring):
    assert jaring("list") == "There are none yet.\n"


def test_secrets_are_rotated_revoked_and_the_account_closed(jaring):
    client_id = jaring("add", "Ojek Kita", "--json")["client_id"]
    second = jaring("rotate", client_id, "--json")
    assert second["client_id"] == client_id
    assert "Revoke the older one first" in jaring("rotate", client_id, "--json", code=1)["error"]
    older, newer = jaring("list", "--json")["items"][0]["keys"]
    assert jaring("revoke", client_id, "--json")["revoked"] == older["key_id"]
    jaring("revoke", client_id, newer["key_id"])
    assert jaring("list", "--json")["items"][0]["keys"] == []
    assert "is closed" in jaring("close", client_id)
    assert "is closed" in jaring("rotate", client_id, code=1)


@pytest.mark.parametrize("more", [["--payer-kind", "self"], ["--messages-per-day", "-1"]])
def test_what_no_account_can_have_is_a_mistake_in_the_command(jaring, more):
    assert "Usage" in jaring("add", "Ojek Kita", *more, code=2)
