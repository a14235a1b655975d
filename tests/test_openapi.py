"""The published description is complete, and says what the program does."""

from pathlib import Path

import pytest
from openapi_spec_validator import validate

from api.app import create_app
from api.documented_problems import OTHER_RULES
from api.openapi import describe, operations, to_yaml

MEDIA_TYPE = "application/problem+json"
PUBLISHED = Path(__file__).parents[1] / "openapi.yaml"

# Whoever adds to this list opens an operation to everybody.
PUBLIC = {
    "GET /.well-known/jwks.json",
    "GET /healthz",
    "GET /readyz",
    "GET /v1/consents",
    "GET /v1/occupations",
    "GET /v1/plans",
    "GET /v1/plans/quote",
    "GET /v1/regions",
    "GET /v1/regions/search",
    "GET /v1/regions/{code}",
    "POST /v1/phone-verifications",
    "GET /v1/phone-verifications/{verification_id}",
    "POST /v1/phone-verifications/{verification_id}/confirm",
    "POST /v1/phone-verifications/{verification_id}/resend",
    "POST /v1/sessions/refresh",
    "POST /v1/staff/sessions",
    "POST /v1/staff/sessions/refresh",
    # The request is signed with the bank's key.
    "POST /snap/v1.0/access-token/b2b",
}


@pytest.fixture(scope="module")
def app():
    # Describing the operations needs nothing that they need to work.
    return create_app(None, None)


@pytest.fixture(scope="module")
def description(app):
    return describe(app)


def resolved(description, response):
    if "$ref" in response:
        return description["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    return response


def named(description):
    for path, method, operation in operations(description):
        yield f"{method.upper()} {path}", operation


def ours(description):
    """Those whose errors are our problems."""
    for name, operation in named(description):
        if not name.split()[1].startswith(OTHER_RULES):
            yield name, operation


def test_openapi_yaml_is_in_step(app):
    """After a change that is meant: ``make openapi``."""
    assert PUBLISHED.read_text() == to_yaml(app)


def test_the_description_is_valid(description):
    validate(description)


def test_every_operation_wants_a_token_or_is_public_on_purpose(description):
    open_to_all = {name for name, operation in named(description) if not operation.get("security")}
    assert open_to_all <= PUBLIC


def test_every_security_scheme_is_described(description):
    known = set(description["components"].get("securitySchemes", {}))
    used = {
        scheme
        for _, each in named(description)
        for one in each.get("security", [])
        for scheme in one
    }
    assert used <= known


def test_every_operation_says_what_it_does(description):
    assert [name for name, operation in named(description) if not operation.get("summary")] == []


def test_operation_ids_are_unique(description):
    ids = [operation["operationId"] for _, operation in named(description)]
    assert len(ids) == len(set(ids))


def test_every_success_has_an_example(description):
    for name, operation in named(description):
        successes = [each for status, each in operation["responses"].items() if status < "300"]
        assert successes, name
        for media_type, content in (
            pair for each in successes for pair in each.get("content", {}).items()
        ):
            if media_type == "application/json":
                assert "example" in content or "examples" in content, name


def test_every_problem_has_an_example(description):
    for name, operation in ours(description):
        for status, response in operation["responses"].items():
            if status >= "400":
                examples = resolved(description, response)["content"][MEDIA_TYPE]["examples"]
                assert examples, f"{name} {status}"
                assert all(str(each["value"]["status"]) == status for each in examples.values())


def test_what_an_operation_is_decides_what_it_must_be_able_to_refuse(description):
    for name, operation in ours(description):
        expected = {"400", "422", "500", "503"}
        if "{" in name:
            expected |= {"404"}
        if operation.get("security"):
            expected |= {"401"}
        if not name.startswith("GET"):
            expected |= {"413", "415"}
        assert expected <= set(operation["responses"]), name


def test_every_text_has_an_example(description):
    """Made-up words in examples teach nothing: give the field an ``example``."""
    bare = [
        f"{schema}.{name}"
        for schema, described in description["components"]["schemas"].items()
        if schema not in ("Problem", "Fault")
        for name, each in described.get("properties", {}).items()
        if each.get("type") in ("string", ["string", "null"])
        and not {"examples", "enum", "format", "default"} & set(each)
    ]
    assert bare == []


def test_every_parameter_is_explained(description):
    parts = [
        part
        for item in description["paths"].values()
        for part in (item, *item.values())
        if isinstance(part, dict)
    ]
    told = [parameter for part in parts for parameter in part.get("parameters", [])]
    assert [each["name"] for each in told if not each.get("description")] == []


def test_what_other_standards_rule_answers_no_problem_of_ours(description):
    for name, operation in named(description):
        if name.split()[1].startswith(OTHER_RULES):
            assert MEDIA_TYPE not in str(operation), name
            refusals = [each for status, each in operation["responses"].items() if status >= "400"]
            assert all(each["content"]["application/json"]["examples"] for each in refusals)


def test_answers_say_which_headers_they_carry(description):
    for name, operation in named(description):
        for status, response in operation["responses"].items():
            headers = set(resolved(description, response)["headers"])
            assert "X-Request-ID" in headers, name
            assert status not in ("429", "503") or "Retry-After" in headers, name
            assert status != "401" or "WWW-Authenticate" in headers, name


def test_whoever_takes_a_key_says_when_it_replays(description):
    for name, operation in named(description):
        taken = {each["name"] for each in operation.get("parameters", [])}
        replays = [
            status
            for status, each in operation["responses"].items()
            if "Idempotency-Replayed" in resolved(description, each)["headers"]
        ]
        assert bool(replays) == ("Idempotency-Key" in taken), name
