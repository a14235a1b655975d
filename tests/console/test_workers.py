from uuid import UUID

import pytest
from sqlalchemy import select

from models.audit_event import AuditEvent
from models.data_access import DataAccess
from models.enrolment import EndedBy
from models.identity_verdict import IdentityReason
from models.message import Message, MessageKind
from models.values.access import STAFF_REASONS, StaffRole
from models.values.audit import AuditAction
from models.values.channel import DeliveryState
from models.values.identity import IdentityStatus
from models.values.plan import Plan
from models.worker import select_worker
from services import billing, erasing, invoices, notices, plan_choice
from services.bank import inquiry, payment, status
from services.bank.status import StatusQuestion
from services.once import Once
from tests.banks import BANK, about, paid
from tests.console.browsing import signed_in, words_of
from tests.payers import add_worker, pay
from tests.ties import add_partner, tie

NOBODY = UUID(int=404)
OTHERS = [StaffRole.OFFICER, StaffRole.AUDITOR, StaffRole.ADMIN]
TOPICS = ["all", "money", "identity", "messages", "partners", "record", "staff"]


@pytest.fixture
def support(client, ports, session):
    return signed_in(client, ports, session)


@pytest.fixture
def worker(ports):
    """Who has chosen a plan, and bears a name that is nobody's in these tests."""
    worker = add_worker(ports)
    plan_choice.choose(ports, worker, Plan.BASIC)
    with ports.transactions.begin() as session:
        session.scalars(select_worker(worker.worker_id)).one().full_name = "Roro Mendut"
    return worker


@pytest.fixture
def path(worker):
    return f"/console/workers/{worker.worker_id}"


@pytest.fixture
def message_id(ports, worker, clock):
    """That has failed, a while ago."""
    with ports.transactions.begin() as session:
        addressee = session.scalars(select_worker(worker.worker_id)).one()
        message = notices.queue(ports, session, addressee, MessageKind.PHONE_CHANGED, clock.now())
        session.flush()
        message.state, message.settled_at = DeliveryState.FAILED, clock.now()
    clock.advance(minutes=20)
    return message.id


class TestTheReason:
    @pytest.mark.parametrize(
        ("language", "said"),
        [("id", "Peserta melihat alasan ini"), ("en", "The worker sees it in the log")],
    )
    def test_is_asked_for_first(self, support, path, language, said):
        page = support.speaking(language).get(path)
        assert page.status_code == 200
        assert said in words_of(page)

    @pytest.mark.parametrize("reason", STAFF_REASONS)
    def test_goes_along_in_the_address_as_a_word(self, support, path, reason):
        answer = support.post(path, {"reason": reason.value}, on=path)
        there = f"{path}/{reason.value.replace('_', '-')}"
        assert (answer.status_code, answer.location) == (303, there)
        assert support.get(there).status_code == 200

    def test_of_the_page_before_is_taken_over(self, support, path):
        answer = support.get(f"{path}?reason=caller_asks")
        assert (answer.status_code, answer.location) == (303, f"{path}/caller-asks")

    @pytest.mark.parametrize("given", [{}, {"reason": "payment"}, {"reason": "odd"}])
    def test_is_one_of_ours(self, support, path, given):
        page = support.post(path, given)
        assert page.status_code == 422
        assert 'id="fault-reason"' in page.text

    @pytest.mark.parametrize("odd", ["odd", "payment", "caller_asks"])
    def test_that_is_none_leads_nowhere(self, support, path, odd):
        assert support.get(f"{path}/{odd}").status_code == 404


