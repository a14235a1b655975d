"""The registry in miniature, as our own adapter asks it."""

from __future__ import annotations

import pytest

from sandbox.people import RESIDENTS

STRANGER = "3273014107900001"
SOMEBODY = {
    "NIK": STRANGER,
    "NAMA_LGKP": "Siti Aminah",
    "TGL_LHR": "01-07-1990",
    "JENIS_KLMIN": "PEREMPUAN",
}
RESIDENT = RESIDENTS[0]
SAID_RIGHTLY = {
    "NIK": RESIDENT.nik,
    "NAMA_LGKP": RESIDENT.name,
    "TGL_LHR": f"{RESIDENT.birth_date:%d-%m-%Y}",
    "JENIS_KLMIN": RESIDENT.sex,
}


@pytest.fixture
def ask(world):
    def asking(institution="JARING", **query):
        credentials = {"USER_ID": "jaring", "PASSWORD": "a password", "TRESHOLD": "85"}
        url = f"/dukcapil/get_json/{institution}/CALL_VERIFY_BY_ELEMEN"
        return world.post(url, json=credentials | query)

    return asking


def entry(response):
    assert response.status_code == 200
    (only,) = response.json["content"]
    return only


def test_somebody_it_does_not_know_is_matched_as_sent(ask):
    assert entry(ask(**SOMEBODY, NAMA_LGKP_IBU="Kartini")) == {
        "NAMA_LGKP": "Sesuai (100)",
        "TGL_LHR": "Sesuai",
        "JENIS_KLMIN": "Sesuai",
        "NAMA_LGKP_IBU": "Sesuai (100)",
    }


@pytest.mark.parametrize(
    ("serial", "code"), [("9011", "11"), ("9012", "12"), ("9013", "13"), ("9014", "14")]
)
def test_some_serials_are_refused_whoever_says_them(ask, serial, code):
    refused = entry(ask(**SOMEBODY | {"NIK": STRANGER[:-4] + serial}))
    assert refused["RESPONSE_CODE"] == code
    assert refused["RESPON"]
    assert "NAMA_LGKP" not in refused


@pytest.mark.parametrize(("serial", "element"), [("9021", "NAMA_LGKP"), ("9022", "TGL_LHR")])
def test_some_serials_disagree_in_one_element(ask, serial, element):
    answer = entry(ask(**SOMEBODY | {"NIK": STRANGER[:-4] + serial}))
    assert answer.pop(element) == "Tidak Sesuai (0)"
    assert all(verdict.startswith("Sesuai") for verdict in answer.values())


def test_a_resident_who_says_everything_rightly_matches(ask):
    assert entry(ask(**SAID_RIGHTLY)) == {
        "NAMA_LGKP": "Sesuai (100)",
        "TGL_LHR": "Sesuai",
        "JENIS_KLMIN": "Sesuai",
    }


def test_a_date_may_be_written_either_way(ask):
    said = SAID_RIGHTLY | {"TGL_LHR": RESIDENT.birth_date.isoformat()}
    assert entry(ask(**said))["TGL_LHR"] == "Sesuai"


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ("NAMA_LGKP", "Bambang"),
        ("TGL_LHR", "13-08-1990"),
        ("JENIS_KLMIN", "PEREMPUAN"),
        ("TMPT_LHR", "Manado"),
        ("NAMA_LGKP_IBU", "Sulastri"),
    ],
)
def test_what_a_resident_says_wrongly_disagrees(ask, element, said):
    assert entry(ask(**SAID_RIGHTLY | {element: said}))[element] == "Tidak Sesuai (0)"


def test_a_name_that_is_nearly_right_is_scored_against_the_threshold(ask):
    nearly = SAID_RIGHTLY | {"NAMA_LGKP": "Agus Setyawan"}
    assert entry(ask(**nearly))["NAMA_LGKP"] == "Sesuai (92)"
    assert entry(ask(**nearly, TRESHOLD="93"))["NAMA_LGKP"] == "Tidak Sesuai (0)"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"PASSWORD": "another"}, "03"),
        ({"USER_ID": None}, "03"),
        ({"institution": "OTHER"}, "04"),
        ({"TRESHOLD": 85}, "16"),
        ({"NIK": "327301410790000"}, "15"),
        ({"NIK": None}, "15"),
    ],
)
def test_a_question_that_is_not_in_order_is_told_so_with_http_200(ask, wrong, code):
    assert entry(ask(**SOMEBODY | wrong))["RESPONSE_CODE"] == code


def test_the_quota_gets_smaller(ask):
    first, second = (ask(**SOMEBODY).json["quotaLimiter"] for _ in range(2))
    assert second == first - 1


def test_it_can_be_down(ask, trouble):
    trouble("dukcapil", "down")
    assert ask(**SOMEBODY).status_code == 503


def test_it_can_run_out_of_quota(ask, trouble):
    trouble("dukcapil", "quota")
    answer = ask(**SOMEBODY)
    assert entry(answer)["RESPONSE_CODE"] == "05"
    assert answer.json["quotaLimiter"] == 0


def test_it_can_be_mended(ask, trouble):
    trouble("dukcapil", "down")
    trouble("dukcapil", "ok")
    assert entry(ask(**SOMEBODY))["TGL_LHR"] == "Sesuai"


def test_it_can_be_slow_and_answer_all_the_same(ask, trouble):
    trouble("dukcapil", "slow", delay_ms=20)
    assert entry(ask(**SOMEBODY))["TGL_LHR"] == "Sesuai"


def test_its_garbage_is_of_many_kinds(ask, trouble):
    trouble("dukcapil", "garbage")
    assert len({ask(**SOMEBODY).text for _ in range(7)}) == 7
