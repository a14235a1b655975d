"""The same work on FastAPI and pydantic, as its own manual would have it.

``/same`` does what ``bench.house`` does; ``/whole`` does all that our registration does, through
the same use case. The views are plain functions, which FastAPI runs in threads: for work that
waits for a database this measured faster than coroutines over SQLAlchemy's asyncio extension.
Nothing is compressed, logged or counted here, no language is chosen, and faults are told as
FastAPI tells them: the twin does less for every request than we do.
"""

from __future__ import annotations

import hashlib
import os
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response

from bench import same_work
from bench.twin_forms import EnteredAnswer, RegisteredAnswer, RegistrationForm
from services import registration
from services.callers import VerifiedPhone
from services.once import Answer, Keyed
from services.phone_verification import holder
from services.settings import Settings
from services.tokens import Kind, TokenRefused
from services.wiring import build_ports

JSON = "application/json"

ports = build_ports(Settings.read(os.environ))
app = FastAPI()


def phone(authorization: Annotated[str, Header()]) -> VerifiedPhone:
    _scheme, _, token = authorization.partition(" ")
    try:
        return holder(ports.tokens.read(Kind.PHONE, token, now=ports.clock.now()))
    except TokenRefused:
        raise HTTPException(401) from None


async def body(request: Request) -> bytes:
    return await request.body()


Phone = Annotated[VerifiedPhone, Depends(phone)]


@app.post("/same", status_code=201)
def same(form: RegistrationForm, caller: Phone) -> EnteredAnswer:
    entered = same_work.enter(ports, caller, form.application())
    return EnteredAnswer(id=entered.id, registration_number=entered.registration_number)


@app.post("/whole", status_code=201)
def whole(
    form: RegistrationForm,
    caller: Phone,
    idempotency_key: Annotated[str, Header()],
    sent: Annotated[bytes, Depends(body)],
) -> Response:
    once = Keyed(caller.owner, idempotency_key, hashlib.sha256(sent).digest(), _answer)
    registered = registration.register(ports, caller, form.application(), once)
    answer = _answer(registered)
    return Response(answer.body, answer.status, media_type=JSON)


def _answer(registered: Any) -> Answer:
    shown = RegisteredAnswer.model_validate(registered)
    return Answer(201, shown.model_dump_json().encode(), {})
