"""What our staff did about a worker: in words for their colleagues."""

from __future__ import annotations

from collections.abc import Mapping

from models.merged_list import Details
from models.timeline.staff.kind import StaffKind
from models.values.spoken import spoken_list
from models.values.words import Words
from services.access_words import ROLES
from services.audit.words import REASONS, RULINGS, VERBS, told_refusal
from services.lookup.field_words import FIELDS
from services.timeline.staff.sentences import StaffSentences, joined, quoted

_WHO = Words("{username} ({role})", "{username} ({role})")
# Nobody signs in to see a worker, so it was not a stranger.
_OPERATOR = Words("Pengelola server", "Whoever runs the server")
_DONE = Words("{who} {what}.", "{who} {what}.")
_REFUSED = Words(
    "{who} mencoba {what}, tetapi ditolak: {refusal}.",
    "{who} tried to {what}, and was refused: {refusal}.",
)
_NAMES: Mapping[str, Words] = {field.value: said for field, said in FIELDS.items()}
_FIELDS = Words("Yang dibuka: {fields}.", "What was revealed: {fields}.")
_DECISION = Words("Keputusan: {decision}.", "The decision: {decision}.")
_AWAITS_SECOND = Words(
    "Belum berlaku: petugas lain harus menguatkannya.",
    "It is not in force yet: another officer has to confirm it.",
)
_REASON = Words("Alasan: {reason}.", "The reason: {reason}.")


def _done(deed: Details) -> Words:
    reason, fields, decision = (deed[name] for name in ("access_reason", "fields", "decision"))
    return joined(
        _what(deed),
        _FIELDS.with_(fields=_named(fields)) if fields else None,
        _DECISION.with_(decision=RULINGS.get(decision, quoted(decision))) if decision else None,
        _AWAITS_SECOND if deed["awaits_second"] else None,
        _REASON.with_(reason=REASONS[reason]) if reason else None,
    )


def _named(fields: list[str]) -> Words:
    return spoken_list([_NAMES.get(each, quoted(each)) for each in fields])


def _what(deed: Details) -> Words:
    verb, refusal = VERBS[deed["action"]], deed["refusal"]
    done = Words(verb.id, verb.plain if refusal else verb.past)
    said = {"who": _who(deed), "what": done}
    if refusal is None:
        return _DONE.with_(**said)
    return _REFUSED.with_(**said, refusal=told_refusal(refusal))


def _who(deed: Details) -> Words:
    if deed["username"] is None:
        return _OPERATOR
    return _WHO.with_(username=quoted(deed["username"]), role=ROLES[deed["role"]])


SENTENCES: StaffSentences = {StaffKind.STAFF_ACTION: _done}
