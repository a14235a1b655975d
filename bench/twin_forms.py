"""The registration's form and answers, in pydantic's words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from models.application import Accepted, Application, Occupation
from models.next_step import NextStep
from models.values.identity import IdentityStatus
from models.values.nik import Nik
from models.values.plan import Plan
from models.values.rupiah import Rupiah
from models.values.sex import Sex
from models.values.text import fold_name
from models.worker import MAX_OCCUPATIONS

_PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]*$"
_PRINTABLE_LINES = (
    r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]*$"
)
_EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$"


def _text(longest: int, pattern: str = _PRINTABLE) -> Any:
    return StringConstraints(
        strip_whitespace=True, min_length=1, max_length=longest, pattern=pattern
    )


def _named(text: str) -> str:
    if not fold_name(text):
        raise ValueError("a name has letters")
    return text


Name = Annotated[str, _text(100), AfterValidator(_named)]


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OccupationForm(Form):
    code: Annotated[str, _text(10)]
    workplace: Annotated[str, _text(100)] | None = None
    hours_per_week: Annotated[int, Field(strict=True, ge=1, le=168)] | None = None


class AcceptedForm(Form):
    document: Annotated[str, _text(40)]
    version: Annotated[str, _text(40)]


class RegistrationForm(Form):
    nik: Annotated[str, StringConstraints(max_length=40), AfterValidator(Nik.parse)]
    full_name: Name
    birth_place: Name
    birth_date: date
    sex: Sex
    mother_maiden_name: Name
    address: Annotated[str, _text(300, _PRINTABLE_LINES)]
    postal_code: Annotated[str, StringConstraints(pattern="^[0-9]{5}$")] | None = None
    village_code: Annotated[
        str, StringConstraints(pattern=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$")
    ]
    email: Annotated[str, StringConstraints(max_length=254, pattern=_EMAIL)] | None = None
    occupations: Annotated[list[OccupationForm], Field(min_length=1, max_length=MAX_OCCUPATIONS)]
    monthly_income: Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
    kusuka_number: Annotated[str, _text(30)] | None = None
    consents: Annotated[list[AcceptedForm], Field(min_length=1, max_length=20)]
    referral_code: Annotated[str, _text(40)] | None = None

    def application(self) -> Application:
        values = dict(self)
        values["monthly_income"] = Rupiah(self.monthly_income)
        values["occupations"] = [Occupation(**dict(each)) for each in self.occupations]
        values["consents"] = [Accepted(**dict(each)) for each in self.consents]
        return Application(**values)


class Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class EnteredAnswer(Answer):
    id: UUID
    registration_number: str


class Area(Answer):
    code: str
    name: str


class VillageAnswer(Area):
    district: Area
    regency: Area
    province: Area


class OccupationAnswer(Answer):
    code: str
    workplace: str | None
    hours_per_week: int | None


class ElementAnswer(Answer):
    name: str
    matched: bool


class IdentityAnswer(Answer):
    status: IdentityStatus
    elements: list[ElementAnswer]
    reason: str | None
    checked_at: datetime | None


class WorkerAnswer(Answer):
    id: UUID
    registration_number: str
    registered_at: datetime
    nik_masked: str
    full_name: str
    birth_place: str
    birth_date: date
    sex: Sex
    phone_masked: str
    email: str | None
    address: str
    postal_code: str | None
    village: VillageAnswer
    occupations: list[OccupationAnswer]
    monthly_income: Annotated[int, BeforeValidator(lambda rupiah: rupiah.amount)]
    kusuka_number: str | None
    identity: IdentityAnswer
    plan: Plan | None
    next_step: NextStep


class RegisteredAnswer(Answer):
    access_token: str
    refresh_token: str
    expires_in: int
    worker: WorkerAnswer
