"""A partner's ties to workers, as the partner sees them."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import post_load

from models.coverage import CoverageStatus, ProgrammeStatus
from models.enrolment import Link
from models.partner_links import Wanted
from models.values.identity import IdentityStatus
from models.values.plan import Programme
from schemas.base import Schema
from schemas.fields import Choice, Day, Field, Identifier, Instant, Text, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema

MOST_ASKED = 1_000
NOT_SHARED = "not_shared"
UNKNOWN = "unknown"
_MANY = 2**31 - 1
_EXTERNAL_ID = "OK-104-2291"


class SharedProgrammeSchema(Schema):
    programme = Choice(Programme, required=True)
    status = Choice(ProgrammeStatus, required=True)


class SharedCoverageSchema(Schema):
    """What a platform needs to know who is protected and whom to pay for. What somebody earns, owes
    or would be paid is between them and us."""

    status = Choice(CoverageStatus, required=True, example="active")
    protected_from = Instant(required=True, allow_none=True)
    protected_until = Day(required=True, allow_none=True, example="2027-01-31")
    next_due_on = Day(required=True, allow_none=True, example="2027-01-31")
    programmes = Listed(Inner(SharedProgrammeSchema), required=True)
    as_of = Instant(required=True)


_SHARED = SharedCoverageSchema()
_ACTIVE = {
    "status": "active",
    "protected_from": "2026-11-22T02:00:00Z",
    "protected_until": "2027-01-31",
    "next_due_on": "2027-01-31",
    "programmes": [
        {"programme": "JKK", "status": "active"},
        {"programme": "JKM", "status": "waiting"},
    ],
    "as_of": "2026-11-25T04:00:00Z",
}


def _nullable(**told: str) -> dict[str, Any]:
    return {**told, "type": ["string", "null"]}


class SharedCoverageField(Field):
    """The cover, or the word that says that it is not shared."""

    published: ClassVar[Mapping[str, Any]] = {
        "description": "`not_shared` until the worker confirms the link, once it has ended, and "
        "while they have taken a required consent back. Otherwise the cover as of `as_of`: "
        "`protected_until` is the last protected day, `next_due_on` the last day on which to pay "
        "without owing arrears.",
        "examples": [_ACTIVE],
        "oneOf": [
            {"type": "string", "const": NOT_SHARED},
            {
                "type": "object",
                "required": list(_SHARED.fields),
                "properties": {
                    "status": {"type": "string", "enum": [each.value for each in CoverageStatus]},
                    "protected_from": _nullable(format="date-time"),
                    "protected_until": _nullable(format="date"),
                    "next_due_on": _nullable(format="date"),
                    "programmes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["programme", "status"],
                            "properties": {
                                "programme": {
                                    "type": "string",
                                    "enum": [each.value for each in Programme],
                                },
                                "status": {
                                    "type": "string",
                                    "enum": [each.value for each in ProgrammeStatus],
                                },
                            },
                        },
                    },
                    "as_of": {"type": "string", "format": "date-time"},
                },
            },
        ],
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return NOT_SHARED if value is None else _SHARED.dump(value)


class PartnerLinkSchema(Schema):
    id = Identifier(required=True, about="Of the link: what results call `worker_id`.")
    external_id = Text(
        required=True,
        dump_only=True,
        allow_none=True,
        example=_EXTERNAL_ID,
        about="Your own name for the worker; null once their data has been erased.",
    )
    link = Choice(Link, required=True, example="confirmed")
    identity = Choice(
        IdentityStatus,
        required=True,
        example="verified",
        about="Of the data that you sent: whether the population registry agrees with it.",
    )
    months_paid_by_you = WholeNumber(0, _MANY, required=True, example=3)
    coverage = SharedCoverageField(required=True)


class PartnerLinksQuerySchema(PageQuerySchema):
    external_id = Text(example=_EXTERNAL_ID, about="Your own name for the worker.")
    identity = Choice(IdentityStatus, example="verified", about="Of the data that you sent.")
    link = Choice(Link, example="confirmed", about="How the link stands.")
    cursor = CursorField(UUID)

    @post_load
    def _as_wanted(self, query: dict[str, Any], **_: Any) -> dict[str, Any]:
        names = ("external_id", "identity", "link")
        given = {name: query.pop(name) for name in names if name in query}
        return query | {"wanted": Wanted(**given)}


class PartnerLinksSchema(PageSchema):
    items = Listed(Inner(PartnerLinkSchema), required=True)


class CoverageQueriesSchema(Schema):
    external_ids = Listed(
        Text(example=_EXTERNAL_ID),
        required=True,
        minimum=1,
        maximum=MOST_ASKED,
        about="Your own names for the workers.",
    )


class LinkOrUnknown(Field):
    """How a link stands, or that there is none."""

    published: ClassVar[Mapping[str, Any]] = {
        "type": "string",
        "enum": [*(each.value for each in Link), UNKNOWN],
        "examples": ["confirmed"],
        "description": "`unknown`: you have no link by this name, so there is nothing else to tell.",
    }

    def _serialize(self, value: Any, attr: str | None, obj: Any, **_: Any) -> Any:
        return UNKNOWN if value is None else value.value


class AnsweredLinkSchema(Schema):
    id = Identifier(required=True, allow_none=True, about="Of the link.")
    external_id = Text(required=True, dump_only=True, example=_EXTERNAL_ID, about="As asked.")
    link = LinkOrUnknown(required=True)
    identity = Choice(
        IdentityStatus,
        required=True,
        allow_none=True,
        example="verified",
        about="Of the data that you sent.",
    )
    months_paid_by_you = WholeNumber(0, _MANY, required=True, example=3)
    coverage = SharedCoverageField(required=True)


class CoverageAnswersSchema(Schema):
    items = Listed(
        Inner(AnsweredLinkSchema), required=True, about="One for each name, in the order asked."
    )
