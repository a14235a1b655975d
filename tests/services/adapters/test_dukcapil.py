"""The population registry's answers, and what we make of them."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from requests_mock import ANY, Mocker

from models.values.identity import Element, Finding
from models.values.nik import Nik
from models.values.sex import Sex
from services.adapters.dukcapil import DateStyle, DukcapilAccount, DukcapilRegistry
from services.adapters.http import JsonClient
from services.outages import IdentityRegistryDown, IdentityRegistryMisconfigured
from services.ports import Comparison, Person

BASE = "https://dukcapil.test"
URL = f"{BASE}/dukcapil/get_json/JARING/CALL_VERIFY_BY_ELEMEN"
JSON = {"Content-Type": "application/json"}

registry = DukcapilRegistry(
    client=JsonClient(base_url=BASE, unavailable=IdentityRegistryDown),
    account=DukcapilAccount(user_id="jaring", password="a secret", institution="JARING"),
    threshold=85,
)
person = Person(
    nik=Nik("3273014107900001"),
    full_name="Siti Aminah",
    birth_date=date(1990, 7, 1),
    sex=Sex.FEMALE,
    birth_place="Bandung",
    mother_maiden_name="Kartini",
)
MATCH = {
    "NAMA_LGKP": "Sesuai (92)",
    "TGL_LHR": "Sesuai",
    "JENIS_KLMIN": "Sesuai",
    "TMPT_LHR": "Sesuai (100)",
    "NAMA_LGKP_IBU": "Tidak Sesuai (0)",
}


def page(*entries: object, **others: object) -> dict[str, Any]:
    """An answer as the registry wraps it."""
    paged = {"lastPage": True, "firstPage": True, "number": 0, "size": 1, "sort": None}
    counted = {"numberOfElements": len(entries), "totalElements": len(entries)}
    return {"content": list(entries), **paged, **counted, "quotaLimiter": 90_000} | others


def compare(mocked: Mocker, answer: object) -> Comparison:
    mocked.post(URL, json=answer, headers=JSON)
    return registry.compare(person)


def test_it_asks_in_the_registrys_own_words(requests_mock):
    compare(requests_mock, page(MATCH))
    assert requests_mock.last_request.json() == {
        "USER_ID": "jaring",
        "PASSWORD": "a secret",
        "IP_USER": "127.0.0.1",
        "TRESHOLD": "85",
        "NIK": "3273014107900001",
        "NAMA_LGKP": "Siti Aminah",
        "TGL_LHR": "01-07-1990",
        "JENIS_KLMIN": "PEREMPUAN",
        "TMPT_LHR": "Bandung",
        "NAMA_LGKP_IBU": "Kartini",
    }


def test_what_a_person_did_not_say_is_not_asked_about(requests_mock):
    requests_mock.post(URL, json=page(MATCH), headers=JSON)
    registry.compare(replace(person, sex=Sex.MALE, birth_place=None, mother_maiden_name=""))
    asked = requests_mock.last_request.json()
    assert asked["JENIS_KLMIN"] == "LAKI-LAKI"
    assert "TMPT_LHR" not in asked
    assert "NAMA_LGKP_IBU" not in asked


def test_installations_differ_in_how_they_write_a_date(requests_mock):
    requests_mock.post(URL, json=page(MATCH), headers=JSON)
    replace(registry, dates=DateStyle.YEAR_FIRST).compare(person)
    assert requests_mock.last_request.json()["TGL_LHR"] == "1990-07-01"


def test_the_institution_cannot_change_the_path(requests_mock):
    elsewhere = replace(registry.account, institution="A/../B C")
    requests_mock.post(ANY, json=page(MATCH), headers=JSON)
    replace(registry, account=elsewhere).compare(person)
    assert requests_mock.last_request.path_url == (
        "/dukcapil/get_json/A%2F..%2FB%20C/CALL_VERIFY_BY_ELEMEN"
    )


def test_the_password_is_never_shown():
    assert "a secret" not in repr(registry)


def test_each_element_gets_its_score(requests_mock):
    assert compare(requests_mock, page(MATCH)) == Comparison(
        finding=Finding.FOUND,
        scores={
            Element.NAME: 92,
            Element.BIRTH_DATE: 100,
            Element.SEX: 100,
            Element.BIRTH_PLACE: 100,
            Element.MOTHER_MAIDEN_NAME: 0,
        },
    )


@pytest.mark.parametrize(
    ("verdict", "score"),
    [
        ("Sesuai", 100),
        ("SESUAI", 100),
        ("sesuai", 100),
        (" Sesuai ", 100),
        ("Sesuai (92)", 92),
        ("sesuai(92)", 92),
        ("Sesuai ( 7 )", 7),
        ("Sesuai (100)", 100),
        ("Sesuai (0)", 0),
        ("Sesuai (101)", 0),
        ("Sesuai (-5)", 0),
        ("Sesuai (9.5)", 0),
        ("Sesuai (9999)", 0),
        ("Sesuai (٩٢)", 0),
        ("Sesuai ()", 0),
        ("Sesuai (92", 0),
        ("Sesuai 92", 0),
        ("Sesuai (92) Sesuai", 0),
        ("Tidak Sesuai", 0),
        ("Tidak Sesuai (0)", 0),
        ("TIDAK SESUAI (80)", 0),
        ("Belum Sesuai", 0),
        ("Ya", 0),
        ("", 0),
        ("92", 0),
    ],
)
def test_a_verdict_is_read_without_regard_to_case_and_never_generously(
    requests_mock, verdict, score
):
    answer = compare(requests_mock, page({"NAMA_LGKP": verdict}))
    assert answer.scores == {Element.NAME: score}


@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("00", Finding.FOUND),
        ("01", Finding.FOUND),
        ("08", Finding.NOT_FOUND),
        ("11", Finding.DECEASED),
        ("12", Finding.DUPLICATE),
        ("13", Finding.NOT_FOUND),
        ("14", Finding.INACTIVE),
        ("15", Finding.NOT_FOUND),
    ],
)
def test_some_codes_say_something_about_the_person(requests_mock, code, finding):
    elements = MATCH if finding is Finding.FOUND else {}
    entry = {"RESPONSE_CODE": code, "RESPON": "Sembarang teks", **elements}
    answer = compare(requests_mock, page(entry))
    assert (answer.finding, answer.response_code) == (finding, code)


@pytest.mark.parametrize("code", ["03", "04", "07", "09", "10", "16", "17"])
def test_some_codes_say_that_we_are_set_up_wrongly(requests_mock, code):
    with pytest.raises(IdentityRegistryMisconfigured):
        compare(requests_mock, page({"RESPONSE_CODE": code, "RESPON": "Ditolak"}))


KNOWN_CODES = {"00", "01", "08", "11", "12", "13", "14", "15"}
KNOWN_CODES |= {"03", "04", "07", "09", "10", "16", "17"}
EVERY_OTHER_CODE = sorted({f"{n:02}" for n in range(100)} - KNOWN_CODES)


@pytest.mark.parametrize("code", [*EVERY_OTHER_CODE, "", "0", "000", "1", "13 ", "１３", "X"])
def test_every_other_code_is_no_answer_even_beside_a_match(requests_mock, code):
    with pytest.raises(IdentityRegistryDown) as raised:
        compare(requests_mock, page({"RESPONSE_CODE": code, **MATCH}))
    assert raised.type is IdentityRegistryDown


@pytest.mark.parametrize("code", [0, 1, 13, 0.0, True, False, [], ["00"], {}])
def test_a_code_that_is_not_text_is_no_answer(requests_mock, code):
    with pytest.raises(IdentityRegistryDown):
        compare(requests_mock, page({"RESPONSE_CODE": code, **MATCH}))


@pytest.mark.parametrize(
    ("sentence", "finding"),
    [
        ("Data Tidak Ditemukan", Finding.NOT_FOUND),
        ("DATA  TIDAK DITEMUKAN.", Finding.NOT_FOUND),
        ("Data Meninggal", Finding.DECEASED),
        ("Data Ganda", Finding.DUPLICATE),
        ("Data Tidak Aktif", Finding.INACTIVE),
    ],
)
def test_a_refusal_may_carry_nothing_but_its_sentence(requests_mock, sentence, finding):
    assert compare(requests_mock, page({"RESPON": sentence})).finding is finding


@pytest.mark.parametrize(
    "sentence",
    ["Kuota habis", "User tidak aktif", "User id: data tidak ditemukan", "", 13, True, [], {}],
)
def test_a_sentence_that_we_do_not_know_is_no_answer_even_beside_a_match(requests_mock, sentence):
    with pytest.raises(IdentityRegistryDown):
        compare(requests_mock, page({"RESPON": sentence, **MATCH}))


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"content": None},
        {"content": {}},
        {"content": MATCH},
        {"content": "Sesuai"},
        page(),
        page(MATCH, MATCH),
        page("Sesuai"),
        page(None),
        page([MATCH]),
        page({}),
        page({"RESPONSE_CODE": "00"}),
        page({"RESPONSE_CODE": None, "RESPON": None}),
        page({"LAIN": "Sesuai"}),
        page({"NAMA_LGKP": 100}),
        page({"NAMA_LGKP": True}),
        page({"NAMA_LGKP": ["Sesuai"]}),
        page({**MATCH, "TGL_LHR": 100}),
        page(MATCH, quotaLimiter="90000"),
        page(MATCH, quotaLimiter=9.5),
        page(MATCH, quotaLimiter=True),
        page(MATCH, numberOfElements="1"),
        page(MATCH, totalElements="satu"),
        page(MATCH, number=[0]),
        page(MATCH, size={}),
    ],
)
def test_an_answer_of_another_shape_is_no_answer(requests_mock, answer):
    with pytest.raises(IdentityRegistryDown):
        compare(requests_mock, answer)


@pytest.mark.parametrize(
    "answer",
    [
        {"exc": requests.Timeout},
        {"exc": requests.ConnectionError},
        {"status_code": 500, "json": page(MATCH), "headers": JSON},
        {"status_code": 404, "text": "<html>"},
        {"text": "<html>Sesuai</html>", "headers": {"Content-Type": "text/html"}},
        {"text": '{"content": [', "headers": JSON},
        {"json": [MATCH], "headers": JSON},
    ],
)
def test_without_a_usable_answer_the_registry_is_down(requests_mock, answer):
    requests_mock.post(URL, **answer)
    with pytest.raises(IdentityRegistryDown) as raised:
        registry.compare(person)
    assert raised.type is IdentityRegistryDown


@pytest.mark.parametrize("status", [401, 403])
def test_being_shut_out_is_for_an_operator_to_mend(requests_mock, status):
    requests_mock.post(URL, status_code=status, text="Forbidden")
    with pytest.raises(IdentityRegistryMisconfigured):
        registry.compare(person)


@pytest.mark.parametrize(("left", "warned"), [(0, True), (1000, True), (1001, False)])
def test_a_quota_that_runs_low_is_said_without_naming_anybody(requests_mock, caplog, left, warned):
    compare(requests_mock, page(MATCH, quotaLimiter=left))
    assert ("more questions" in caplog.text) is warned
    assert person.nik.digits not in caplog.text
    assert person.full_name not in caplog.text


def test_a_registry_without_a_quota_answers_as_well(requests_mock):
    assert compare(requests_mock, page(MATCH, quotaLimiter=None)).finding is Finding.FOUND


scalars = st.none() | st.booleans() | st.integers() | st.text(string.printable, max_size=12)
words = scalars | st.sampled_from(["sesuai", "Tidak Sesuai", "Sesuai (999)", "00", "01", "13"])
keys = st.sampled_from(["RESPONSE_CODE", "RESPON", *MATCH, "content", "quotaLimiter"])
garbage = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=10,
)


@given(garbage | st.fixed_dictionaries({"content": st.lists(garbage, min_size=1, max_size=2)}))
def test_garbage_is_never_a_match_nor_an_error_without_a_name(answer):
    with Mocker() as mocked:
        try:
            comparison = compare(mocked, answer)
        except (IdentityRegistryDown, IdentityRegistryMisconfigured):
            return
    agreed = [element for element, score in comparison.scores.items() if score > 0]
    said = [value for value in answer["content"][0].values() if isinstance(value, str)]
    assert len(agreed) <= len([words for words in said if words.strip().casefold() == "sesuai"])
