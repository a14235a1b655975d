from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations

import pytest

from models.values.plan import Plan, Programme
from models.values.rupiah import Rupiah
from models.values.spoken import spoken_rupiah
from models.values.words import Language
from schemas import receipt_words as words
from schemas.receipt import ReceiptSchema
from schemas.receipt_pdf import receipt_file_name, receipt_pdf
from schemas.sheet import LEFT, RIGHT, TOP
from tests.printed import opened, printed, rows
from tests.receipts import months_of, receipt_for, receipt_of_credit

INDONESIAN, ENGLISH = Language.INDONESIAN, Language.ENGLISH
LARGEST_INCOME = 99_000_000
LONG_LAW = "Peraturan Pemerintah Nomor 50 Tahun 2025 tentang Penyesuaian Iuran; " * 6
ONE_MONTH = receipt_for(months_of(1))
A_YEAR = receipt_for(months_of(12, Plan.COMPLETE, LARGEST_INCOME))
BY_CREDIT = receipt_for(months_of(1), credit_used=8_400)
IN_PART = receipt_for(months_of(3), credit_used=8_400)
CREDITED = receipt_of_credit(8_400)


def by_a_long_law(month):
    return replace(month, lines=tuple(replace(line, basis=LONG_LAW) for line in month.lines))


WORDY = receipt_for(
    tuple(map(by_a_long_law, months_of(12, Plan.COMPLETE, LARGEST_INCOME))),
    credit_used=8_400,
    full_name="Raden " + "W" * 60 + " Soekarnoputri Kusumawardhani Djojo",
    bank_reference="R" * 64,
)


@cache
def drawn(receipt, language):
    return receipt_pdf(receipt, language)


@cache
def pieces_of(receipt, language):
    return printed(drawn(receipt, language))


def rows_of(receipt, language):
    return rows(pieces_of(receipt, language))


def beside(receipt, label, language=ENGLISH):
    """What stands on the line of a label."""
    return next(row[row.index(label) + 1 :] for row in rows_of(receipt, language) if label in row)


def below(receipt, label, language=ENGLISH):
    """What stands under a label."""
    pieces = pieces_of(receipt, language)
    place = next(each for each in pieces if each.text == label)
    under = [
        each
        for each in pieces
        if each.page == place.page and each.line > place.line and abs(each.left - place.left) < 1
    ]
    return min(under, key=lambda each: each.line).text


def text_of(receipt, language=ENGLISH):
    return " ".join(" ".join(row) for row in rows_of(receipt, language))


def test_one_month_reads_as_a_whole():
    assert rows_of(ONE_MONTH, INDONESIAN) == [
        ["Jaring"],
        ["LUNAS"],
        ["22 November 2026, 12.00 WIB"],
        ["Bukti Pembayaran"],
        ["Iuran BPJS Ketenagakerjaan untuk pekerja bukan penerima upah (BPU)"],
        ["Iuran 1 bulan", "Terlindungi sampai"],
        ["Rp8.400", "30 November 2026"],
        ["Peserta", "Pembayaran"],
        ["Nama", "Virtual account"],
        ["Wulan Lestari", "988100731904526183"],
        ["NIK", "Nomor referensi bank"],
        ["**************01", "2026112200001234"],
        ["Nomor peserta (KPJ)", "Nomor tagihan"],
        ["48201937465", "0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42"],
        ["Nomor pendaftaran"],
        ["572018463917"],
        ["Bulan", "Program", "Iuran", "Keringanan", "Dibayar", "Jumlah"],
        [
            "November 2026",
            *("JKK", "Jaminan Kecelakaan Kerja¹", "10.000", "−5.000", "5.000", "Rp8.400"),
        ],
        ["JKM", "Jaminan Kematian¹", "6.800", "−3.400", "3.400"],
        ["Dasar hukum", "Jumlah iuran", "Rp8.400"],
        ["¹ PP 44/2015 Lampiran II; PP 50/2025"],
        ["Dibayar di bank", "Rp8.400"],
        [
            "Bukti ini menyatakan bahwa pembayaran di atas sudah diterima dan dibukukan sebagai "
            "iuran untuk bulan yang tercantum."
        ],
        [
            "Dokumen ini dibuat otomatis dari pembukuan Jaring, tanpa tanda tangan. Perlindungan "
            "Anda saat ini terlihat di aplikasi."
        ],
        ["Jaring · Tagihan 0198f6b2-7c4e-7d3a-9a51-2f6f0c1d8e42 · Halaman 1 dari", "1"],
    ]


