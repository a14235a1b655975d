"""The page for a clinic's engineers is true; ``tests.clinic`` runs its check everywhere else."""

from __future__ import annotations

import json
import re
import runpy
from datetime import UTC, datetime, timedelta

import pytest

from models.card import CARD_LIFETIME
from models.values.plan import Programme
from services.card_signing import ALGORITHM, AUDIENCE, TYPE, CardSigner
from services.tokens import ISSUER
from tests.clinic import CHECK, PAGE, USE
from tests.installation import KEYS

CARDS = CardSigner(KEYS.card)


def made(at):
    return CARDS.sign(
        "48201937465",
        issued_at=at,
        expires_at=at + timedelta(days=1),
        name="Siti A.",
        programmes=["JKK", "JKM"],
    )


def test_the_check_has_ten_lines():
    assert len([line for line in CHECK.splitlines() if line]) <= 10


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_whoever_copies_it_checks_a_card_with_a_saved_file(tmp_path, monkeypatch, capsys):
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": CARDS.published_keys}))
    (tmp_path / "check.py").write_text(CHECK + USE)
    monkeypatch.chdir(tmp_path)
    runpy.run_path("check.py", {"card": made(datetime.now(UTC))})
    assert capsys.readouterr().out == "Siti A. 48201937465 JKK JKM\n"


def test_it_names_what_we_write():
    for said in (ISSUER, AUDIENCE, TYPE, ALGORITHM, *Programme):
        assert re.search(rf"\b{re.escape(said)}\b", PAGE), said
    assert f"{CARD_LIFETIME.value.days} days" in PAGE
