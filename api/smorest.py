"""flask-smorest, reading strictly, answering quickly and documenting our errors.

A view is written from the outside in::

    @blp.route("/me/invoices")
    class Invoices(MethodView):
        @signed_in
        @blp.arguments(InvoiceRequestSchema)
        @blp.response(201, InvoiceSchema)
        @blp.problems(InvoiceOpen, PlanMissing)
        def post(self, body, caller): ...

Decorators that only document do not wrap the view: a wrapper costs every request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import update_wrapper
from typing import Any, TypeVar

import flask_smorest
import marshmallow as ma
import orjson
from flask import Response, current_app
from werkzeug import Response as AnyResponse

from api.accepting import accepted
from api.bodies import JSON_LIMIT
from api.conditional import Conditional
from api.reading import LEFTOVERS, Reader, ReadsPart, read_before
from api.request import Request, current
from services.errors import DomainError
from services.ports import Ports

View = TypeVar("View", bound=Callable[..., Any])
JSON = "application/json"


class Api(flask_smorest.Api):  # type: ignore[misc]
    """The generated description starts without any of flask-smorest's own errors:
    ``api.openapi`` adds those that each operation can really answer."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_responses(self) -> None: ...

    def _register_etag_headers(self) -> None: ...

    def _register_pagination_header(self) -> None: ...

    def _register_error_handlers(self) -> None: ...


