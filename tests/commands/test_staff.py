"""``jaring staff``, as it is typed in."""

import json

import pytest
from click.testing import CliRunner
from pyotp import TOTP
from sqlalchemy import create_engine, select

from cli import main
from models.audit_event import AuditEvent
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
        told = CliRunner().invoke(main, ["staff", *words], env=environ)
        assert told.exit_code == code, told.output
        return json.loads(told.stdout or told.stderr) if "--json" in words else told.output

    return typed


def test_password_and_secret_are_shown_once(jaring):
    made = jaring("add", "Siti.Aminah", "--role", "admin", "--json")
    assert set(made) == {"username", "password", "totp_secret"}
    assert made["username"] == "siti.aminah"
    assert len(TOTP(made["totp_secret"]).at(0)) == 6
    listed = jaring("list", "--json")
    [account] = listed["items"]
    assert account.keys() == {"username", "role", "created_at", "closed_at"}
    assert (account["role"], account["closed_at"]) == ("admin", None)
    assert made["password"] not in json.dumps(listed)


def test_people_get_a_code_for_their_camera(jaring):
    said = jaring("add", "siti", "--role", "support")
    assert "otpauth://totp/Jaring:siti?secret=" in said
    assert "\u2588" in said
    assert "shown this once" in said
    assert jaring("list") == "siti  support, open\n"


def test_there_are_none_at_first(jaring):
    assert jaring("list") == "There are none yet.\n"


def test_accounts_are_reset_and_closed_by_name(jaring):
    first = jaring("add", "siti", "--role", "support", "--json")
    second = jaring("reset", "SITI", "--json")
    assert second["username"] == "siti"
    assert second["password"] != first["password"]
    assert second["totp_secret"] != first["totp_secret"]
    assert jaring("close", "siti", "--json") == {"username": "siti", "closed": True}
    assert "is not opened again" in jaring("reset", "siti", "--json", code=1)["error"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "a b", "--role", "support"), "Write 3 to 32 small letters"),
        (("add", "siti", "--role", "support"), "Another account has this name"),
        (("close", "nobody"), "No such staff account. Look at the list"),
        (("close", "not a name"), "Look at the list"),
        (("close", "siti"), "Add another admin first"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(jaring, words, said):
    jaring("add", "siti", "--role", "admin", "--json")
    assert said in jaring(*words, "--json", code=1)["error"]


def test_all_of_it_is_on_record(jaring, committed_database):
    jaring("add", "siti", "--role", "admin", "--json")
    jaring("add", "siti", "--role", "admin", "--json", code=1)
    jaring("reset", "siti", "--json")
    jaring("close", "siti", "--json", code=1)
    jaring("list")
    engine = create_engine(committed_database.url)
    with engine.connect() as connection:
        columns = (AuditEvent.action, AuditEvent.refusal, AuditEvent.source, AuditEvent.account_id)
        told = connection.execute(select(*columns).order_by(AuditEvent.id)).all()
    engine.dispose()
    assert [(action.value, refusal) for action, refusal, _, _ in told] == [
        ("added_account", None),
        ("added_account", "username-taken"),
        ("reset_account", None),
        ("closed_account", "last-admin"),
        ("listed_accounts", None),
    ]
    assert {each[2:] for each in told} == {("command line", None)}
