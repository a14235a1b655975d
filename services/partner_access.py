"""Which partner shows a token, and whether it still may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.partner import select_good_secret
from models.values.scope import Scope
from models.values.words import Words
from services.callers import PartnerCaller
from services.errors import NotSignedIn
from services.ports import Ports
from services.prepared import Prepared

_GOOD = Prepared(select_good_secret())


class PartnerTokenRequired(NotSignedIn):
    code = "partner-token-required"
    title = Words("Token mitra diperlukan", "A partner's token is needed")
    detail = Words(
        "Minta token baru lewat POST /v1/oauth/token, lalu coba lagi.",
        "Ask for a new token with POST /v1/oauth/token, then try again.",
    )


def caller(ports: Ports, claims: Mapping[str, Any]) -> PartnerCaller:
    """Who shows a partner's token.

    :param claims: of a token of kind ``PARTNER`` that has been read: ``sub`` is the partner's id,
        ``key`` the id of the secret that it was given for, ``scope`` as in RFC 6749, 3.3.
    :raises PartnerTokenRequired: the secret was revoked, or the account closed.
    """
    shown = {"partner_id": UUID(claims["sub"]), "secret_id": UUID(claims["key"])}
    if ports.transactions.first(_GOOD, shown) is None:
        raise PartnerTokenRequired
    return PartnerCaller(shown["partner_id"], frozenset(map(Scope, claims["scope"].split())))
