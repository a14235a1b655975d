from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from services.bank_statement import NotAStatement, StatementLine, read

HEADER = "date,reference_no,payment_request_id,virtual_account_no,amount\n"
ROW = "2026-11-22,004276511300183771,7d1f,888998706291395132,33600.00\n"
PAYMENT = StatementLine(
    number=2,
    day=date(2026, 11, 22),
    reference_no="004276511300183771",
    payment_request_id="7d1f",
    virtual_account_no="888998706291395132",
    amount=Decimal(33_600),
)


def lines(text, encoding="utf-8"):
    return list(read(BytesIO(text.encode(encoding))))


def refusal(text, encoding="utf-8"):
    with pytest.raises(NotAStatement) as refused:
        lines(text, encoding)
    return str(refused.value)


def test_a_statement_of_a_bank_is_read_line_by_line():
    assert lines(HEADER + ROW) == [PAYMENT]


def test_a_day_without_payments_is_a_statement_too():
    assert lines(HEADER) == []


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEADER + ROW,
        (HEADER + ROW).replace("\n", "\r\n"),
        (HEADER + ROW).replace(",", ";"),
        HEADER.replace(",", ";") + ROW.replace(",", ";").replace(".00", ",00"),
        HEADER.upper() + ROW,
        HEADER + ROW.replace("7d1f", '"7d1f"'),
        HEADER + ROW + "\n\n",
        HEADER + ROW.strip(),
        HEADER + ROW.replace(",888", ", 888"),
        "amount,date,note,virtual_account_no,reference_no,payment_request_id\n"
        "33600,2026-11-22,at a counter,888998706291395132,004276511300183771,7d1f\n",
    ],
    ids=[
        "byte order mark",
        "CRLF",
        "semicolons",
        "decimal comma",
        "capitals",
        "quotes",
        "blank lines",
        "no last line end",
        "spaces",
        "other columns",
    ],
)
def test_what_others_do_to_such_a_file_is_taken_as_it_comes(text):
    assert lines(text) == [PAYMENT]


def test_lines_are_numbered_as_an_editor_does():
    assert [line.number for line in lines(HEADER + ROW + "\n" + ROW)] == [2, 4]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: there must be one column each called date, reference_no"),
        ("<html>not found</html>\n", "line 1: there must be one column each called date"),
        (HEADER.replace(",amount", ""), "line 1: there must be one column each called amount"),
        (HEADER.strip() + ",amount\n", "line 1: there must be one column each called amount"),
        (HEADER + ROW + "2026-11-22,1,2\n", "line 3: it has 3 columns, and the first line has 5"),
        (HEADER + ROW.replace("2026-11-22", "22/11/2026"), "line 2: date is not a day"),
        (HEADER + ROW.replace("2026-11-22", "2026-11-31"), "line 2: date is not a day"),
        (HEADER + ROW.replace("2026-11-22", "20261122"), "line 2: date is not a day"),
        (HEADER + ROW.replace("888998706291395132", "8.88999E+17"), "line 2: virtual_account_no"),
        (HEADER + ROW.replace("7d1f", ""), "line 2: payment_request_id"),
        (HEADER + ROW.replace("7d1f", "7d\x1b[1f"), "line 2: payment_request_id"),
        (HEADER + ROW.replace("7d1f", "7" * 200), "line 2: payment_request_id"),
        (HEADER + ROW.replace("33600.00", "-33600.00"), "line 2: amount is not Rupiah"),
        (HEADER + ROW.replace("33600.00", "33.600"), "line 2: amount is not Rupiah"),
        (HEADER + ROW.replace("33600.00", "1e5"), "line 2: amount is not Rupiah"),
        (HEADER + ROW + ROW.replace("7d1f", 'a"b"c').replace(",a", ',"'), "line 3: it is not CSV"),
    ],
)
def test_anything_else_is_refused_by_the_line(text, why):
    assert refusal(text).startswith(f"The file is not a bank's statement: {why}")


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_what_is_not_utf_8_is_refused(encoding):
    assert refusal(HEADER + ROW.replace("7d1f", "é"), encoding).endswith("not text in UTF-8.")


def test_a_refusal_repeats_nothing_of_what_the_file_says():
    said = refusal(HEADER + ROW.replace("33600.00", "Siti Aminah"))
    assert "Siti" not in said
    assert "8889" not in said
