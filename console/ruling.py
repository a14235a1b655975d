"""The form by which a case is decided: what may be chosen in it, and what was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from console.typed import Typed
from console.words.reviews import CONFIRMED, RULINGS
from models.values import review
from models.values.decision import Decision
from models.values.faults import NOT_THIS_FORM, FaultyValue
from models.values.note import read_note
from models.values.review import ReviewKind, Ruling
from models.values.words import Words
from services.reviews.evidence import OtherClaim
from services.reviews.shown import OpenedCase

# As the API takes it.
_BANK_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,63}")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """:param rulings: by their values, in words.
    :param holder: who holds the NIK, and would be refused if this one is verified.
    """

    rulings: Sequence[tuple[str, Words]]
    holder: OtherClaim | None
    asks_reference: bool


def choices_in(opened: OpenedCase) -> Choices:
    kind, others = opened.case.kind, opened.identity.others_with_nik if opened.identity else ()
    return Choices(
        rulings=[(each.value, said) for each, said in _rulings(opened)],
        holder=next((each for each in others if each.holds), None),
        asks_reference=kind is ReviewKind.REFUND,
    )


def _rulings(opened: OpenedCase) -> Sequence[tuple[Ruling, Words]]:
    """After a first decision it can only be confirmed or sent back."""
    if opened.first is not None:
        first = opened.first.decision
        return [(first, CONFIRMED[first]), (Ruling.SEND_BACK, RULINGS[Ruling.SEND_BACK])]
    open_to = review.RULINGS[opened.case.kind] - {Ruling.SEND_BACK}
    return [(each, RULINGS[each]) for each in Ruling if each in open_to]


def read_decision(typed: Typed) -> Decision | None:
    """None where something cannot be: ``typed.faults`` says what."""
    ruling = typed.one_of("decision", RULINGS)
    note = typed.needed("note", read_note)
    reference = typed.maybe("bank_reference", _reference)
    displaces = typed.maybe("displaces", _id)
    if ruling is None or note is None or typed.faults:
        return None
    return Decision(
        decision=ruling,
        note=note,
        displaces=displaces if ruling is Ruling.VERIFY else None,
        bank_reference=reference,
    )


def _reference(text: str) -> str:
    if not _BANK_REFERENCE.fullmatch(text):
        raise FaultyValue(NOT_THIS_FORM)
    return text


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise FaultyValue(NOT_THIS_FORM) from error