def test_in_english_everything_is():
    text = text_of(ONE_MONTH)
    for told in ("PAID", "22 November 2026, 12:00 WIB", "Work accident¹", "Rp8,400", "Page 1 of 1"):
        assert told in text
    assert "Iuran" not in text


def test_a_year_of_the_complete_plan_lists_every_month_under_headings_on_both_pages():
    listed = rows_of(A_YEAR, ENGLISH)
    assert len([row for row in listed if row[0] == "Month"]) == 2
    assert [row[0] for row in listed if row[-1].startswith("Rp") and "JKK" in row] == [
        *("November 2026", "December 2026", "January 2027", "February 2027", "March 2027"),
        *("April 2027", "May 2027", "June 2027", "July 2027", "August 2027"),
        *("September 2027", "October 2027"),
    ]
    assert " ".join(listed[-1]).endswith("Page 2 of 2")


def test_what_has_no_relief_says_so_and_each_law_has_one_note():
    listed = rows_of(A_YEAR, ENGLISH)
    assert [row[0] for row in listed if row[0][0] in "¹²³⁴"] == [
        "¹ PP 44/2015 Lampiran II; PP 50/2025",
        "² PP 46/2015",
        "³ PP 44/2015 Lampiran II",
    ]
    assert ["JHT", "Old age²", "414,000", "–", "414,000"] in listed
    assert ["JKM", "Death³", "6,800", "–", "6,800"] in listed


@pytest.mark.parametrize("count", [1, 2, 3, 6, 12])
@pytest.mark.parametrize("plan", Plan)
def test_the_sums_stand_under_a_month(count, plan):
    listed = rows_of(receipt_for(months_of(count, plan)), ENGLISH)
    sums = next(place for place, row in enumerate(listed) if "Total" in row)
    assert set(Programme) & set(listed[sums - 1])


def test_half_a_year_of_the_complete_plan_fits_one_page():
    months = months_of(6, Plan.COMPLETE)
    assert {each.page for each in pieces_of(receipt_for(months), INDONESIAN)} == {1}


def test_credit_that_was_used_is_taken_off_the_total():
    assert beside(IN_PART, "Total") == ["Rp33,600"]
    assert beside(IN_PART, "Paid from credit") == ["−Rp8,400"]
    assert beside(IN_PART, "Paid at the bank") == ["Rp25,200"]


def test_what_credit_paid_whole_names_no_bank():
    text = text_of(BY_CREDIT)
    assert beside(BY_CREDIT, "Paid at the bank") == ["Rp0"]
    assert "Bank reference" not in text
    assert "was paid entirely from your credit" in text


def test_money_that_became_credit_says_so_and_why():
    text = text_of(CREDITED)
    assert "RECEIVED" in text
    assert below(CREDITED, "Goes towards") == "Your next invoice"
    assert beside(CREDITED, "Paid at the bank") == ["Rp8,400"]
    assert "the months that were due had become others" in text
    for not_said in ("PAID", "Protected until", "Programme", "Legal basis"):
        assert not_said not in text


def test_months_gone_by_promise_no_protection():
    arrears = replace(ONE_MONTH, protected_until=None)
    assert below(arrears, "Protection") == "Not extended"
    assert "Protected until" not in text_of(arrears)


def test_whoever_has_no_member_number_yet_is_shown_none():
    assert "Member number" not in text_of(replace(CREDITED, member_number=None))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("receipt", [ONE_MONTH, A_YEAR, IN_PART, BY_CREDIT, CREDITED])
