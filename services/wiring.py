"""Connect the ports to the real world. Only entry points call this."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from models.consent_documents import ConsentDocuments
from models.identity_verdict import PASS_MARKS
from models.known_areas import KnownAreas
from models.occupations import Occupations
from models.rates import RateBooks
from models.values.identity import Element
from services.adapters.clock import SystemClock
from services.adapters.dukcapil import DukcapilRegistry
from services.adapters.gateway import HttpGateway, authorised_by
from services.adapters.http import JsonClient
from services.adapters.queue import ProcrastinateJobs
from services.adapters.webhook_targets import CheckedTargets
from services.bank.accounts import Banks
from services.card_signing import CardSigner
from services.database import build_engine
from services.failpoints import failpoint
from services.outages import GatewayDown, IdentityRegistryDown
from services.ports import Clock, Ports
from services.settings import Settings
from services.tokens import Tokens
from services.transactions import DatabaseTransactions
from services.vault import Vault

DATA = Path(__file__).parent.parent / "data"
# (policy) Mobile operators put many phones behind one address.
STARTS_PER_SOURCE_AND_HOUR = 300
# (policy) A partner's servers have few addresses of their own, and a secret is typed in by nobody.
TOKEN_REFUSALS_PER_SOURCE_AND_HOUR = 100
# (policy) An office has many officers behind one address, each of whom mistypes now and then. Whoever
# tries one password at every name there is has no more.
STAFF_REFUSALS_PER_SOURCE_AND_HOUR = 100


def clock_here() -> Clock:
    """Of a machine that has no installation."""
    return SystemClock(timedelta())


def build_ports(settings: Settings) -> Ports:
    keys = settings.keys
    answered = failpoint(settings.failpoint, "call")
    registry = JsonClient(
        base_url=settings.dukcapil_url, unavailable=IdentityRegistryDown, after_call=answered
    )
    gateway = JsonClient(
        base_url=settings.gateway_url,
        unavailable=GatewayDown,
        headers=authorised_by(keys.gateway.token),
        after_call=answered,
    )
    return Ports(
        transactions=DatabaseTransactions(
            build_engine(settings.database_url), failpoint(settings.failpoint, "commit")
        ),
        clock=SystemClock(settings.clock_offset),
        jobs=ProcrastinateJobs(),
        vault=Vault({key.kid: key.key for key in keys.data}, keys.search),
        tokens=Tokens({key.kid: key.secret for key in keys.tokens}),
        cards=CardSigner(keys.card),
        identity=DukcapilRegistry(
            client=registry, account=keys.dukcapil, threshold=PASS_MARKS[Element.NAME]
        ),
        messages=HttpGateway(gateway),
        webhook_targets=CheckedTargets(loopback=settings.development, after_call=answered),
        banks=Banks.of(keys.banks),
        books=RateBooks.load(DATA / "rates"),
        consents=ConsentDocuments.load(DATA / "consents"),
        occupations=Occupations.load(DATA / "occupations.csv"),
        areas=KnownAreas.load(DATA),
        code_key=keys.otp,
        audit_key=keys.audit,
        starts_per_source_and_hour=None if settings.development else STARTS_PER_SOURCE_AND_HOUR,
        token_refusals_per_source_and_hour=(
            None if settings.development else TOKEN_REFUSALS_PER_SOURCE_AND_HOUR
        ),
        staff_refusals_per_source_and_hour=(
            None if settings.development else STAFF_REFUSALS_PER_SOURCE_AND_HOUR
        ),
        registry_checks_per_day=settings.dukcapil_daily_quota,
        virtual_account_prefix=keys.banks[0].partner_service_id,
    )