class _DocumentsOnly:
    """Stands where flask-smorest has webargs, which we do not use: it forgets
    repeated names, reads other media types as no body, and stops at the first part."""

    DEFAULT_VALIDATION_STATUS = 422

    @staticmethod
    def use_args(*_: Any, **__: Any) -> Callable[[View], View]:
        return lambda view: view


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = _DocumentsOnly()

    def arguments(
        self,
        schema: Any,
        *,
        location: str = "json",
        limit: int = JSON_LIMIT,
        required: bool = True,
        **documented: Any,
    ) -> Callable[[View], View]:
        """Pass what the schema makes of the body or the query to the view.

        :param location: ``json`` or ``query``.
        :param limit: the most bytes of a body.
        :param required: whether there must be a body; without, it is read as ``{}``.
        """
        schema = schema() if isinstance(schema, type) else schema
        reader = Reader(schema, location, limit=limit, required=required)
        document = super().arguments(schema, location=location, required=required, **documented)

        def decorator(view: Any) -> Any:
            later: tuple[ReadsPart, ...] = getattr(view, "readers", ())

            def wrapper(*args: Any, **kwargs: Any) -> Any:
                return view(*args, read_before(later, reader, current()), **kwargs)

            update_wrapper(wrapper, document(view))
            wrapper.readers = (reader, *later)  # type: ignore[attr-defined]
            return wrapper

        return decorator

    def response(
        self, status_code: int, schema: Any = None, **documented: Any
    ) -> Callable[[View], View]:
        """Write what the view returns with the schema; a Response leaves as it is."""
        schema = schema() if isinstance(schema, type) else schema
        document = super().response(status_code, schema, **documented)
        media_type = documented.get("content_type") or JSON
        answer = _Answer(status_code, schema)

        def decorator(view: Any) -> Any:
            def wrapper(*args: Any, **kwargs: Any) -> AnyResponse:
                request = current()
                LEFTOVERS.read(request)
                if not request.negotiated and schema is not None:
                    accepted(request, media_type)
                return answer.of(request, view(*args, **kwargs))

            update_wrapper(wrapper, document(view))
            wrapper.readers = (LEFTOVERS,)  # type: ignore[attr-defined]
            return wrapper

        return decorator

    def produces(self, *media_types: str, description: str = "OK") -> Callable[[View], View]:
        """Several forms of one answer: the one that ``Accept`` likes best is passed
        to the view as ``media_type``. The first is the default."""

        def decorator(view: Any) -> Any:
            def wrapper(*args: Any, **kwargs: Any) -> Any:
                request = current()
                request.negotiated = True
                chosen = accepted(request, *media_types)
                request.varies.add("Accept")
                return view(*args, media_type=chosen, **kwargs)

            update_wrapper(wrapper, view)
            for media_type in media_types:
                if media_type != JSON:
                    self._add_form(wrapper, media_type, description)
            return wrapper

        return decorator

    @staticmethod
    def _add_form(view: Any, media_type: str, description: str) -> None:
        docs = view._apidoc = deepcopy(getattr(view, "_apidoc", {}))
        status = docs.get("success_status_codes", [200])[0]
        form = {"schema": _form(media_type), "description": description}
        responses = docs.setdefault("response", {}).setdefault("responses", {})
        responses.setdefault(status, []).append({**form, "content_type": media_type})

    def conditional(
        self, *, public: bool = False, leaving_out: Sequence[str] = ()
    ) -> Callable[[View], View]:
        """Answer 304 when the caller already has this. Stands above ``response``.

        :param public: the same for everybody, so that shared caches may keep it.
        :param leaving_out: names at the top of the answer that may differ, such as
            the time of asking, without making it another answer.
        """
        rule = Conditional(public=public, leaving_out=tuple(leaving_out))

        def decorator(view: Any) -> Any:
            def wrapper(*args: Any, **kwargs: Any) -> AnyResponse:
                return rule.answer(current(), view(*args, **kwargs))

            return self.doc(**{"x-conditional": True})(update_wrapper(wrapper, view))

        return decorator

    @staticmethod
    def problems(*errors: type[DomainError]) -> Callable[[View], View]:
        """Document the errors that the operation can answer."""
        return Blueprint._documented("x-problems", [error.code for error in errors])

    @staticmethod
    def secured(
        scheme: str, *errors: type[DomainError], scopes: Sequence[str] = ()
    ) -> Callable[[View], View]:
        """Document which sort of token the operation wants, and its refusals. Twice: either."""

        def decorator(view: Any) -> Any:
            wanted = Blueprint._documented("security", [{scheme: list(scopes)}])(view)
            return Blueprint.problems(*errors)(wanted)

        return decorator

    @staticmethod
    def header(
        name: str, *, about: str, required: bool = False, **schema: Any
    ) -> Callable[[View], View]:
        """Document a header that the operation reads."""
        parameter = {
            "in": "header",
            "name": name,
            "description": about,
            "required": required,
            "schema": {"type": "string", **schema},
        }
        return Blueprint._documented("x-parameters", [parameter])

    @staticmethod
    def sends(header: str) -> Callable[[View], View]:
        """Document a header of the success, by its name in ``api.openapi.HEADERS``."""
        return Blueprint._documented("x-sends", [header])

    @staticmethod
    def doc(**told: Any) -> Callable[[View], View]:
        """Put members into the operation's description."""

        def decorator(view: Any) -> Any:
            docs = view._apidoc = deepcopy(getattr(view, "_apidoc", {}))
            docs["manual_doc"] = {**docs.get("manual_doc", {}), **told}
            return view

        return decorator

    @staticmethod
    def _documented(name: str, entries: list[Any]) -> Callable[[View], View]:
        """Add to a list in the operation's description."""

        def decorator(view: Any) -> Any:
            manual: Mapping[str, Any] = getattr(view, "_apidoc", {}).get("manual_doc", {})
            return Blueprint.doc(**{name: [*manual.get(name, []), *entries]})(view)

        return decorator


class _Answer:
    """Writes what a view returns: a value, or a value with headers."""

    def __init__(self, status: int, schema: ma.Schema | None) -> None:
        self.status, self.schema = status, schema

    def of(self, request: Request, result: Any) -> AnyResponse:
        headers: Mapping[str, str] = {}
        if isinstance(result, tuple):
            result, headers = result
        if isinstance(result, AnyResponse):
            result.headers.extend(headers)
            return result
        if self.schema is None:
            return Response(status=self.status, headers=headers)
        if request.written is None:
            request.dumped = self.schema.dump(result)
            request.written = orjson.dumps(request.dumped)
        return Response(request.written, self.status, headers, content_type=JSON)


def _form(media_type: str) -> dict[str, str]:
    """What is no JSON: a text, or bytes."""
    is_text = media_type.startswith("text/") or media_type.endswith(("json", "xml"))
    return {"type": "string"} if is_text else {"type": "string", "format": "binary"}


def ports() -> Ports:
    """What the use cases need."""
    return current_app.extensions["ports"]  # type: ignore[no-any-return]
