"""The published description of the token endpoint, which follows RFC 6749 and not our rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from api.auth import PARTNER_OAUTH
from api.oauth_answers import CASES, CHALLENGE, OAuthCase
from api.smorest import Blueprint
from models.values.scope import Scope
from models.values.words import Language
from schemas.oauth import PartnerTokenRequestSchema, PartnerTokenSchema, TokenRefusalSchema
from services.partners.tokens import TooManyWrongSecrets

PATH = "/v1/oauth/token"
FORM = "application/x-www-form-urlencoded"
_CREDENTIALS = "partner_credentials"
_SCOPES = {
    Scope.ENROL: "send drivers",
    Scope.READ: "read about them",
    Scope.PAY: "pay for them",
    Scope.WEBHOOKS: "say where to be told of what happens",
}
SCHEMES: dict[str, dict[str, Any]] = {
    _CREDENTIALS: {
        "type": "http",
        "scheme": "basic",
        "description": "`client_id` and `client_secret`, each written as in a form (RFC 6749, "
        "2.3.1). They may stand in the form instead.",
    },
    PARTNER_OAUTH: {
        "type": "oauth2",
        "description": "How a `partner_token` is got.",
        "flows": {
            "clientCredentials": {
                "tokenUrl": PATH,
                "scopes": {scope.value: about for scope, about in _SCOPES.items()},
            }
        },
    },
}
_EXAMPLE = {
    "access_token": "eyJhbGciOiJIUzI1NiIs...",
    "token_type": "Bearer",
    "expires_in": 900,
    "scope": " ".join(sorted(Scope)),
}
_ABOUT = {
    400: "The request cannot be granted; `error` says why.",
    401: "No such client, a wrong or revoked secret, or a closed account.",
    413: "The form is too large.",
    429: "Too many wrong secrets.",
    500: "Our fault.",
    503: "Busy: try again.",
}


def described(blp: Blueprint) -> Callable[[Any], Any]:
    """Document the endpoint."""
    form = {FORM: {"schema": PartnerTokenRequestSchema()}}
    refused: dict[str, Any] = {}
    for case in CASES:
        examples = refused.setdefault(str(int(case.status)), {})
        examples[f"{case.error}_{len(examples) + 1}"] = _example(case)
    return blp.doc(
        requestBody={"required": True, "content": form},
        responses={"200": _granted()} | {each: _refused(each, refused[each]) for each in refused},
        security=[{_CREDENTIALS: []}, {}],
    )


def _granted() -> dict[str, Any]:
    return {
        "description": "OK",
        "content": {"application/json": {"schema": PartnerTokenSchema(), "example": _EXAMPLE}},
        "headers": {"Cache-Control": _always("no-store"), "Pragma": _always("no-cache")},
    }


def _refused(status: str, examples: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": _ABOUT[int(status)],
        "content": {"application/json": {"schema": TokenRefusalSchema(), "examples": examples}},
    }
    if status in ("429", "503"):
        answer["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    if status == "401":
        answer["headers"] = {"WWW-Authenticate": _always(CHALLENGE)}
    return answer


def _always(value: str) -> dict[str, Any]:
    return {"description": f"`{value}`", "schema": {"type": "string", "const": value}}


def _example(case: OAuthCase) -> dict[str, Any]:
    wait = TooManyWrongSecrets.sample["wait"]
    said = case.words.in_(Language.ENGLISH, wait=wait.in_(Language.ENGLISH))
    return {"value": {"error": case.error, "error_description": said}}
