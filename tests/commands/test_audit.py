"""``jaring audit``, as it is typed in."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from cli import main
from services.audit.sealing import seal
from services.keys import Keys
from services.operations.development_keys import KEYS, ensure_development_keys
from tests.audited import UNGUARD, look_up, somebody


@pytest.fixture
def verify(committed_database, tmp_path):
    """Types the command; what it says, as JSON where ``--json`` is among the words."""
    ensure_development_keys(tmp_path / "keys")
    environ = {
        "JARING_ENV": "development",
        "JARING_DATA_DIR": str(tmp_path),
        "JARING_DATABASE_URL": committed_database.url,
    }

    def typed(*words, code=0):
        told = CliRunner().invoke(main, ["audit", "verify", *words], env=environ)
        assert told.exit_code == code, told.output
        return json.loads(told.stdout) if "--json" in words else told.output

    return typed


# Events of one instant are sealed in the order of their ids, which is not always that of the deeds.
CHANGE_THE_SECOND = (
    "update audit_event set note = 'nothing'"
    " where id = (select event_id from audit_link where position = 2)"
)


@pytest.fixture
def sealed(committed_ports, tmp_path, verify):
    """Three events, under the installation's key."""
    key = Keys.parse((tmp_path / "keys" / KEYS).read_text()).audit
    ports = replace(committed_ports, audit_key=key)
    look_up(ports, somebody(ports), 3)
    seal(ports)


def test_an_audit_that_is_whole_is_told_with_its_head(verify, sealed):
    told = verify("--json")
    assert (told["verified"], told["events"]) == (True, 3)
    said = verify("--expect", told["head"])
    assert said == f"All is well: 3 events stand as they were sealed.\nHead: {told['head']}\n"
    assert verify("--since", told["head"], "--json")["events"] == 0


def test_what_is_wrong_is_told_in_plain_words_and_by_the_exit_code(
    verify, sealed, committed_database
):
    engine = create_engine(committed_database.migration_url)
    with engine.begin() as owner:
        owner.execute(text(UNGUARD))
        owner.execute(text(CHANGE_THE_SECOND))
    engine.dispose()
    told = verify("--json", code=1)
    assert (told["verified"], told["fault"], told["position"]) == (False, "event_changed", 2)
    assert (told["events"], told["head"][:2]) == (1, "1:")
    said = verify(code=1)
    assert f"Event {told['event_id']}, sealed by link 2, was changed." in said


def test_a_head_that_was_written_down_and_is_not_there_is_told(verify, sealed):
    told = verify("--expect", f"9:{'0' * 64}", "--json", code=1)
    assert (told["fault"], told["position"]) == ("shortened", 9)


@pytest.mark.parametrize(
    "words", [("--expect", "12"), ("--since", f"2:{'0' * 64}", "--expect", f"1:{'0' * 64}")]
)
def test_what_makes_no_sense_is_refused(verify, words):
    verify(*words, code=2)
