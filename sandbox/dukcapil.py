"""The population registry in miniature: verification by element.

It knows the people of ``people.py`` and scores names. Anybody else it takes at
their word, except where the last four digits of the NIK are in ``SERIALS``.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.faults import Faults, Garbage, Mode, Service
from sandbox.json_bodies import json_body
from sandbox.people import POPULATION, Resident, score

SERIALS = {
    "9011": ("11", "Data Meninggal"),
    "9012": ("12", "Data Ganda"),
    "9013": ("13", "Data Tidak Ditemukan"),
    "9014": ("14", "Data Tidak Aktif"),
}
"""What a NIK is answered with, whatever else is said: code and sentence."""
DIFFERS = {"9021": "NAMA_LGKP", "9022": "TGL_LHR"}
"""The one element that never agrees."""

AGREES, DISAGREES = "Sesuai", "Tidak Sesuai (0)"
QUOTA = 1_000_000
_SCORED = ("NAMA_LGKP", "TMPT_LHR", "NAMA_LGKP_IBU", "ALAMAT")
_COMPARED = ("TGL_LHR", "JENIS_KLMIN")
_DATES = ("%d-%m-%Y", "%Y-%m-%d")
_THRESHOLD = re.compile(r"[0-9]{1,3}")
_NIK = re.compile(r"[0-9]{16}")


@dataclass(frozen=True, kw_only=True)
class RegistryAccount:
    """Who may ask."""

    user_id: str
    password: str = field(repr=False)
    institution: str


class Registry:
    def __init__(self, account: RegistryAccount) -> None:
        self._account = account
        self._asked = itertools.count(1)

    def verify(self, institution: str, query: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one question, in the registry's wrapping."""
        return page(self._answer(institution, query), QUOTA - next(self._asked))

    def _answer(self, institution: str, query: Mapping[str, Any]) -> dict[str, str]:
        threshold, nik = query.get("TRESHOLD"), query.get("NIK")
        if institution != self._account.institution:
            return refusal("04", "Lembaga tidak terdaftar")
        credentials = (query.get("USER_ID"), query.get("PASSWORD"))
        if credentials != (self._account.user_id, self._account.password):
            return refusal("03", "User ID atau password salah")
        if not isinstance(threshold, str) or not _THRESHOLD.fullmatch(threshold):
            return refusal("16", "TRESHOLD tidak sesuai")
        if not isinstance(nik, str) or not _NIK.fullmatch(nik):
            return refusal("15", "Format NIK tidak sesuai")
        if nik[-4:] in SERIALS:
            return refusal(*SERIALS[nik[-4:]])
        return verdicts(query, int(threshold))


def verdicts(query: Mapping[str, Any], threshold: int) -> dict[str, str]:
    """A verdict for every element that was sent."""
    nik = str(query["NIK"])
    judge = _judge(POPULATION.get(nik), threshold)
    sent = {key: str(query[key]) for key in _SCORED + _COMPARED if key in query}
    given = {key: judge(key, said) for key, said in sent.items()}
    differing = DIFFERS.get(nik[-4:])
    return {key: DISAGREES if key == differing else verdict for key, verdict in given.items()}


def _judge(resident: Resident | None, threshold: int) -> Callable[[str, str], str]:
    if resident is None:
        return lambda key, said: AGREES if key in _COMPARED else f"{AGREES} (100)"
    held = {
        "NAMA_LGKP": resident.name,
        "TMPT_LHR": resident.birth_place,
        "NAMA_LGKP_IBU": resident.mother,
    }

    def judge(key: str, said: str) -> str:
        if key == "TGL_LHR":
            agrees = any(said == resident.birth_date.strftime(style) for style in _DATES)
            return AGREES if agrees else DISAGREES
        if key == "JENIS_KLMIN":
            return AGREES if said.upper() == resident.sex else DISAGREES
        likeness = score(said, held.get(key, said))
        return f"{AGREES} ({likeness})" if likeness >= threshold else DISAGREES

    return judge


def refusal(code: str, sentence: str) -> dict[str, str]:
    return {"RESPONSE_CODE": code, "RESPON": sentence}


def page(entry: Mapping[str, Any], quota_left: int) -> dict[str, Any]:
    return {
        "content": [entry],
        "lastPage": True,
        "numberOfElements": 1,
        "sort": None,
        "totalElements": 1,
        "firstPage": True,
        "number": 0,
        "size": 1,
        "quotaLimiter": quota_left,
    }


def garbage() -> Garbage:
    """What the registry says when it is broken. Some of it looks like a match."""
    match = {"NAMA_LGKP": f"{AGREES} (100)", "TGL_LHR": AGREES, "JENIS_KLMIN": AGREES}
    answers = [
        page(match, QUOTA) | {"content": []},
        page(match, QUOTA) | {"content": [match, match]},
        page(match | {"RESPONSE_CODE": 0}, QUOTA),
        page(match | {"RESPONSE_CODE": "99"}, QUOTA),
        page(dict.fromkeys(match, 100), QUOTA),
    ]
    return Garbage(
        (200, "text/html", "<html><body>Sedang dalam perbaikan</body></html>"),
        (200, "application/json", '{"content": [{"NAMA_LGKP": "Sesuai'),
        *((200, "application/json", json.dumps(answer)) for answer in answers),
    )


def routes(registry: Registry, faults: Faults) -> Blueprint:
    blp = Blueprint("dukcapil", __name__)
    broken = garbage()

    @blp.post("/dukcapil/get_json/<institution>/CALL_VERIFY_BY_ELEMEN")
    def verify(institution: str) -> ResponseReturnValue:
        query = json_body()
        faults.refuse_if_down(Service.DUKCAPIL)
        faults.linger(Service.DUKCAPIL)
        if faults.mode(Service.DUKCAPIL) is Mode.GARBAGE:
            return broken.next()
        if faults.mode(Service.DUKCAPIL) is Mode.QUOTA:
            # Even this comes with HTTP 200.
            return page(refusal("05", "Kuota akses hari ini telah habis"), 0)
        return registry.verify(institution, query)

    return blp
