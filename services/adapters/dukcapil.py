"""The Ministry of Home Affairs' population registry: verification by element.

We send what a person says; the registry answers for each element whether it
agrees, and never what it holds. HTTP 200 even where it refuses.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from models.values.identity import Element, Finding
from models.values.sex import Sex
from services.adapters.http import JsonClient
from services.keys import DukcapilAccount
from services.outages import IdentityRegistryDown, IdentityRegistryMisconfigured
from services.ports import Comparison, Person

log = logging.getLogger(__name__)

# RESPONSE_CODE, where it says something about the person.
_FINDINGS = {
    "00": Finding.FOUND,
    "01": Finding.FOUND,
    "08": Finding.NOT_FOUND,  # cannot be processed
    "11": Finding.DECEASED,
    "12": Finding.DUPLICATE,
    "13": Finding.NOT_FOUND,
    "14": Finding.INACTIVE,
    "15": Finding.NOT_FOUND,  # bad format
}
# Our institution, user, address or request is not accepted: an operator must act.
_OUR_SETUP = {"03", "04", "07", "09", "10", "16", "17"}
# 05 (quota spent) and 06 (outside access hours) need no table: like every code
# that we do not know they mean "no answer today".

# Some refusals carry a sentence and no code. Only a whole sentence counts:
# "User tidak aktif" must not be read as something about the person.
_SENTENCES = {
    "data ditemukan": Finding.FOUND,
    "data tidak ditemukan": Finding.NOT_FOUND,
    "nik tidak ditemukan": Finding.NOT_FOUND,
    "data meninggal": Finding.DECEASED,
    "data ganda": Finding.DUPLICATE,
    "data tidak aktif": Finding.INACTIVE,
}

_KEYS = {
    Element.NAME: "NAMA_LGKP",
    Element.BIRTH_DATE: "TGL_LHR",
    Element.SEX: "JENIS_KLMIN",
    Element.BIRTH_PLACE: "TMPT_LHR",
    Element.MOTHER_MAIDEN_NAME: "NAMA_LGKP_IBU",
}
_SEXES = {Sex.MALE: "LAKI-LAKI", Sex.FEMALE: "PEREMPUAN"}
_COUNTS = ("numberOfElements", "totalElements", "number", "size", "quotaLimiter")
_AGREES = re.compile(r"sesuai(?:\s*\(\s*([0-9]{1,3})\s*\))?", re.IGNORECASE)


class DateStyle(StrEnum):
    """How the registry wants a birth date; installations differ."""

    DAY_FIRST = "%d-%m-%Y"
    YEAR_FIRST = "%Y-%m-%d"


@dataclass(frozen=True, kw_only=True)
class DukcapilRegistry:
    """:param client: raises IdentityRegistryDown.
    :param threshold: 0-100; below it the registry says that a text does not agree.
    :param quota_alarm: questions left, at and below which a warning is logged.
    """

    client: JsonClient
    account: DukcapilAccount
    threshold: int
    dates: DateStyle = DateStyle.DAY_FIRST
    quota_alarm: int = 1000

    def compare(self, person: Person) -> Comparison:
        answer = self.client.post(
            f"/dukcapil/get_json/{quote(self.account.institution, safe='')}/CALL_VERIFY_BY_ELEMEN",
            self._credentials() | {"NIK": person.nik.digits} | self._elements(person),
            refusals={401: IdentityRegistryMisconfigured, 403: IdentityRegistryMisconfigured},
        )
        entry = _entry_in(answer)
        self._watch_quota(answer.get("quotaLimiter"))
        return _comparison(entry)

    def _credentials(self) -> dict[str, str]:
        return {
            "USER_ID": self.account.user_id,
            "PASSWORD": self.account.password,
            "IP_USER": self.account.ip_user,
            "TRESHOLD": str(self.threshold),  # the registry's own spelling
        }

    def _elements(self, person: Person) -> dict[str, str]:
        """Only what is to be compared: an empty element would count as a wrong one."""
        said = {
            Element.NAME: person.full_name,
            Element.BIRTH_DATE: person.birth_date.strftime(self.dates.value),
            Element.SEX: _SEXES[person.sex],
            Element.BIRTH_PLACE: person.birth_place,
            Element.MOTHER_MAIDEN_NAME: person.mother_maiden_name,
        }
        return {_KEYS[element]: words for element, words in said.items() if words}

    def _watch_quota(self, left: int | None) -> None:
        if left is not None and left <= self.quota_alarm:
            log.warning("the population registry answers only %s more questions", left)


def _entry_in(answer: dict[str, Any]) -> dict[str, Any]:
    """The one object of an answer that has the registry's shape.

    :raises IdentityRegistryDown: it has another shape, so nothing in it can be trusted.
    """
    counts = [answer[key] for key in _COUNTS if answer.get(key) is not None]
    if any(type(count) is not int for count in counts):
        raise IdentityRegistryDown
    content = answer.get("content")
    if not isinstance(content, list) or len(content) != 1 or not isinstance(content[0], dict):
        raise IdentityRegistryDown
    return content[0]


def _comparison(entry: dict[str, Any]) -> Comparison:
    code = entry.get("RESPONSE_CODE")
    finding = _finding(entry, code)
    scores = _scores(entry)
    if finding is Finding.FOUND and not scores:
        raise IdentityRegistryDown
    return Comparison(finding=finding, scores=scores, response_code=code)


def _finding(entry: dict[str, Any], code: object) -> Finding:
    if code is None:
        return _finding_without_code(entry.get("RESPON"))
    if not isinstance(code, str):
        raise IdentityRegistryDown
    if code in _OUR_SETUP:
        raise IdentityRegistryMisconfigured
    if code not in _FINDINGS:
        raise IdentityRegistryDown
    return _FINDINGS[code]


def _finding_without_code(sentence: object) -> Finding:
    """A match often has neither code nor sentence, some refusals only a sentence."""
    if sentence is None:
        return Finding.FOUND
    if not isinstance(sentence, str):
        raise IdentityRegistryDown
    finding = _SENTENCES.get(" ".join(sentence.split()).casefold().rstrip("."))
    if finding is None:
        raise IdentityRegistryDown
    return finding


def _scores(entry: dict[str, Any]) -> dict[Element, int]:
    verdicts = {element: entry.get(key) for element, key in _KEYS.items()}
    return {
        element: _score(verdict) for element, verdict in verdicts.items() if verdict is not None
    }


def _score(verdict: object) -> int:
    """0-100. ``Sesuai (92)`` is a score, a bare ``Sesuai`` is full agreement."""
    if not isinstance(verdict, str):
        raise IdentityRegistryDown
    agrees = _AGREES.fullmatch(verdict.strip())
    if agrees is None:
        return 0
    score = int(agrees[1] or 100)
    return score if score <= 100 else 0
