"""The OpenAPI description of the running application.

flask-smorest describes paths, bodies and successes. What holds everywhere is added
here: errors, the headers of every answer, and examples made from the fields' own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson
import yaml
from flask import Flask

from api.documented_problems import (
    known_errors,
    problem_schemas,
    responses_for,
    share,
    usual_errors,
)
from api.examples import example_of
from services.errors import DomainError

INFO = {
    "description": (
        "Registers Indonesia's informal workers with BPJS Ketenagakerjaan.\n\n"
        "Errors are `application/problem+json` (RFC 9457); `code` is stable. Their words, and "
        "all explanations, follow `Accept-Language`: `id` (default) or `en`. Send "
        "`X-Request-ID` (`[A-Za-z0-9._-]{1,64}`) to find your request in our logs; it is in "
        "every answer. Unknown fields and parameters are refused with 422; of a name that is "
        "repeated within a JSON object the last value counts. Money is whole Rupiah, instants are "
        "UTC, days and months are Jakarta's.\n\n"
        "A worker's way to cover: `POST /v1/phone-verifications` and its `confirm`; `/v1/consents`, "
        "`/v1/regions` and `/v1/occupations` for the form; `POST /v1/registrations`, or "
        "`POST /v1/sessions` for who is registered. From then on `next_step` in `GET /v1/me` says "
        "what comes next: `wait_for_identity` (ask again in a while), `correct_identity` "
        "(`PATCH /v1/me`), `wait_for_review` (our staff are looking at it), `accept_consents` "
        "(`POST /v1/me/consents`), `complete_profile` (`PATCH /v1/me`), `choose_plan` "
        "(`PUT /v1/me/plan`), `pay` (`POST /v1/me/invoices`), `wait_for_payment` (an invoice is "
        "open), `contact_support`, or `none`.\n\n"
        "A partner, such as a platform that enrols its drivers, gets a token from "
        "`POST /v1/oauth/token` (RFC 6749, client credentials) for the scopes that its calls "
        "name.\n\n"
        "Our staff sign in by `POST /v1/staff/sessions`; what they may do follows from their role.\n\n"
        "Each operation names the kind of token that it takes. 401 means that there is none, or "
        "one that has expired, is spent or cannot be read: get a new one. 403 means that it is a "
        "good one of another kind, such as a phone token where an access token is asked for. A "
        "refresh token opens nothing but `/v1/sessions/refresh` (of staff: "
        "`/v1/staff/sessions/refresh`), so elsewhere it is 401."
    ),
}
SPEC_OPTIONS = {"info": INFO, "servers": [{"url": "/"}]}

HEADERS = {
    "X-Request-ID": {
        "description": "Names this request in our logs: yours if you sent one.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"},
    },
    "Retry-After": {
        "description": "Seconds to wait before the next try.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "ETag": {
        "description": "Send it as `If-None-Match` to get 304 while nothing has changed.",
        "schema": {"type": "string", "pattern": '^W/"[0-9a-f]{32}"$'},
    },
    "Idempotency-Replayed": {
        "description": "Sent when this is the answer to an earlier request with the same key.",
        "schema": {"type": "string", "const": "true"},
    },
    "Content-Disposition": {
        "description": "Of a file: whether to show or to save it, and a name to keep it under.",
        "schema": {"type": "string", "examples": ['inline; filename="receipt-2026-11-22.pdf"']},
    },
    "Location": {
        "description": "Where what was made can be looked at.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "WWW-Authenticate": {
        "description": "How to sign in.",
        "schema": {"type": "string", "const": "Bearer"},
    },
}
# What a piece of a path is, by its name in the route.
PATH_PARAMETERS: dict[str, tuple[str, str]] = {
    "verification_id": (
        "`id` of the verification, which only whoever started it knows.",
        "7d44c2f0-8f1c-4b8e-9b52-0c7a2f6d1e90",
    ),
    "invoice_id": ("`id` of the invoice.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "batch_id": ("`id` of the batch.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "phone_change_id": ("`id` of the request.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "erasure_request_id": ("`id` of the request.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "worker_id": ("`id` of the worker.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "message_id": ("`id` of the message.", "0b5a4a4e-6f0e-4c39-9c1d-0d9f7f0f3c52"),
    "link_id": ("`id` of the link.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "webhook_id": ("`id` of the webhook.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "delivery_id": ("`id` of the delivery.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e43"),
    "account_id": ("`id` of the account.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "review_id": ("`id` of the case.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "privacy_request_id": ("`id` of the request.", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"),
    "code": ("Of the Ministry of Home Affairs, with its dots.", "31.71.01.1001"),
    "document": ("As `/v1/consents` names it.", "terms"),
    "reminder_code": (
        "As it stands in the message. Case, spaces and hyphens do not matter.",
        "7KQ4-XM2P",
    ),
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "description": "The `ETag` of the answer you have.",
    "schema": {"type": "string"},
}


_ORDER = ("openapi", "info", "servers", "tags", "paths", "components")


def describe(app: Flask) -> dict[str, Any]:
    """The whole description, the same for the same program."""
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    description: dict[str, Any] = orjson.loads(
        orjson.dumps(api.spec.to_dict(), option=orjson.OPT_NON_STR_KEYS)
    )
    components = description.setdefault("components", {})
    components["headers"] = HEADERS
    errors, answered = known_errors(), set[str]()
    schemas = components.setdefault("schemas", {})
    _explain_path_parameters(description)
    for path, method, operation in operations(description):
        codes = dict.fromkeys(operation.pop("x-problems", []))
        answered |= set(codes)
        _add_problems(operation, path, method, [errors[code] for code in codes])
        _complete(operation, path, method, components)
    schemas |= problem_schemas(errors[code] for code in sorted(answered))
    share(description)
    return {name: description[name] for name in _ORDER if name in description}


def to_yaml(app: Flask) -> str:
    return yaml.dump(describe(app), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)


class _Plain(yaml.SafeDumper):
    """Writes shared parts out each time: anchors are hard to read in a difference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of each operation."""
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield path, method, operation


def _add_problems(
    operation: dict[str, Any], path: str, method: str, own: list[type[DomainError]]
) -> None:
    # flask-smorest has put a 422 of its own where there are arguments.
    operation["responses"].pop("422", None)
    usual = list(usual_errors(path, method, operation))
    operation["responses"] |= responses_for([*own, *usual])


def _complete(
    operation: dict[str, Any], path: str, method: str, components: dict[str, Any]
) -> None:
    operation["operationId"] = _operation_id(path, method)
    operation.setdefault("parameters", []).extend(operation.pop("x-parameters", []))
    responses = operation["responses"]
    if operation.pop("x-conditional", False):
        _add_not_modified(operation)
    for status, response in responses.items():
        _add_headers(response, status, operation)
    operation.pop("x-sends", None)
    operation["responses"] = dict(sorted(responses.items()))
    _add_examples(operation, components)
    if not operation["parameters"]:
        del operation["parameters"]


def _add_headers(response: dict[str, Any], status: str, operation: dict[str, Any]) -> None:
    names = ["X-Request-ID"]
    if status == "401":
        names.append("WWW-Authenticate")
    if status < "300":
        names += operation.get("x-sends", [])
    headers = response.setdefault("headers", {})
    for name in names:
        # What another standard rules about a header is said by the operation itself.
        headers.setdefault(name, _header(name))


def _explain_path_parameters(description: dict[str, Any]) -> None:
    for item in description["paths"].values():
        for parameter in item.get("parameters", []):
            if parameter["name"] in PATH_PARAMETERS:
                about, example = PATH_PARAMETERS[parameter["name"]]
                parameter["description"] = about
                parameter["schema"]["examples"] = [example]


def _add_not_modified(operation: dict[str, Any]) -> None:
    operation["parameters"].append(IF_NONE_MATCH)
    operation["responses"]["304"] = {"description": "You already have it."}
    for status in ("200", "304"):
        operation["responses"][status].setdefault("headers", {})["ETag"] = _header("ETag")


def _add_examples(operation: dict[str, Any], components: dict[str, Any]) -> None:
    answers = [answer for status, answer in operation["responses"].items() if status < "300"]
    for part in [*answers, operation.get("requestBody", {})]:
        for media_type, content in part.get("content", {}).items():
            given = "example" in content or "examples" in content
            if media_type == "application/json" and not given:
                content["example"] = example_of(content["schema"], components["schemas"])


def _operation_id(path: str, method: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", path.removeprefix("/v1"))
    return "_".join([method, *words])


def _header(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{name}"}
