"""A receipt as a PDF that one is glad to show: at a glance on a phone, in full on paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

from models.pricing import Line, PricedMonth
from models.receipt import Receipt
from models.values.jakarta import day_of
from models.values.plan import PROGRAMME_NAMES
from models.values.rupiah import Rupiah
from models.values.spoken import spoken_day, spoken_instant, spoken_month, spoken_rupiah
from models.values.words import Language, Words
from schemas import receipt_words as words
from schemas.sheet import ACCENT, GREY, LEFT, RIGHT, TOP, WHITE, Sheet, Style
from schemas.typeface import Weight

_BRAND = Style(12, Weight.STRONG, ACCENT)
_TITLE = Style(24, Weight.STRONG)
_SMALL = Style(9, ink=GREY)
_PILL = Style(11, Weight.STRONG, WHITE)
_LARGE = Style(32, Weight.STRONG, ACCENT)
_MEDIUM = Style(16, Weight.STRONG)
_LABEL = Style(7.5, ink=GREY)
_VALUE = Style(10)
_HEADING = Style(9, Weight.STRONG, ACCENT)
_CELL = Style(9)
_FAINT_CELL = Style(9, ink=GREY)
_STRONG_CELL = Style(9, Weight.STRONG)
_RESULT = Style(12, Weight.STRONG)
_NOTE = Style(8, ink=GREY)

# Millimetres, all of them.
_HALF = (RIGHT - LEFT - 8) / 2
_MIDDLE = LEFT + _HALF + 8
_PANEL_HEIGHT = 29.0
_PANEL_EDGE = 7.0
_SECOND_IN_PANEL = 122.0
# Where the table's columns start or, those of figures, end.
_CODE, _PROGRAMME = 52.0, 60.0
_BASE, _RELIEF, _AMOUNT = 124.0, 146.0, 166.0
_ROW, _BETWEEN_MONTHS = 4.7, 2.8
_BEFORE_CLOSING, _BEFORE_PROOF = 6.5, 5.0
_SUM_ROW = 6.5

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def receipt_pdf(receipt: Receipt, language: Language) -> bytes:
    """The same bytes for the same receipt in the same language."""
    return _Paper(receipt, language).written()


def receipt_file_name(receipt: Receipt, language: Language) -> str:
    """Plain ASCII, with nothing in it of whom the receipt is for."""
    return words.FILE_NAME.in_(language, day=day_of(receipt.paid_at))


class _Paper:
    """What is to be read stands in ``receipt_words``; here is where it stands on the page."""

    def __init__(self, receipt: Receipt, language: Language) -> None:
        self.receipt, self.language = receipt, language
        self.sheet = Sheet(
            title=self.say(words.TITLE),
            language=language,
            made_at=receipt.paid_at,
            foot=self.say(words.FOOT, invoice=receipt.invoice_id),
        )

    def say(self, sentence: Words, **details: object) -> str:
        return sentence.in_(self.language, **details)

    def money(self, rupiah: Rupiah) -> str:
        return self.say(spoken_rupiah(rupiah))

    def figure(self, rupiah: Rupiah) -> str:
        return self.money(rupiah).removeprefix("Rp")

    def written(self) -> bytes:
        self._head()
        self._panel()
        self._facts()
        if self.receipt.months:
            self._table(self.receipt.months)
        else:
            self._explanation()
        self._closing()
        return self.sheet.to_bytes()

    def _head(self) -> None:
        sheet = self.sheet
        sheet.write(LEFT, TOP + 4, "Jaring", _BRAND)
        sheet.write(LEFT, TOP + 19, self.say(words.TITLE), _TITLE)
        sheet.write(LEFT, TOP + 26, self.say(words.SUBJECT), _SMALL)
        status = words.PAID if self.receipt.months else words.RECEIVED
        sheet.pill(TOP, self.say(status), _PILL, 9)
        paid_at = self.say(spoken_instant(self.receipt.paid_at))
        sheet.write(RIGHT, TOP + 14.5, paid_at, _SMALL, from_right=True)
        sheet.y = TOP + 32

    def _panel(self) -> None:
        """What one looks for: how much it was, and what it is good for."""
        sheet, label, value = self.sheet, self.sheet.y + 9.5, self.sheet.y + 22
        sheet.panel(sheet.y, _PANEL_HEIGHT)
        (money, rupiah), (use, good_for) = self._money(), self._use()
        sheet.write(LEFT + _PANEL_EDGE, label, money, _SMALL)
        sheet.write(LEFT + _PANEL_EDGE, value, self.money(rupiah), _LARGE)
        sheet.write(_SECOND_IN_PANEL, label, self.say(use), _SMALL)
        sheet.write(_SECOND_IN_PANEL, value, self.say(good_for), _MEDIUM)
        sheet.y += _PANEL_HEIGHT + 10

    def _money(self) -> tuple[str, Rupiah]:
        receipt, count = self.receipt, len(self.receipt.months)
        if not count:
            return self.say(words.KEPT_AS_CREDIT), receipt.credited
        label = words.ONE_MONTH if count == 1 else words.MONTHS
        return self.say(label, count=count), receipt.total

    def _use(self) -> tuple[Words, Words]:
        if not self.receipt.months:
            return words.USE, words.NEXT_INVOICE
        if self.receipt.protected_until is None:
            return words.PROTECTION, words.NOT_EXTENDED
        return words.PROTECTED_UNTIL, spoken_day(self.receipt.protected_until)

    def _facts(self) -> None:
        receipt, sheet = self.receipt, self.sheet
        participant = (
            (words.NAME, receipt.full_name),
            (words.NIK, receipt.nik_masked),
            (words.MEMBER_NUMBER, receipt.member_number),
            (words.REGISTRATION_NUMBER, receipt.registration_number),
        )
        payment = (
            (words.VIRTUAL_ACCOUNT, receipt.virtual_account_no),
            (words.BANK_REFERENCE, receipt.bank_reference),
            (words.INVOICE, str(receipt.invoice_id)),
        )
        sheet.y = 3 + max(
            self._column(LEFT, words.PARTICIPANT, participant),
            self._column(_MIDDLE, words.PAYMENT, payment),
        )

    def _column(self, x: float, heading: Words, facts: Sequence[tuple[Words, str | None]]) -> float:
        """:returns: where it ends."""
        y = self.sheet.y
        self.sheet.write(x, y, self.say(heading), _HEADING)
        y += 6
        for label, value in facts:
            if value is not None:
                self.sheet.write(x, y, self.say(label), _LABEL)
                y = self.sheet.paragraph(x, y + 4.4, value, _VALUE, _HALF) + 1
        return y

    def _explanation(self) -> None:
        sheet = self.sheet
        why = self.say(words.WHY_CREDIT)
        sheet.y = sheet.paragraph(LEFT, sheet.y + 3, why, _VALUE, RIGHT - LEFT)
        sheet.rule(sheet.y)

    def _table(self, months: Sequence[PricedMonth]) -> None:
        self._headings()
        for month in months:
            height = len(month.lines) * _ROW + _BETWEEN_MONTHS
            # What it comes to stands under a month, never on a page of its own.
            closing = self._closing_height if month is months[-1] else 0
            if not self.sheet.has_room_for(height + closing):
                self.sheet.next_page()
                self._headings()
            self._month(month)

    def _headings(self) -> None:
        sheet, y = self.sheet, self.sheet.y + 3
        sheet.write(LEFT, y, self.say(words.MONTH), _LABEL)
        sheet.write(_CODE, y, self.say(words.PROGRAMME), _LABEL)
        figures = ((_BASE, words.BASE), (_RELIEF, words.RELIEF), (_AMOUNT, words.AMOUNT))
        for x, heading in (*figures, (RIGHT, words.SUM)):
            sheet.write(x, y, self.say(heading), _LABEL, from_right=True)
        sheet.rule(y + 2.2, ink=ACCENT, thickness=0.4)
        sheet.y = y + 2.2

    def _month(self, month: PricedMonth) -> None:
        sheet, first = self.sheet, self.sheet.y + 5.2
        sheet.write(LEFT, first, self.say(spoken_month(month.month)), _STRONG_CELL)
        sheet.write(RIGHT, first, self.money(month.amount), _STRONG_CELL, from_right=True)
        for row, line in enumerate(month.lines):
            self._line(first + row * _ROW, line)
        sheet.y += len(month.lines) * _ROW + _BETWEEN_MONTHS
        sheet.rule(sheet.y)

    def _line(self, y: float, line: Line) -> None:
        sheet = self.sheet
        sheet.write(_CODE, y, line.programme, _FAINT_CELL)
        name = self.say(PROGRAMME_NAMES[line.programme]) + self._numbers[line.basis]
        sheet.write(_PROGRAMME, y, name, _CELL)
        relief = f"−{self.figure(line.relief)}" if line.relief else "–"
        sheet.write(_BASE, y, self.figure(line.base), _FAINT_CELL, from_right=True)
        sheet.write(_RELIEF, y, relief, _FAINT_CELL, from_right=True)
        sheet.write(_AMOUNT, y, self.figure(line.amount), _CELL, from_right=True)

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """The laws behind the amounts, each with the number of its note."""
        lines = (line for month in self.receipt.months for line in month.lines)
        laws = dict.fromkeys(line.basis for line in lines)
        return {law: str(number).translate(_RAISED) for number, law in enumerate(laws, start=1)}

    def _closing(self) -> None:
        """The sums with the laws beside them, and what all of it proves."""
        sheet, y = self.sheet, self.sheet.y + _BEFORE_CLOSING
        sheet.write_lines(LEFT, y, self._laws, _NOTE)
        sheet.write_lines(LEFT, y + self._sums_height + _BEFORE_PROOF, self._proof, _NOTE)
        for label, rupiah, sign in self._sums:
            style = _CELL if label is not self._sums[-1][0] else _RESULT
            sheet.write(_MIDDLE, y, self.say(label), style)
            sheet.write(RIGHT, y, sign + self.money(rupiah), style, from_right=True)
            y += _SUM_ROW

    @property
    def _closing_height(self) -> float:
        proof = (len(self._proof) - 1) * _NOTE.leading
        return _BEFORE_CLOSING + self._sums_height + _BEFORE_PROOF + proof

    @property
    def _sums_height(self) -> float:
        return max(len(self._sums) * _SUM_ROW, len(self._laws) * _NOTE.leading)

    @cached_property
    def _sums(self) -> list[tuple[Words, Rupiah, str]]:
        """Each with its sign; the last is the result."""
        receipt = self.receipt
        if not receipt.months:
            return [(words.AT_BANK, receipt.amount, ""), (words.CREDITED, receipt.credited, "")]
        used = [(words.CREDIT_USED, receipt.credit_used, "−")] if receipt.credit_used else []
        return [(words.TOTAL, receipt.total, ""), *used, (words.AT_BANK, receipt.amount, "")]

    @cached_property
    def _laws(self) -> list[str]:
        if not self.receipt.months:
            return []
        notes = [f"{number} {law}" for law, number in self._numbers.items()]
        each = (self.sheet.lines(note, _NOTE, _HALF) for note in notes)
        return [self.say(words.LEGAL_BASIS), *chain.from_iterable(each)]

    @cached_property
    def _proof(self) -> list[str]:
        proof = words.PROVES_PAYMENT if self.receipt.amount else words.PROVES_USE_OF_CREDIT
        if not self.receipt.months:
            proof = words.PROVES_CREDIT
        gone_by = any(each.month.ends_at <= self.receipt.paid_at for each in self.receipt.months)
        told = (proof, *([words.NOT_BACKWARDS] if gone_by else []), words.MADE)
        return self.sheet.lines(" ".join(map(self.say, told)), _NOTE, RIGHT - LEFT)