def test_every_amount_is_the_one_that_json_tells(receipt, language):
    told = ReceiptSchema().dump(receipt)
    listed = rows_of(receipt, language)

    def money(amount):
        return spoken_rupiah(Rupiah(amount)).in_(language)

    lines = [row[row.index(code) + 2 :] for row in listed for code in Programme if code in row]
    assert [line[:3] for line in lines] == [
        [
            money(line["base"])[2:],
            "−" + money(line["relief"])[2:] if line["relief"] else "–",
            money(line["amount"])[2:],
        ]
        for month in told["months"]
        for line in month["lines"]
    ]
    assert [line[3] for line in lines if line[3:]] == [money(m["amount"]) for m in told["months"]]
    for label, amount in (
        (words.TOTAL, told["total"]),
        (words.AT_BANK, told["amount"]),
        (words.CREDITED, told["credited"]),
    ):
        shown = [row[-1] for row in listed if row[-2:-1] == [label.in_(language)]]
        assert (money(amount) in shown) or not amount, label


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("receipt", [ONE_MONTH, A_YEAR, IN_PART, BY_CREDIT, CREDITED, WORDY])
def test_no_text_leaves_the_margins_or_lies_on_another(receipt, language):
    pieces = pieces_of(receipt, language)
    outside = [
        each.text
        for each in pieces
        if each.left < LEFT - 0.5 or each.right > RIGHT + 0.5 or each.top < TOP or each.bottom > 287
    ]
    assert outside == []
    assert [(a.text, b.text) for a, b in combinations(pieces, 2) if a.overlaps(b)] == []


def test_a_long_name_is_told_whole():
    pieces = pieces_of(WORDY, ENGLISH)
    left = "".join(each.text for each in pieces if each.left < 100)
    assert WORDY.full_name.replace(" ", "") in left.replace(" ", "")
    assert WORDY.bank_reference in "".join(each.text for each in pieces if each.left > 100)


def test_a_letter_that_cannot_be_drawn_is_seen_to_be_missing():
    assert below(replace(ONE_MONTH, full_name="Siti Ж"), "Name") == "Siti □"


@pytest.mark.parametrize("receipt", [ONE_MONTH, A_YEAR, CREDITED])
def test_the_page_is_not_blank(receipt):
    with opened(drawn(receipt, INDONESIAN)) as document:
        for page in document:
            ink = page.render(scale=0.5, grayscale=True).to_pil().histogram()
            assert 0.01 < 1 - ink[255] / sum(ink) < 0.5


def test_the_same_receipt_is_the_same_to_the_byte_whoever_draws_beside_it():
    with ThreadPoolExecutor(4) as threads:
        again = list(threads.map(lambda _: receipt_pdf(A_YEAR, ENGLISH), range(4)))
    assert set(again) == {drawn(A_YEAR, ENGLISH)}
    assert drawn(A_YEAR, ENGLISH) != drawn(A_YEAR, INDONESIAN)


def test_the_document_says_what_it_is_and_not_whose():
    pdf = drawn(ONE_MONTH, ENGLISH)
    with opened(pdf) as document:
        told = document.get_metadata_dict(skip_empty=True)
    assert (told["Title"], told["Author"]) == ("Receipt", "Jaring")
    assert told["CreationDate"].startswith("D:20261122050000")
    assert set(told) == {"Title", "Author", "CreationDate"}
    assert b"/Lang (en)" in pdf


@pytest.mark.parametrize("receipt", [ONE_MONTH, A_YEAR, WORDY])
def test_it_is_small_enough_for_a_bad_line(receipt):
    assert len(drawn(receipt, INDONESIAN)) < 25_000


def test_its_name_tells_the_day_in_jakarta():
    late = replace(ONE_MONTH, paid_at=ONE_MONTH.paid_at + timedelta(hours=13))
    assert receipt_file_name(late, INDONESIAN) == "bukti-pembayaran-2026-11-23.pdf"
    assert receipt_file_name(ONE_MONTH, ENGLISH) == "receipt-2026-11-22.pdf"


def test_months_that_had_gone_by_are_not_said_to_protect():
    said = "no day before this payment is protected"
    in_december = datetime(2026, 12, 5, 5, tzinfo=UTC)
    assert said in text_of(replace(ONE_MONTH, paid_at=in_december))
    assert said not in text_of(ONE_MONTH)
