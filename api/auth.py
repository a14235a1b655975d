"""Who is calling, and what they may reach.

flask-jwt-extended hands the token to whoever decodes it. What it is worth is ours to say: every kind
has a secret, type and audience of its own, and times are judged by our own clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, ClassVar, TypeVar, cast

from flask import Flask, g
from flask_jwt_extended import JWTManager, decode_token

from api.refusals import Refusal
from api.request import Request, current
from api.smorest import Blueprint, ports
from models.values.permission import Permission
from models.values.scope import Scope
from models.values.words import Words
from services import partner_access, phone_verification, sign_in
from services.callers import PartnerCaller, StaffCaller
from services.errors import DomainError, NotSignedInWithPhone, SignInRequired
from services.partner_access import PartnerTokenRequired
from services.staff import access
from services.staff.access import RoleNotAllowed, StaffSignInRequired
from services.tokens import Kind, TokenRefused

View = TypeVar("View", bound=Callable[..., Any])

# RFC 6750, 2.1; a scheme is written in any case (RFC 9110, 11.1).
_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)


class WrongKindOfCaller(Refusal):
    status = 403
    code = "wrong-kind-of-caller"
    title = Words("Token ini untuk keperluan lain", "This token is for something else")
    detail = Words(
        "Kirim jenis token yang tertulis di dokumentasi untuk panggilan ini.",
        "Send the kind of token that the documentation names for this call.",
    )


class ScopeMissing(Refusal):
    status = 403
    code = "scope-missing"
    title = Words("Token ini tidak mencakup panggilan ini", "The token does not cover this call")
    detail = Words("Minta token dengan scope {scope}.", "Ask for a token with the scope {scope}.")
    sample: ClassVar = {"scope": Scope.ENROL}


# Who shows one of these is somebody. A refresh token only says that somebody could be.
_SHOWN_BY_CALLERS = frozenset(Kind) - {Kind.REFRESH, Kind.STAFF_REFRESH}


@dataclass(frozen=True)
class Gate:
    """What an operation asks for.

    :param scheme: its name in the published description.
    :param refusal: the answer to whoever does not have it.
    """

    scheme: str
    kind: Kind
    refusal: type[DomainError]
    about: str

    @property
    def published(self) -> dict[str, str]:
        """As a security scheme of the description."""
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": self.kind.typ,
            "description": self.about,
        }


PHONE = Gate(
    "phone_token",
    Kind.PHONE,
    NotSignedInWithPhone,
    "From confirming a code. Good for 15 minutes, and for one registration, sign-in or change of "
    "number.",
)
WORKER = Gate(
    "access_token", Kind.WORKER, SignInRequired, "From registering, signing in or refreshing."
)
PARTNER = Gate(
    "partner_token",
    Kind.PARTNER,
    PartnerTokenRequired,
    "From `POST /v1/oauth/token`. Good for 15 minutes and for the scopes that were asked for.",
)
STAFF = Gate(
    "staff_token",
    Kind.STAFF,
    StaffSignInRequired,
    "Of an officer, from `POST /v1/staff/sessions`. Good for 15 minutes, while the session lasts.",
)
PARTNER_OAUTH = "partner_oauth"
SCHEMES = {gate.scheme: gate.published for gate in (PHONE, WORKER, PARTNER, STAFF)}


def phone_verified(view: View) -> View:
    """Pass whoever shows a phone token to the view as ``caller``."""
    return _guarded(view, PHONE, phone_verification.holder)


def signed_in(view: View) -> View:
    """Pass the signed-in worker to the view as ``caller``."""
    return _guarded(view, WORKER, lambda claims: sign_in.caller(ports(), claims))


def session_shown(view: View) -> View:
    """Pass whose session it is as ``caller``, to a use case that looks itself whether the session
    was ended: in one statement with what it reads."""
    return _guarded(view, WORKER, sign_in.session_shown)


def partner(scope: Scope) -> Callable[[View], View]:
    """Pass the partner to the view as ``caller``, if its token is good for the scope."""

    def caller_of(claims: dict[str, Any]) -> PartnerCaller:
        caller = partner_access.caller(ports(), claims)
        if scope not in caller.scopes:
            raise ScopeMissing(scope=scope)
        return caller

    def decorator(view: View) -> View:
        guarded = _guarded(view, PARTNER, caller_of)
        # The same token, described as tools that fetch one by themselves want it.
        named = Blueprint.secured(PARTNER_OAUTH, scopes=[scope])(guarded)
        return Blueprint.problems(ScopeMissing)(named)

    return decorator


def staff(permission: Permission) -> Callable[[View], View]:
    """Pass the officer to the view as ``caller``, if their role has the permission."""

    def caller_of(claims: dict[str, Any]) -> StaffCaller:
        officer = any_officer(claims)
        access.require(ports(), officer, permission)
        return officer

    def decorator(view: View) -> View:
        return Blueprint.problems(RoleNotAllowed)(_guarded(view, STAFF, caller_of))

    return decorator


def signed_in_officer(view: View) -> View:
    """Pass the officer to the view as ``caller``, whatever their role."""
    return _guarded(view, STAFF, any_officer)


def any_officer(claims: dict[str, Any]) -> StaffCaller:
    """:raises StaffSignInRequired: the session is not good any more."""
    return access.caller(ports(), claims, current().remote_addr or "")


def _guarded(view: View, gate: Gate, caller_of: Callable[[dict[str, Any]], Any]) -> View:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        current().caller_kind = gate.kind.value
        return view(*args, caller=caller_of(_claims(gate)), **kwargs)

    guarded = cast(View, update_wrapper(wrapper, view))
    return Blueprint.secured(gate.scheme, gate.refusal, WrongKindOfCaller)(guarded)


def _claims(gate: Gate) -> dict[str, Any]:
    token = _token(current())
    if token is None:
        raise gate.refusal
    g.gate = gate
    claims: dict[str, Any] = decode_token(token)
    return claims


def _token(request: Request) -> str | None:
    # Not by flask-jwt-extended: it knows one way to write the scheme, and a header of commas ends
    # in an error there.
    shown = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    return shown[1] if shown else None


class _Manager(JWTManager):
    """Reads a token as the kind that the operation asks for."""

    def _decode_jwt_from_config(self, encoded_token: str, *_: Any, **__: Any) -> dict[str, Any]:
        gate: Gate = g.gate
        claims = _read(gate.kind, encoded_token)
        if claims is not None:
            return claims
        if any(_read(kind, encoded_token) is not None for kind in _SHOWN_BY_CALLERS):
            raise WrongKindOfCaller
        raise gate.refusal


def _read(kind: Kind, token: str) -> dict[str, Any] | None:
    try:
        return ports().tokens.read(kind, token, now=ports().clock.now())
    except TokenRefused:
        return None


def init_app(app: Flask) -> None:
    _Manager(app)