class TestTheSummary:
    def test_of_somebody_new(self, support, path):
        page = words_of(support.get(f"{path}/caller-asks"))
        for each in (
            "Roro Mendut",
            "Belum terlindungi",
            "Tidak menunggak",
            "Terverifikasi",
            "Peserta membuat tagihan di aplikasi dan membayarnya.",
            "Belum ada pembayaran yang diberitahukan bank.",
            "Tidak ada kasus terbuka.",
        ):
            assert each in page

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("id", ["Terlindungi sampai 31 Januari 2027", "Bayar paling lambat 31 Januari 2027."]),
            ("en", ["Protected until 31 January 2027", "To be paid by 31 January 2027."]),
        ],
    )
    def test_says_until_when_somebody_is_covered(
        self, support, ports, worker, path, language, said
    ):
        pay(ports, billing.issue(ports, worker, 3, Once()))
        page = words_of(support.speaking(language).get(f"{path}/caller-asks"))
        for each in said:
            assert each in page

    @pytest.mark.parametrize(
        ("days", "said"),
        [
            (20, ["TIDAK terlindungi, terakhir 30 November 2026", "Menunggak Rp8.400", "1 bulan"]),
            (200, ["TIDAK terlindungi, berakhir 30 November 2026", "Tidak menunggak"]),
        ],
    )
    def test_says_that_somebody_is_not_covered_any_more(
        self, client, ports, session, clock, worker, path, days, said
    ):
        pay(ports, billing.issue(ports, worker, 1, Once()))
        clock.advance(days=days)
        page = words_of(signed_in(client, ports, session).get(f"{path}/caller-asks"))
        for each in said:
            assert each in page

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("id", ["Rp16.800 belum dibayar", "Untuk November 2026 dan Desember 2026."]),
            ("en", ["Rp16,800 unpaid", "For November 2026 and December 2026."]),
        ],
    )
    def test_shows_what_is_to_be_paid(self, support, ports, worker, path, language, said):
        bill = billing.issue(ports, worker, 2, Once())
        page = support.speaking(language).get(f"{path}/caller-asks")
        for each in said:
            assert each in words_of(page)
        assert f"*{bill.virtual_account_no[-3:]}" in words_of(page)

    def test_tells_at_once_why_a_payment_does_not_count(
        self, client, ports, session, clock, worker, path
    ):
        bill = billing.issue(ports, worker, 1, Once())
        clock.advance(hours=30)
        payment.flag(ports, BANK, paid(bill, clock.now()))
        browser = signed_in(client, ports, session)
        page = words_of(browser.get(f"{path}/payment-missing"))
        latest, _, rest = page.partition("Data diri")
        assert "Kabar terakhir dari bank 23 November 2026, 18.00 WIB DITOLAK" in latest
        assert "Uangnya masih di bank" in latest
        assert "kedaluwarsa" in rest

    def test_tells_of_the_money_still_when_the_bank_asked_about_another_payment(
        self, support, ports, clock, worker, path
    ):
        bill = billing.issue(ports, worker, 1, Once())
        payment.flag(ports, BANK, paid(bill, clock.now()))
        clock.advance(minutes=1)
        question = StatusQuestion(**vars(about(bill)), payment_request_id="another")
        status.tell(ports, BANK, question)
        latest, _, rest = words_of(support.get(f"{path}/payment-missing")).partition("Data diri")
        assert "Kabar terakhir dari bank 22 November 2026, 12.00 WIB DITERIMA: Rp8.400" in latest
        assert "ditolak sebelum tagihannya dilihat" in rest

    def test_says_when_the_bank_was_refused_before_the_bill_was_looked_at(
        self, support, ports, clock, worker, path
    ):
        bill = billing.issue(ports, worker, 1, Once())
        asked = about(bill)
        inquiry.inquire(ports, BANK, asked)
        clock.advance(minutes=1)
        payment.flag(ports, BANK, paid(bill, clock.now(), external_id=asked.external_id))
        latest, _, _ = words_of(support.get(f"{path}/payment-missing")).partition("Data diri")
        assert "Kabar terakhir dari bank 22 November 2026, 12.01 WIB Bank (bank)" in latest

    def test_of_somebody_erased_names_a_platform_but_nothing_it_called_them(
        self, support, ports, clock, worker, path
    ):
        tie(ports, add_partner(ports), worker, "OK-77")
        with ports.transactions.begin() as session:
            row = session.scalars(select_worker(worker.worker_id)).one()
            erasing.erase(ports, session, row, EndedBy.WORKER, clock.now())
        page = words_of(support.get(f"{path}/caller-asks"))
        assert "Ojek Kita" in page
        assert ("None" in page, "nomor di mitra" in page) == (False, False)

    def test_shows_nothing_that_the_reason_does_not_need(self, support, path):
        page = words_of(support.get(f"{path}/phone-change"))
        assert "Tidak ditampilkan untuk alasan ini." in page
        assert "Persetujuan" not in page.replace("persetujuan", "")

    @pytest.mark.parametrize("reason", ["phone-change", "identity-case", "other"])
    def test_does_not_say_that_nobody_paid_where_payments_are_not_shown(
        self, support, ports, worker, path, reason
    ):
        pay(ports, billing.issue(ports, worker, 1, Once()))
        page = words_of(support.get(f"{path}/{reason}"))
        latest, _, _ = page.partition("Data diri")
        assert "Belum ada pembayaran" not in page
        assert "Kabar terakhir dari bank Tidak ditampilkan untuk alasan ini." in latest

    def test_does_not_say_that_nobody_paid_where_it_was_long_ago(
        self, support, ports, worker, path, clock
    ):
        pay(ports, billing.issue(ports, worker, 1, Once()))
        for _ in range(21):
            clock.advance(seconds=20)
            bill = billing.issue(ports, worker, 1, Once())
            invoices.cancel(ports, worker, bill.id)
        page = words_of(support.get(f"{path}/caller-asks"))
        assert "Belum ada pembayaran" not in page
        assert "Yang lebih lama ada di sini: Uang dan perlindungan" in page

    def test_tells_what_the_worker_reads_as_theirs(self, support, ports, worker, path):
        with ports.transactions.begin() as session:
            waiting = session.scalars(select_worker(worker.worker_id)).one()
            waiting.identity_status = IdentityStatus.IN_REVIEW
            waiting.identity_reason = IdentityReason.DUPLICATE_RECORD
        page = words_of(support.get(f"{path}/identity-case"))
        assert "Yang dibaca peserta: “Ada catatan ganda di Dukcapil." in page

    def test_holds_no_number_in_clear(self, support, path):
        page = support.get(f"{path}/caller-asks")
        assert "81234567890" not in page.text
        assert "3171034507930" not in page.text
        assert page.headers["Cache-Control"] == "no-store"

    def test_is_told_to_the_worker_and_on_record_once(self, support, session, worker, path):
        support.get(f"{path}/caller-asks")
        events = session.scalars(select(AuditEvent.action).order_by(AuditEvent.at, AuditEvent.id))
        assert events.all() == [AuditAction.VIEWED_WORKER, AuditAction.VIEWED_TIMELINE]
        told = session.scalars(select(DataAccess.reason)).all()
        assert set(told) == {"caller_asks"}
        assert len(told) <= 2

    def test_of_nobody_is_not_found(self, support):
        page = support.get(f"/console/workers/{NOBODY}/caller-asks")
        assert (page.status_code, page.mimetype) == (404, "text/html")
        assert "Peserta tidak ditemukan" in words_of(page)

    def test_can_be_opened_too_often(self, support, path):
        pages = [support.get(f"{path}/caller-asks") for _ in range(21)]
        assert [page.status_code for page in pages] == [200] * 20 + [429]
        assert "Terlalu banyak catatan dibuka" in words_of(pages[-1])
        assert pages[-1].headers["Retry-After"]

    def test_leads_a_reviewer_to_what_they_may_do(self, client, ports, session, path, support):
        assert "Catat permintaan data pribadi" not in support.get(f"{path}/caller-asks").text
        reviewer = signed_in(client, ports, session, StaffRole.REVIEWER)
        assert "Catat permintaan data pribadi" in reviewer.get(f"{path}/caller-asks").text


