"""Partners with a good secret, and calls that they make."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.partner import Partner, PartnerSecret
from models.values.ids import new_id
from models.values.payer import PayerKind
from models.values.scope import Scope
from services.callers import PartnerCaller
from services.ports import Ports
from services.tokens import Kind

EVERYTHING = frozenset(Scope)


def partner(ports: Ports, session: Session, name: str = "Ojek Kita", **options: object) -> Partner:
    """An account with one secret. Its id is the partner's: a test needs no other."""
    now, partner_id = ports.clock.now(), new_id()
    made = Partner(
        **{
            "id": partner_id,
            "name": name,
            "client_id": f"client-{partner_id}",
            "payer_kind": PayerKind.PARTNER,
            "messages_per_day": 100_000,
            "checks_per_day": 100_000,
            "created_at": now,
            **options,
        }
    )
    session.add(made)
    session.flush()
    digest = ports.vault.digest("partner-secret", f"secret of {name}")
    session.add(PartnerSecret(id=made.id, partner_id=made.id, digest=digest, created_at=now))
    session.flush()
    return made


def calling(partner: Partner, scopes: frozenset[Scope] = EVERYTHING) -> PartnerCaller:
    return PartnerCaller(partner.id, scopes)


def bearer(
    ports: Ports, partner: Partner, scopes: frozenset[Scope] = EVERYTHING, **headers: str
) -> dict[str, str]:
    """The headers of a call by this partner."""
    token = ports.tokens.issue(
        Kind.PARTNER,
        str(partner.id),
        at=ports.clock.now(),
        key=str(partner.id),
        scope=" ".join(sorted(scopes)),
    )
    return {"Authorization": f"Bearer {token}", **headers}
