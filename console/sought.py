"""The fields into which somebody types what they search by: one kind of key, of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console.faults import Faults
from console.forms import Form
from console.number_kinds import kinds_of
from console.speech import Said
from console.words.sought import ANY_NUMBER, KINDS, SOUGHT
from models.values.audit import SearchedBy
from models.values.faults import REQUIRED
from models.values.spoken import spoken_list
from models.values.words import Words

FIELDS = ("number", "full_name", "birth_date", "external_id", "partner")
_PAIRS: Mapping[str, tuple[str, ...]] = {
    SearchedBy.NAME: ("full_name", "birth_date"),
    SearchedBy.EXTERNAL_ID: ("external_id", "partner"),
}
_NUMBERS = {kind.value for kind in SearchedBy} - {SearchedBy.EXTERNAL_ID.value}


def key_in(filled: Form) -> tuple[dict[str, str], dict[str, Words]]:
    """By what is searched, under its names in the API; empty, with faults, if that is not clear."""
    by = filled.text("by") or ANY_NUMBER
    names = _PAIRS.get(by, ("number",))
    faults = {name: REQUIRED.said for name in names if not filled.text(name)}
    if faults or by in _PAIRS:
        return ({} if faults else filled.given(*names)), faults
    number = filled.text("number")
    if by != ANY_NUMBER and by in KINDS:
        return {by: number}, {}
    kinds = kinds_of(number)
    return ({kinds[0].value: number}, {}) if len(kinds) == 1 else ({}, {"number": _which(kinds)})


def placed(faults: Faults) -> dict[str, Words]:
    """By the fields of the form: all numbers are typed into one."""
    return {"number" if name in _NUMBERS else name: words for name, words in faults.items()}


def shown(filled: Form) -> dict[str, Any]:
    """What the template of these fields asks for."""
    return {
        "s": Said(SOUGHT),
        "by": filled.text("by") or ANY_NUMBER,
        "kinds": [(str(kind), words) for kind, words in KINDS.items()],
    }


def _which(kinds: Sequence[SearchedBy]) -> Words:
    if not kinds:
        return SOUGHT["unknown"]
    return SOUGHT["which"].with_(kinds=spoken_list([KINDS[kind] for kind in kinds]))
