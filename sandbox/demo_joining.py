"""The first half of the demonstration: from a new phone to a verified identity."""

from __future__ import annotations

import re
from typing import Any

from sandbox.demo_connection import CannotGoOn, Refused
from sandbox.demo_step import PhoneApp, Step, first

MONTHLY_INCOME = 1_500_000
VILLAGE, OCCUPATION = "kebon kacang tanah abang", "ojol"
ASLEEP = "Is the worker running, and is the sandbox well? See `GET /faults` there."
SPOKEN = {"whatsapp": "WhatsApp", "sms": "SMS"}
_CODE = re.compile(r"\b[0-9]{6}\b")


def meet(app: PhoneApp) -> Step:
    """Whoever is not there is noticed before anything has been done."""
    app.jaring.get("/readyz")
    app.sandbox.get("/faults")
    driver = app.driver
    told = {"nik": driver.nik.digits, "phone": driver.phone.e164}
    return Step(
        "driver",
        f"{driver.full_name}, who does not exist",
        (("NIK", driver.nik.digits), ("phone", driver.phone.e164)),
        {"full_name": driver.full_name, **told},
    )


def choose_village(app: PhoneApp) -> Step:
    areas = app.jaring.get("/v1/regions/search", q=VILLAGE)["items"]
    villages = [area for area in areas if area["level"] == "village"]
    village = first(villages, f"There is no village like {VILLAGE}: are the areas loaded?")
    app.form["village_code"] = village["code"]
    names = [village["name"], village["district"]["name"], village["regency"]["name"]]
    facts = {"code": village["code"]}
    return Step("village", f"{', '.join(names)} ({village['code']})", facts=facts)


def choose_occupation(app: PhoneApp) -> Step:
    found = app.jaring.get("/v1/occupations", q=OCCUPATION)["items"]
    occupation = first(found, f"There is no occupation like {OCCUPATION}: are they loaded?")
    code = occupation["code"]
    app.form["occupations"] = [{"code": code, "hours_per_week": 54}]
    return Step("occupation", f"{occupation['name']} ({code})", facts={"code": code})


def read_consents(app: PhoneApp) -> Step:
    documents = app.jaring.get("/v1/consents")["items"]
    accepted = [{name: each[name] for name in ("document", "version")} for each in documents]
    app.form["consents"] = accepted
    named = ", ".join(f"{each['document']} {each['version']}" for each in accepted)
    return Step("consents", f"accepts {named}", facts={"accepted": accepted})


def verify_phone(app: PhoneApp) -> Step:
    """A code whose confirmation was answered into the void is used up: then it takes another."""
    while True:
        started = _start(app)
        code, channel = app.wait_for(lambda: _newest_code(app), f"No message came. {ASLEEP}")
        try:
            path = f"/v1/phone-verifications/{started['id']}/confirm"
            confirmed = app.jaring.send("POST", path, {"code": code})
        except Refused as refused:
            if refused.code != "code-used":
                raise
            continue
        app.jaring.token = confirmed["phone_token"]
        return Step("phone", f"verified with the code {code}, received by {SPOKEN[channel]}")


def register(app: PhoneApp) -> Step:
    registered = app.jaring.send("POST", "/v1/registrations", app.form | _person(app))
    app.jaring.token = registered["access_token"]
    app.refresh_token = registered["refresh_token"]
    worker = registered["worker"]
    number = worker["registration_number"]
    facts = {"id": worker["id"], "registration_number": number}
    return Step("registered", f"under number {number}, and signed in", facts=facts)


def await_identity(app: PhoneApp) -> Step:
    identity = app.wait_for(lambda: _checked(app), f"The identity is still unchecked. {ASLEEP}")
    if identity["status"] != "verified":
        raise CannotGoOn(f"The identity is {identity['status']}: {identity['reason']}")
    agreeing = [each["name"].replace("_", " ") for each in identity["elements"]]
    sentence = f"verified: {', '.join(agreeing)} agree with the population registry"
    return Step("identity", sentence, facts={"status": identity["status"]})


STEPS = (
    meet,
    choose_village,
    choose_occupation,
    read_consents,
    verify_phone,
    register,
    await_identity,
)


def _start(app: PhoneApp) -> dict[str, Any]:
    asked = {"phone": app.driver.phone.e164, "channel": "whatsapp"}
    return app.jaring.send("POST", "/v1/phone-verifications", asked)


def _newest_code(app: PhoneApp) -> tuple[str, str] | None:
    """The code in the newest message, with the channel it came by."""
    for message in app.sandbox.get("/messages", to=app.driver.phone.e164)["items"]:
        if code := _CODE.search(message["body"]):
            return code[0], message["channel"]
    return None


def _checked(app: PhoneApp) -> dict[str, Any] | None:
    identity: dict[str, Any] = app.jaring.get("/v1/me")["identity"]
    return None if identity["status"] == "pending" else identity


def _person(app: PhoneApp) -> dict[str, Any]:
    driver = app.driver
    return {
        "nik": driver.nik.digits,
        "full_name": driver.full_name,
        "birth_place": "Jakarta",
        "birth_date": driver.birth_date.isoformat(),
        "sex": driver.nik.sex.value,
        "mother_maiden_name": driver.mother_maiden_name,
        "address": "Jl. Kebon Kacang 12, RT 3/RW 4",
        "monthly_income": MONTHLY_INCOME,
    }
