"""A small application on our framework, for what holds for every operation."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
from flask import Response
from flask.testing import FlaskClient
from flask.views import MethodView
from sqlalchemy.exc import IntegrityError, OperationalError, TimeoutError
from werkzeug.exceptions import Forbidden

from api.app import create_app
from api.smorest import Blueprint
from models.values.page import Page, PageRequest
from models.values.words import Words
from schemas.base import Schema
from schemas.fields import Day, Flag, RupiahField, Text, WholeNumber
from schemas.nesting import Inner, Listed
from schemas.paging import CursorField, PageQuerySchema, PageSchema
from schemas.person_fields import NikField, PhoneField
from schemas.speaking import WordsField
from services.errors import Conflict, TooMany

NIK = "3273014507930001"
CANARY = "3273019999999999"


class Closed(Conflict):
    code = "shop-closed"
    title = Words("Toko tutup", "The shop is closed")
    detail = Words("Buka lagi pukul {opens}.", "It opens at {opens}.")
    members = ("opens", "opens_at")


class TooOften(TooMany):
    code = "too-often"
    title = Words("Terlalu sering", "Too often")
    detail = Words("Coba lagi nanti.", "Try later.")


class OccupationSchema(Schema):
    code = Text(required=True, max_length=10, example="ojol")


class PersonSchema(Schema):
    nik = NikField(required=True)
    full_name = Text(required=True, max_length=20, example="Siti")
    phone = PhoneField()
    birth_date = Day()
    monthly_income = RupiahField()
    agreed = Flag()
    occupations = Listed(Inner(OccupationSchema), maximum=2)


class QuerySchema(Schema):
    months = WholeNumber(1, 12, written=True)
    q = Text(max_length=20)


class AnswerSchema(Schema):
    text = Text(required=True, dump_only=True)
    explanation = WordsField(required=True)
    as_of = Text(required=True, dump_only=True)


class NumberPageSchema(PageSchema):
    items = Listed(WholeNumber(0, 100), required=True)


class NumbersQuerySchema(PageQuerySchema):
    cursor = CursorField(int)


@dataclass
class Turns:
    """Each answer is made at another moment."""

    taken: int = 0


turns = Turns()
blp = Blueprint("samples", __name__, url_prefix="/samples", description="For tests")


def answer(text: str = "halo") -> SimpleNamespace:
    turns.taken += 1
    explanation = Words("Anda terlindungi.", "You are covered.")
    return SimpleNamespace(text=text, explanation=explanation, as_of=str(turns.taken))


@blp.route("/people")
class People(MethodView):
    @blp.arguments(QuerySchema, location="query")
    @blp.arguments(PersonSchema)
    @blp.response(201, AnswerSchema)
    def post(self, query: dict[str, Any], body: dict[str, Any]) -> SimpleNamespace:
        """Take a person"""
        return answer()


@blp.route("/occupations")
class Occupations(MethodView):
    @blp.arguments(OccupationSchema)
    @blp.response(201, AnswerSchema)
    def post(self, body: dict[str, Any]) -> SimpleNamespace:
        """Take an occupation"""
        return answer()


@blp.route("/answers/<name>")
class Answers(MethodView):
    @blp.response(200, AnswerSchema)
    def get(self, name: str) -> SimpleNamespace:
        """Give an answer"""
        return answer(name)

    @blp.response(204)
    def delete(self, name: str) -> None:
        """Forget an answer"""


@blp.route("/kept")
class Kept(MethodView):
    @blp.conditional(leaving_out=("as_of",))
    @blp.response(200, AnswerSchema)
    def get(self) -> SimpleNamespace:
        """An answer to keep"""
        return answer()


@blp.route("/public")
class Public(MethodView):
    @blp.conditional(public=True)
    @blp.response(200, AnswerSchema)
    def get(self) -> dict[str, str]:
        """An answer for everybody"""
        return {"text": "x" * 5000, "explanation": "y", "as_of": "z"}


@blp.route("/forms")
class Forms(MethodView):
    @blp.produces("application/json", "text/csv")
    @blp.response(200, AnswerSchema)
    def get(self, media_type: str) -> Any:
        """JSON or CSV"""
        return answer() if media_type != "text/csv" else Response("a,b", content_type="text/csv")


@blp.route("/numbers")
class Numbers(MethodView):
    @blp.arguments(NumbersQuerySchema, location="query")
    @blp.response(200, NumberPageSchema)
    def get(self, query: dict[str, Any]) -> Page[int]:
        """A hundred numbers"""
        page: PageRequest = query["page"]
        start = page.after[0] + 1 if page.after else 0
        return Page.of(list(range(start, 100))[: page.to_read], page, lambda number: (number,))


FAILURES: dict[str, Exception] = {
    "closed": Closed(opens="08.00", opens_at=datetime(2026, 11, 22, 1, tzinfo=UTC)),
    "too-often": TooOften(retry_after=timedelta(seconds=59, milliseconds=1)),
    "unique": IntegrityError("INSERT", {"nik": CANARY}, psycopg.errors.UniqueViolation(CANARY)),
    "database": OperationalError("SELECT", {}, psycopg.OperationalError(CANARY)),
    "pool": TimeoutError(CANARY),
    "bug": ValueError(CANARY),
    "forbidden": Forbidden(),
}


@blp.route("/failures/<name>")
class Failures(MethodView):
    @blp.response(200, AnswerSchema)
    @blp.problems(Closed, TooOften)
    def get(self, name: str) -> None:
        """Fail in a known way"""
        raise FAILURES[name]


def sample_client() -> FlaskClient:
    # Settings and ports are for views that do real work; none of these does.
    app = create_app(None, None, blueprints=[blp])  # type: ignore[arg-type]
    return app.test_client()
