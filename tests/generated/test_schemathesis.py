"""Calls made up from openapi.yaml, by every kind of caller: no answer that it does not describe.

What schemathesis checks: no server error; no status, media type, body or header that is not
described; nothing accepted that the schema refuses; 405 with ``Allow`` for other methods; 401
without the token.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case, Response
from schemathesis.core.parameters import ParameterLocation
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import negative_data_rejection
from sqlalchemy import text

from models.values.access import StaffRole
from tests.generated import files
from tests.generated.desks import Desk, Desks, role_for
from tests.generated.known_values import fill_in
from tests.generated.officer_walk import OfficerWalk
from tests.generated.partner_walk import PartnerWalk
from tests.generated.platforms import Platform, Platforms
from tests.generated.stages import WORKERS, Caller, People, Stage
from tests.generated.walk import Walk
from tests.waiting import until

pytestmark = pytest.mark.slow

PUBLISHED = Path(__file__).parents[2] / "openapi.yaml"
bounded = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
few = settings(bounded, max_examples=5)
# For those who are only to be turned away.
hardly_any = settings(bounded, max_examples=2)

files.know_them()


def description(*phases: str) -> BaseSchema:
    told = {
        "generation": {"deterministic": True},
        "phases": {
            phase: {"enabled": phase in phases} for phase in ("examples", "coverage", "fuzzing")
        },
        # What people type is freer than a schema can say: a NIK, a phone, a village.
        "checks": {"positive_data_acceptance": {"enabled": False}},
    }
    config = schemathesis.Config.from_dict(told)
    return schemathesis.openapi.from_path(PUBLISHED, config=config)


# Thoroughly, with every boundary of every field; and in passing, for those further along the way.
thoroughly = description("examples", "coverage", "fuzzing")
in_passing = description("examples", "fuzzing")


def wants(scheme: str | None) -> Any:
    """Chooses the operations that want this kind of token."""

    def chosen(context: Any) -> bool:
        security = context.operation.definition.raw.get("security", [])
        schemes = {name for each in security for name in each}
        return scheme in schemes if scheme else not schemes

    return chosen


def of_banks(context: Any) -> bool:
    return bool(context.operation.path.startswith("/snap"))


def about_one(context: Any) -> bool:
    return "{" in context.operation.path


def has_wrong_headers(case: Case) -> bool:
    headers = case.meta.components.get(ParameterLocation.HEADER)
    return headers is not None and headers.mode.is_negative


@dataclass
class Calls:
    api: str
    people: People
    session: requests.Session = field(default_factory=requests.Session)
    callers: dict[tuple[Stage, str], Caller] = field(default_factory=dict)
    partners: dict[str, Platform] = field(default_factory=dict)
    officers: dict[str, Desk] = field(default_factory=dict)

    def make(self, case: Case, stage: Stage) -> None:
        """One caller for each operation, who lives on while it is called."""
        key = (stage, case.operation.label)
        if key not in self.callers:
            self.callers[key] = self.people.at(stage)
        self.send(case, self.callers[key])

    def make_by_partner(self, case: Case, platforms: Platforms) -> None:
        """Likewise."""
        label = case.operation.label
        if label not in self.partners:
            self.partners[label] = platforms.one()
        self.send(case, self.partners[label])

    def make_by_officer(self, case: Case, desks: Desks) -> None:
        """Likewise, of a role that may."""
        label = case.operation.label
        if label not in self.officers:
            self.officers[label] = desks.one(role_for(case.operation.path))
        self.send(case, self.officers[label])

    def ask_for_token(self, case: Case, partner: Platform) -> None:
        """The secret is in the form, so not in a header."""
        fill_in(case, partner)
        self._validate_sent(case)

    def send(self, case: Case, caller: Caller | Platform | Desk) -> None:
        fill_in(case, caller)
        self._validate_sent(case, headers=caller.headers())

    def _validate_sent(self, case: Case, **told: Any) -> None:
        # A length that is none never reaches us: the HTTP server refuses it, in its own way.
        case.headers.pop("Content-Length", None)
        if case.media_type in files.KINDS:
            # Their schema is any text, so what is wrong with one is nothing that it can tell.
            told["excluded_checks"] = [negative_data_rejection]
        self.validate(case, **told)

    def validate(self, case: Case, **told: Any) -> Response:
        return case.call_and_validate(base_url=self.api, session=self.session, timeout=20, **told)


@pytest.fixture(scope="module")
def calls(jaring, people):
    calls = Calls(jaring.api, people)
    with calls.session:
        yield calls


@pytest.fixture(scope="module")
def others(desks):
    """Officers who may not, by their role."""
    return {role: desks.bare(role) for role in (StaffRole.ADMIN, StaffRole.AUDITOR)}


@thoroughly.include(wants(None)).exclude(of_banks).parametrize()
@bounded
def test_anybody(calls, case):
    calls.make(case, Stage.ANONYMOUS)


@thoroughly.include(wants("phone_token")).parametrize()
@bounded
def test_a_verified_phone(calls, case):
    calls.make(case, Stage.PHONE)


@thoroughly.include(wants("access_token")).parametrize()
@bounded
def test_a_worker_with_a_plan(calls, case):
    calls.make(case, Stage.PLANNED)


@pytest.mark.parametrize("stage", [stage for stage in WORKERS if stage is not Stage.PLANNED])
@in_passing.include(wants("access_token")).parametrize()
@bounded
def test_a_worker_at_another_stage_of_life(calls, stage, case):
    calls.make(case, stage)


@pytest.mark.parametrize("stage", [Stage.ANONYMOUS, Stage.PHONE])
@in_passing.include(wants("access_token")).parametrize()
@bounded
def test_somebody_who_is_no_worker(calls, stage, case):
    calls.make(case, stage)


@pytest.mark.parametrize("stage", [Stage.ANONYMOUS, Stage.PLANNED])
@in_passing.include(wants("phone_token")).parametrize()
@bounded
def test_somebody_who_shows_no_verified_phone(calls, stage, case):
    calls.make(case, stage)


@thoroughly.include(wants("partner_token")).parametrize()
@few
def test_a_partner(calls, platforms, case):
    calls.make_by_partner(case, platforms)


@in_passing.include(wants("partner_token")).include(about_one).parametrize()
@hardly_any
def test_another_partner(calls, platforms, case):
    calls.send(case, platforms.intruder)


@in_passing.include(wants("partner_token")).parametrize()
@hardly_any
def test_a_worker_is_no_partner(calls, platforms, case):
    calls.send(case, platforms.drivers[0])


@thoroughly.include(wants("staff_token")).parametrize()
@few
def test_an_officer(calls, desks, case):
    calls.make_by_officer(case, desks)


@in_passing.include(wants("staff_token")).parametrize()
@hardly_any
def test_an_officer_of_another_role(calls, others, case):
    other = role_for(case.operation.path) is not StaffRole.ADMIN
    calls.send(case, others[StaffRole.ADMIN if other else StaffRole.AUDITOR])


@in_passing.include(wants("staff_token")).parametrize()
@hardly_any
def test_a_worker_or_a_partner_is_no_officer(calls, platforms, case):
    calls.send(case, platforms.drivers[0])
    calls.send(case, platforms.first)


@in_passing.include(wants("access_token")).parametrize()
@hardly_any
def test_an_officer_is_no_worker(calls, others, case):
    calls.send(case, others[StaffRole.AUDITOR])


@in_passing.include(wants("partner_token")).parametrize()
@hardly_any
def test_an_officer_is_no_partner(calls, others, case):
    calls.send(case, others[StaffRole.AUDITOR])


@thoroughly.include(wants("partner_credentials")).parametrize()
@bounded
def test_a_partner_who_wants_a_token(calls, platforms, case):
    calls.ask_for_token(case, platforms.first)


@thoroughly.include(of_banks).parametrize()
@bounded
def test_a_bank(calls, bank, case):
    # Signing would put right what is meant to be wrong.
    calls.validate(case, **({} if has_wrong_headers(case) else {"auth": bank}))


def test_every_operation_succeeds(calls, people, platforms, desks, bank):
    walk = Walk(thoroughly, calls.validate, people, bank)
    walk.whole()
    PartnerWalk(walk.succeed, people, platforms.first).whole()
    OfficerWalk(walk.succeed, desks).whole()
    every = {result.ok().label for result in thoroughly.get_all_operations()}
    assert every - walk.done == set()


def test_no_file_that_was_taken_in_is_given_up(jaring):
    waiting = text(
        "select count(*) from enrolment_batch where status in ('receiving', 'processing')"
    )
    with jaring.engine().connect() as database:
        until(lambda: database.scalar(waiting) == 0)
    assert "a chunk is tried again" not in jaring.output
