from uuid import UUID

import pytest

from models.phone_change_request import HOLD
from models.values.access import StaffRole
from models.values.identity import IdentityStatus
from models.worker import Worker
from services.reviews import claiming
from tests.api.joining import ANOTHER_PHONE, join
from tests.console.browsing import signed_in, words_of
from tests.console.waiting_cases import end_hold, lost_phone, refund, two_with_one_nik
from tests.officers import officer

REVIEWS = "/console/reviews"
NOTE = "KTP dilihat lewat video, wajahnya sama."
FORM = "a-form-that-was-given-out"
OTHERS = [StaffRole.SUPPORT, StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.ADMIN]


@pytest.fixture
def reviewer(client, ports, session):
    return signed_in(client, ports, session, StaffRole.REVIEWER)


@pytest.fixture
def case(client, ports) -> UUID:
    return two_with_one_nik(client, ports)[0]


@pytest.fixture
def claimed(reviewer, case) -> UUID:
    assert reviewer.post(f"{REVIEWS}/{case}/claim").status_code == 303
    return case


def test_an_empty_queue_says_so(reviewer):
    assert "Tidak ada kasus." in words_of(reviewer.get(REVIEWS))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["Identitas", "NIK dipegang orang lain", "2 hari 3 jam", "menunggu petugas"]),
        ("en", ["Reviews", "Identity", "NIK held by another", "2 d 3 h", "waiting", "nobody"]),
    ],
)
def test_the_queue_tells_what_waits_and_since_when(
    client, ports, session, clock, case, language, said
):
    clock.advance(days=2, hours=3)
    browser = signed_in(client, ports, session, StaffRole.REVIEWER)
    page = words_of(browser.speaking(language).get(REVIEWS))
    for each in said:
        assert each in page


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("", True),
        ("?kind=identity", True),
        ("?kind=refund", False),
        ("?state=open", True),
        ("?kind=identity&state=claimed", False),
        ("?kind=odd&state=odd", True),
    ],
)
def test_the_queue_can_be_narrowed(reviewer, case, asked, seen):
    assert (f'href="{REVIEWS}/{case}"' in reviewer.get(REVIEWS + asked).text) is seen


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "id",
            [
                "Kasus: Identitas",
                "Sinta Lestari",
                "Lainnya dengan NIK ini",
                "S*** A***",
                "memegang NIK ini sejak",
                "nama: 100",
                "KTP asli",
                "Ambil kasus",
            ],
        ),
        ("en", ["Case: Identity", "Others with this NIK", "holds this NIK since", "name: 100"]),
    ],
)
def test_a_case_shows_what_there_is_to_judge_by(reviewer, case, language, said):
    page = reviewer.speaking(language).get(f"{REVIEWS}/{case}")
    for each in said:
        assert each in words_of(page)
    assert "3273014507930001" not in page.text


def test_a_case_is_claimed_and_released(reviewer, case):
    path = f"{REVIEWS}/{case}"
    answer = reviewer.post(f"{path}/claim", on=path)
    assert (answer.status_code, answer.location) == (303, path)
    page = words_of(reviewer.get(path))
    assert "Kasus ini Anda tangani sampai 12.30" in page
    assert "Kirim keputusan" in page
    assert "Anda sampai" in words_of(reviewer.get(REVIEWS))
    answer = reviewer.post(f"{path}/release", on=path)
    assert (answer.status_code, answer.location) == (303, f"{REVIEWS}?done=released")
    assert "Kasus dilepas." in words_of(reviewer.get(answer.location))
    assert "Kirim keputusan" not in words_of(reviewer.get(path))


def test_a_case_of_a_colleague_is_shown_and_not_taken(reviewer, case, ports, session):
    claiming.claim(ports, officer(ports, session, StaffRole.REVIEWER, "rina"), case)
    page = words_of(reviewer.get(f"{REVIEWS}/{case}"))
    assert "rina menangani kasus ini sampai" in page
    assert "Ambil kasus" not in page
    refused = reviewer.post(f"{REVIEWS}/{case}/claim")
    assert refused.status_code == 409
    assert "Kasus sedang ditangani rekan Anda" in words_of(refused)


def test_a_decision_that_nobody_loses_by_is_carried_out(reviewer, claimed, session):
    path = f"{REVIEWS}/{claimed}"
    form = {"decision": "needs_correction", "note": NOTE}
    answer = reviewer.post(f"{path}/decision", form, on=path)
    assert (answer.status_code, answer.location) == (303, f"{REVIEWS}?done=decided")
    assert "Keputusan Anda dilaksanakan." in words_of(reviewer.get(answer.location))
    worker = session.get_one(Worker, claimed)
    assert worker.identity_status is IdentityStatus.NEEDS_CORRECTION