class TestTheTimeline:
    @pytest.mark.parametrize("topic", TOPICS)
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_has_a_page_for_each_thread(self, support, path, topic, language):
        page = support.speaking(language).get(f"{path}/caller-asks/{topic}")
        assert page.status_code == 200
        assert page.text.count('aria-current="true"') >= 1

    @pytest.mark.parametrize(
        ("topic", "untold"),
        [
            ("all", "pilihan paket, persetujuan, hubungan dengan mitra, tagihan dan pembayaran"),
            ("money", "pilihan paket, tagihan dan pembayaran"),
            ("partners", "hubungan dengan mitra"),
        ],
    )
    def test_names_what_the_reason_leaves_out(self, support, path, topic, untold):
        page = words_of(support.get(f"{path}/phone-change/{topic}"))
        said = page.partition("Tidak ditampilkan untuk alasan ini: ")[2].partition(".")[0]
        assert set(said.split(", ")) == set(untold.split(", "))
        assert "Belum ada yang terjadi." not in page

    def test_leaves_out_nothing_of_some_threads(self, support, path):
        assert "Tidak ditampilkan" not in words_of(support.get(f"{path}/phone-change/messages"))
        assert "Tidak ditampilkan" not in words_of(support.get(f"{path}/caller-asks/all"))

    def test_is_told_by_days(self, support, path):
        page = words_of(support.get(f"{path}/caller-asks/record"))
        assert "Minggu, 22 November 2026" in page

    def test_that_is_none_leads_nowhere(self, support, path):
        assert support.get(f"{path}/caller-asks/odd").status_code == 404
        assert support.get(f"{path}/caller-asks/all?after=odd").status_code == 404

    def test_opens_the_record_only_on_the_summary(self, support, session, path):
        support.get(f"{path}/caller-asks/money")
        events = session.scalars(select(AuditEvent.action)).all()
        assert events == [AuditAction.VIEWED_TIMELINE]

    def test_tells_looks_that_follow_each_other_in_one_line(self, support, path):
        for _ in range(3):
            support.get(f"{path}/caller-asks")
        page = words_of(support.get(f"{path}/caller-asks/staff"))
        assert "Dilihat petugas" in page

    def test_goes_on_at_the_next_page(self, support, ports, worker, path, clock):
        for _ in range(45):
            bill = billing.issue(ports, worker, 1, Once())
            invoices.cancel(ports, worker, bill.id)
            clock.advance(seconds=20)
        first = support.get(f"{path}/caller-asks/money")
        following = next(
            line.split('href="')[1].split('"')[0]
            for line in first.text.splitlines()
            if 'rel="next"' in line
        )
        second = words_of(support.get(following))
        assert "Yang terbaru" in second


