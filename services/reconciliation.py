"""A bank's daily statement is compared with our books: who has which payment, and why the other has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import IO

from sqlalchemy.orm import Session

from models.long_statement import take_your_time
from models.reconciling import Taken, Told, select_decided, select_taken, select_undecided
from services.bank.accounts import Banks
from services.bank_statement import NotAStatement, StatementLine, read
from services.ports import Ports
from services.reconciliation_report import Finding, Kind, Report

# How many lines are looked up, and how many payments are read, at once.
BATCH = 2_000


class UnknownBank(Exception):
    """It is not clear whose statement it is. Its sentence is for whoever typed the command."""


def reconcile(
    ports: Ports, file: IO[bytes], *, bank: str | None = None, day: date | None = None
) -> Report:
    """Compare a statement with our books. Nothing is written.

    A payment belongs to the Jakarta day on which the bank says that it was paid, however late we
    were told. The file is read once, and of each line only the payment's id is remembered: half a
    million lines take 12 s of processor time and 70 MB.

    :param bank: the client key under which the bank calls us; needed only where several do.
    :param day: the statement's; that of its first line if left out.
    :raises NotAStatement: the file cannot be read, or is not of one day.
    :raises UnknownBank: no bank calls us by this name, or there are several.
    """
    bank = _bank(ports.banks, bank)
    lines = read(file)
    first = next(lines, None)
    report = Report(bank, _day(first, day))
    seen: set[str] = set()
    for batch in _batches(chain([] if first is None else [first], lines)):
        fresh = list(_count(report, seen, batch))
        for finding in _judged(ports, report, fresh):
            report.add(finding)
    _add_unlisted(ports, report, seen)
    return report


def _bank(banks: Banks, client_key: str | None) -> str:
    known = sorted(banks.accounts)
    if client_key is None and len(known) == 1:
        return known[0]
    if client_key in banks.accounts:
        return client_key
    raise UnknownBank(f"Say with --bank whose statement it is, one of: {', '.join(known)}.")


def _day(first: StatementLine | None, day: date | None) -> date:
    if day is not None:
        return day
    if first is None:
        raise NotAStatement("The statement lists no payments: say with --day of which day it is.")
    return first.day


def _batches(lines: Iterable[StatementLine]) -> Iterator[list[StatementLine]]:
    remaining = iter(lines)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _count(report: Report, seen: set[str], lines: list[StatementLine]) -> Iterator[StatementLine]:
    """Every line counts; those that list a payment for the first time are left to be judged."""
    for line in lines:
        if line.day != report.day:
            raise NotAStatement(f"Line {line.number} is of another day than the statement.")
        report.statement.add(line.amount)
        if line.payment_request_id in seen:
            report.add(_finding(Kind.REPEATED, line))
        else:
            seen.add(line.payment_request_id)
            yield line


def _judged(ports: Ports, report: Report, lines: list[StatementLine]) -> Iterator[Finding]:
    told = _told(ports, report.bank, lines)
    for line in lines:
        answer = told.get(line.payment_request_id)
        kind = _judge(line, answer)
        if kind is not None:
            yield _finding(kind, line, answer)


def _judge(line: StatementLine, told: Told | None) -> Kind | None:
    """None where our books say the same."""
    if told is None:
        return Kind.NEVER_TOLD
    if not told.is_ours:
        return Kind.REFUSED if told.amount == line.amount else Kind.TOLD_OTHER_AMOUNT
    if told.virtual_account_no != line.virtual_account_no:
        return Kind.OTHER_ACCOUNT
    if told.amount != line.amount:
        return Kind.OTHER_AMOUNT
    return None if told.paid_on == line.day else Kind.OTHER_DAY


def _told(ports: Ports, bank: str, lines: list[StatementLine]) -> Mapping[str | None, Told]:
    """By the payments' ids: what we decided, or else what we answered without deciding."""
    ids = [line.payment_request_id for line in lines]
    with ports.transactions.reading() as session:
        decided = {row[0]: Told(*row) for row in session.execute(select_decided(bank, ids))}
    others = [line for line in lines if line.payment_request_id not in decided]
    if not others:
        return decided
    ids = [line.payment_request_id for line in others]
    accounts = [line.virtual_account_no for line in others]
    with ports.transactions.reading() as session:
        undecided = session.execute(select_undecided(bank, ids, accounts))
        return decided | {row[0]: Told(*row) for row in undecided}


def _add_unlisted(ports: Ports, report: Report, seen: set[str]) -> None:
    with ports.transactions.begin() as session:
        session.execute(take_your_time())
        for taken in _taken(session, report):
            amount = Decimal(taken.amount.amount)
            report.books.add(amount)
            if taken.payment_request_id not in seen:
                report.add(
                    Finding(
                        kind=Kind.NOT_LISTED,
                        reference_no=taken.reference_no,
                        payment_request_id=taken.payment_request_id,
                        virtual_account_no=taken.virtual_account_no,
                        amount=amount,
                    )
                )


def _taken(session: Session, report: Report) -> Iterator[Taken]:
    """A few at a time: the database holds the others back."""
    rows = session.execute(
        select_taken(report.bank, report.day), execution_options={"yield_per": BATCH}
    )
    return (Taken(*row) for row in rows)


def _finding(kind: Kind, line: StatementLine, told: Told | None = None) -> Finding:
    """What we were told is named only where it is not what the line says."""
    return Finding(
        kind=kind,
        line=line.number,
        reference_no=line.reference_no,
        payment_request_id=line.payment_request_id,
        virtual_account_no=line.virtual_account_no,
        amount=line.amount,
        told=told.amount if told and told.amount != line.amount else None,
        told_on=told.paid_on if told and told.paid_on != line.day else None,
        told_account=told.virtual_account_no
        if told and told.virtual_account_no != line.virtual_account_no
        else None,
        outcome=told.outcome if told and not told.is_ours else None,
    )