@pytest.mark.parametrize("topic", ["all", "identity", "messages", "staff"])
def test_what_was_decided_is_told_in_the_timeline(reviewer, claimed, topic):
    form = {"decision": "needs_correction", "note": NOTE}
    reviewer.post(f"{REVIEWS}/{claimed}/decision", form)
    page = reviewer.get(f"/console/workers/{claimed}/caller-asks/{topic}")
    said = {
        "identity": "Petugas memutuskan: peserta diminta memperbaiki data diri.",
        "messages": "tentang keputusan petugas tentang data diri",
    }
    assert page.status_code == 200
    assert said.get(topic, "memutuskan kasus") in words_of(page)


def test_pressing_twice_decides_once_and_leads_to_the_same_page(reviewer, claimed):
    path, form = (
        f"{REVIEWS}/{claimed}",
        {"decision": "needs_correction", "note": NOTE, "once": FORM},
    )
    pressed = [reviewer.post(f"{path}/decision", form) for _ in range(2)]
    assert [answer.status_code for answer in pressed] == [303, 303]
    assert {answer.location for answer in pressed} == {f"{REVIEWS}?done=decided"}


def test_a_form_that_decided_does_not_decide_otherwise(reviewer, claimed):
    path, form = (
        f"{REVIEWS}/{claimed}",
        {"decision": "needs_correction", "note": NOTE, "once": FORM},
    )
    reviewer.post(f"{path}/decision", form)
    refused = reviewer.post(f"{path}/decision", {**form, "decision": "verify"})
    assert (refused.status_code, refused.mimetype) == (409, "text/html")
    assert "Formulir ini sudah dikirim" in words_of(refused)


def test_refusing_waits_for_a_second_officer_and_says_so(reviewer, claimed, client, ports, session):
    path = f"{REVIEWS}/{claimed}"
    answer = reviewer.post(f"{path}/decision", {"decision": "refuse", "note": NOTE})
    assert answer.location == f"{REVIEWS}?done=awaiting_second"
    assert "BELUM berlaku" in words_of(reviewer.get(answer.location))
    assert "menunggu petugas kedua" in words_of(reviewer.get(REVIEWS))
    own = words_of(reviewer.get(path))
    assert "MENUNGGU PETUGAS KEDUA. Anda memutuskan untuk MENOLAK" in own
    assert "Ambil kasus" not in own
    assert session.get_one(Worker, claimed).identity_status is IdentityStatus.IN_REVIEW

    second = signed_in(client, ports, session, StaffRole.REVIEWER)
    shown = words_of(second.get(path))
    assert f"{reviewer.officer.username} memutuskan untuk MENOLAK" in shown
    assert NOTE in shown
    second.post(f"{path}/claim")
    assert "Kuatkan: tolak" in words_of(second.get(path))
    confirmed = second.post(f"{path}/decision", {"decision": "refuse", "note": NOTE})
    assert confirmed.location == f"{REVIEWS}?done=decided"
    assert session.get_one(Worker, claimed).identity_status is IdentityStatus.REFUSED


def test_a_second_officer_sends_back(reviewer, claimed, client, ports, session):
    path = f"{REVIEWS}/{claimed}"
    reviewer.post(f"{path}/decision", {"decision": "refuse", "note": NOTE})
    second = signed_in(client, ports, session, StaffRole.REVIEWER)
    second.post(f"{path}/claim")
    answer = second.post(f"{path}/decision", {"decision": "send_back", "note": NOTE})
    assert answer.location == f"{REVIEWS}?done=sent_back"
    assert "Kasus dikembalikan" in words_of(second.get(answer.location))


def test_who_holds_the_nik_is_displaced_knowingly(reviewer, client, ports):
    case, holder = two_with_one_nik(client, ports)
    path = f"{REVIEWS}/{case}"
    reviewer.post(f"{path}/claim")
    form = {"decision": "verify", "note": NOTE}
    page = reviewer.post(f"{path}/decision", form)
    assert page.status_code == 409
    assert "Orang lain memegang NIK ini." in words_of(page)
    assert NOTE in page.text
    answer = reviewer.post(f"{path}/decision", form | {"displaces": str(holder)})
    assert answer.location == f"{REVIEWS}?done=awaiting_second"
    assert "Pemegang NIK sekarang akan ditolak." in words_of(reviewer.get(path))