class TestRevealing:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_offers_what_role_and_reason_allow(self, support, path, language):
        page = support.speaking(language).get(f"{path}/caller-asks/reveal")
        assert 'value="phone"' in page.text
        assert 'value="mother_maiden_name"' not in page.text
        none = support.get(f"{path}/other/reveal")
        assert "tidak ada data yang dapat dibuka" in words_of(none)

    @pytest.mark.parametrize(
        ("language", "said"),
        [("id", "Ini ditampilkan sekali dan tercatat"), ("en", "This is shown once")],
    )
    def test_shows_what_was_asked_for_once(self, support, session, path, language, said):
        browser = support.speaking(language)
        form = {"fields": ["phone", "email"], "note": "Penelepon ingin dipastikan."}
        page = browser.post(f"{path}/caller-asks/reveal", form, on=f"{path}/caller-asks/reveal")
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        assert "+6281234567890" in words_of(page)
        assert said in words_of(page)
        assert support.officer.username in words_of(page)
        revealed = session.scalars(
            select(AuditEvent).where(AuditEvent.action == AuditAction.REVEALED)
        ).one()
        assert revealed.details == {"fields": ["phone", "email"]}
        assert revealed.note == "Penelepon ingin dipastikan."

    def test_of_nothing_is_asked_for_again(self, support, path):
        page = support.post(f"{path}/caller-asks/reveal", {"note": ""})
        assert page.status_code == 422
        assert 'id="fault-fields"' in page.text

    def test_takes_no_number_in_the_note(self, support, path):
        form = {"fields": "phone", "note": "NIK 3171010201900001"}
        page = support.post(f"{path}/caller-asks/reveal", form)
        assert page.status_code == 422
        assert 'id="fault-note"' in page.text

    def test_for_another_reason_than_it_is_needed_for_is_refused(self, support, path):
        page = support.post(f"{path}/identity-case/reveal", {"fields": "phone"})
        assert page.status_code in (403, 422)
        assert "+62812" not in page.text

    def test_can_be_asked_for_too_often(self, support, path):
        form = {"fields": "email"}
        pages = [support.post(f"{path}/caller-asks/reveal", form) for _ in range(7)]
        assert [page.status_code for page in pages] == [200] * 6 + [429]


