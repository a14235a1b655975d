"""One made-up installation: its keys, its settings, and ports that reach nobody."""

from __future__ import annotations

import tempfile
from pathlib import Path

from models.consent_documents import ConsentDocuments
from models.known_areas import KnownAreas
from models.occupations import Occupations
from models.rates import RateBooks
from services.bank.accounts import Banks
from services.card_signing import CardSigner
from services.keys import Keys
from services.operations.development_keys import ensure_development_keys
from services.ports import Clock, Ports, Transactions
from services.settings import Settings
from services.tokens import Tokens
from services.vault import Vault
from tests.fakes import FakeGateway, FakeJobs, FakeRegistry, FakeTargets

DATA = Path(__file__).parent.parent / "data"
BOOKS = RateBooks.load(DATA / "rates")
CONSENTS = ConsentDocuments.load(DATA / "consents")
OCCUPATIONS = Occupations.load(DATA / "occupations.csv")
AREAS = KnownAreas.load(DATA)


def _settings() -> Settings:
    with tempfile.TemporaryDirectory(prefix="jaring-keys-") as directory:
        ensure_development_keys(Path(directory) / "keys")
        return Settings.read({"JARING_ENV": "development", "JARING_DATA_DIR": directory})


DEVELOPMENT = _settings()
KEYS: Keys = DEVELOPMENT.keys


def fake_ports(transactions: Transactions, clock: Clock) -> Ports:
    return Ports(
        transactions=transactions,
        clock=clock,
        jobs=FakeJobs(),
        vault=Vault({key.kid: key.key for key in KEYS.data}, KEYS.search),
        tokens=Tokens({key.kid: key.secret for key in KEYS.tokens}),
        cards=CardSigner(KEYS.card),
        identity=FakeRegistry(),
        messages=FakeGateway(),
        webhook_targets=FakeTargets(),
        banks=Banks.of(KEYS.banks),
        books=BOOKS,
        consents=CONSENTS,
        occupations=OCCUPATIONS,
        areas=AREAS,
        code_key=KEYS.otp,
        audit_key=KEYS.audit,
        starts_per_source_and_hour=None,
        token_refusals_per_source_and_hour=None,
        staff_refusals_per_source_and_hour=None,
        registry_checks_per_day=200_000,
        virtual_account_prefix=KEYS.banks[0].partner_service_id,
    )