@pytest.mark.parametrize(
    ("form", "faults"),
    [
        ({}, ["decision", "note"]),
        ({"decision": "odd", "note": NOTE}, ["decision"]),
        ({"decision": "refuse", "note": "NIK 3171010201900001"}, ["note"]),
        ({"decision": "approve", "note": NOTE}, ["decision"]),
    ],
)
def test_a_decision_that_cannot_be_is_asked_for_again(reviewer, claimed, form, faults):
    page = reviewer.post(f"{REVIEWS}/{claimed}/decision", form)
    assert page.status_code == 422
    for each in faults:
        assert f'id="fault-{each}"' in page.text
        assert f'href="#{each}"' in page.text


def test_a_case_is_decided_by_who_has_it(reviewer, case):
    form = {"decision": "needs_correction", "note": NOTE}
    page = reviewer.post(f"{REVIEWS}/{case}/decision", form)
    assert page.status_code == 409
    assert "Kasus belum Anda ambil" in words_of(page)


def test_a_lost_phone_waits_for_objections_first(reviewer, client, ports, clock):
    case = lost_phone(client, ports)
    path = f"{REVIEWS}/{case}"
    assert "Ganti nomor HP" in words_of(reviewer.get(f"{REVIEWS}?state=on_hold"))
    page = words_of(reviewer.get(path))
    assert "Masa keberatan sampai 25 November 2026, 12.00 WIB" in page
    assert "******888" in page
    reviewer.post(f"{path}/claim")
    early = reviewer.post(f"{path}/decision", {"decision": "approve", "note": NOTE})
    assert early.status_code == 409
    assert "Masa tunggu belum berakhir" in words_of(early)


def test_a_lost_phone_is_replaced_after_its_hold(client, ports, session, clock):
    case = lost_phone(client, ports)
    end_hold(clock)
    assert HOLD.value.days == 3
    browser = signed_in(client, ports, session, StaffRole.REVIEWER)
    path = f"{REVIEWS}/{case}"
    browser.post(f"{path}/claim")
    assert "Setujui nomor baru" in words_of(browser.get(path))
    answer = browser.post(f"{path}/decision", {"decision": "approve", "note": NOTE})
    assert answer.location == f"{REVIEWS}?done=decided"


def test_a_number_that_another_registration_has_is_told_in_words_for_staff(
    client, ports, session, clock
):
    case = lost_phone(client, ports)
    join(client, ports, ANOTHER_PHONE, full_name="Sinta Lestari")
    end_hold(clock)
    browser = signed_in(client, ports, session, StaffRole.REVIEWER)
    path = f"{REVIEWS}/{case}"
    browser.post(f"{path}/claim")
    refused = browser.post(f"{path}/decision", {"decision": "approve", "note": NOTE})
    assert refused.status_code == 409
    assert "Cari peserta dengan NIK ini" in words_of(refused)
    assert "hubungi petugas kami" not in words_of(refused)


def test_a_refund_is_closed_with_its_reference(reviewer, ports):
    case = refund(ports)
    path = f"{REVIEWS}/{case}"
    reviewer.post(f"{path}/claim")
    page = words_of(reviewer.get(path))
    assert "Rp25.200" in page
    assert "Desember 2026, Januari 2027" in page
    form = {"decision": "paid", "note": NOTE}
    missing = reviewer.post(f"{path}/decision", form)
    assert missing.status_code == 422
    assert 'id="fault-bank_reference"' in missing.text
    odd = reviewer.post(f"{path}/decision", form | {"bank_reference": "#!"})
    assert odd.status_code == 422
    answer = reviewer.post(f"{path}/decision", form | {"bank_reference": "TRF-2026-7719"})
    assert answer.location == f"{REVIEWS}?done=decided"
    gone = reviewer.get(path)
    assert gone.status_code == 404
    assert "Kasus tidak ditemukan" in words_of(gone)
    again = reviewer.post(f"{path}/claim")
    assert again.status_code == 409
    assert "Kasus ini sudah selesai" in words_of(again)


@pytest.mark.parametrize("role", OTHERS)
def test_only_reviewers_see_cases(client, ports, session, case, role):
    browser = signed_in(client, ports, session, role)
    for path in (REVIEWS, f"{REVIEWS}/{case}"):
        assert browser.get(path).status_code == 403
    for deed in ("claim", "release", "decision"):
        refused = browser.post(f"{REVIEWS}/{case}/{deed}")
        assert (refused.status_code, refused.mimetype) == (403, "text/html")