class TestResending:
    def test_stands_beside_the_message(self, support, path, message_id):
        page = support.get(f"{path}/caller-asks/messages")
        assert f'action="{path}/caller-asks/messages/{message_id}/resend"' in page.text
        assert "Kirim ulang lewat SMS" in words_of(page)

    @pytest.mark.parametrize(
        ("language", "said"),
        [("id", "Pesan dikirim ulang."), ("en", "The message is sent again.")],
    )
    def test_sends_it_again(self, support, path, message_id, language, said):
        browser, messages = support.speaking(language), f"{path}/caller-asks/messages"
        answer = browser.post(f"{messages}/{message_id}/resend", {"channel": "sms"}, on=messages)
        assert (answer.status_code, answer.location) == (303, f"{messages}?done=resent")
        assert said in words_of(browser.get(answer.location))
        waiting = browser.post(f"{messages}/{message_id}/resend", {"channel": "sms"})
        assert (waiting.status_code, waiting.mimetype) == (409, "text/html")

    def test_is_done_once_however_often_it_is_pressed(self, support, session, path, message_id):
        again = f"{path}/caller-asks/messages/{message_id}/resend"
        form = {"channel": "sms", "once": "a-form-that-was-given-out"}
        pressed = [support.post(again, form) for _ in range(2)]
        assert [answer.status_code for answer in pressed] == [303, 303]
        assert {answer.location for answer in pressed} == {
            f"{path}/caller-asks/messages?done=resent"
        }
        resent = session.scalars(select(Message.id).where(Message.resent_of == message_id)).all()
        assert len(resent) == 1

    def test_of_what_is_not_there_is_refused(self, support, path):
        page = support.post(f"{path}/caller-asks/messages/{NOBODY}/resend")
        assert page.status_code == 404
        assert "Pesan tidak ditemukan" in words_of(page)

    def test_too_soon_is_refused(self, support, path, message_id, session, clock):
        message = session.get_one(Message, message_id)
        message.state, message.settled_at = DeliveryState.SENT, clock.now()
        session.flush()
        page = support.post(f"{path}/caller-asks/messages/{message_id}/resend")
        assert (page.status_code, page.mimetype) == (429, "text/html")


@pytest.mark.parametrize("role", OTHERS)
def test_others_see_no_worker(client, ports, session, path, role):
    browser = signed_in(client, ports, session, role)
    for place in ("", "/caller-asks", "/caller-asks/all", "/caller-asks/reveal"):
        assert browser.get(path + place).status_code == 403
    for place in ("", "/caller-asks/reveal", f"/caller-asks/messages/{NOBODY}/resend"):
        refused = browser.post(path + place)
        assert (refused.status_code, refused.mimetype) == (403, "text/html")


def test_however_long_a_life_a_summary_takes_as_many_statements(
    support, ports, worker, path, queries
):
    queries.clear()
    support.get(f"{path}/caller-asks")
    few = len(queries)
    for _ in range(5):
        bill = billing.issue(ports, worker, 1, Once())
        invoices.cancel(ports, worker, bill.id)
    queries.clear()
    support.get(f"{path}/caller-asks")
    assert len(queries) <= few
