"""Words of what an event of the audit says besides its sentence."""

from collections.abc import Mapping
from typing import Any

from console.words.privacy import KINDS as REQUESTS
from console.words.reviews import KINDS, STATES
from console.words.timeline import TOPICS
from models.values.access import StaffRole
from models.values.audit import AuditAction
from models.values.decision import Outcome
from models.values.permission import Permission
from models.values.words import Words
from services.access_words import ROLES
from services.audit.words import RULINGS, VERBS
from services.lookup.field_words import FIELDS
from services.staff.proving import UNKNOWN_NAME, Cause
from services.timeline.messages import CHANNELS

NAMES: Mapping[str, Words] = {
    "account": Words("petugas", "officer"),
    "action": Words("tindakan", "deed"),
    "by": Words("lewat", "by"),
    "cancelled": Words("dibatalkan", "called off"),
    "cause": Words("sebabnya", "cause"),
    "channel": Words("lewat", "by"),
    "decision": Words("keputusan", "decision"),
    "displaces": Words("menggantikan peserta", "displaces the worker"),
    "fields": Words("isian", "fields"),
    "found": Words("ditemukan", "found"),
    "from": Words("dari tanggal", "from"),
    "kind": Words("jenis", "kind"),
    "locked_until": Words("dikunci sampai", "locked until"),
    "more": Words("masih ada yang lain", "there are others"),
    "outcome": Words("hasil", "outcome"),
    "permission": Words("yang diminta", "what was asked for"),
    "refusals": Words("hanya yang ditolak", "refusals only"),
    "role": Words("peran", "role"),
    "sessions": Words("sesi diakhiri", "sessions ended"),
    "shown": Words("ditampilkan", "shown"),
    "state": Words("keadaan", "state"),
    "topic": Words("bagian", "thread"),
    "until": Words("sampai tanggal", "until"),
}
_YES_OR_NO = {True: Words("ya", "yes"), False: Words("tidak", "no")}
_OUTCOMES = {
    Outcome.DECIDED: Words("dilaksanakan", "carried out"),
    Outcome.AWAITING_SECOND: Words("menunggu petugas kedua", "awaiting a second officer"),
    Outcome.SENT_BACK: Words("dikembalikan", "sent back"),
}
_CAUSES = {
    Cause.PASSWORD: Words("kata sandi salah", "wrong password"),
    Cause.CODE: Words("kode salah", "wrong code"),
    Cause.SPENT_CODE: Words("kode sudah dipakai", "code was used before"),
    Cause.CLOSED_ACCOUNT: Words("akun ditutup", "account is closed"),
    UNKNOWN_NAME: Words("nama tidak dikenal", "unknown name"),
}
_PERMISSIONS = {
    Permission.LOOK_UP: Words("mencari dan melihat peserta", "finding and seeing workers"),
    Permission.RESEND: Words("mengirim ulang pesan", "sending messages again"),
    Permission.REVIEW: Words("kasus pemeriksaan", "reviews"),
    Permission.PRIVACY: Words("permintaan data pribadi", "personal-data requests"),
    Permission.BATCHES: Words("berkas mitra", "partners' files"),
    Permission.RESUME_BATCH: Words("melanjutkan berkas mitra", "resuming partners' files"),
    Permission.AUDIT: Words("catatan audit", "the audit"),
    Permission.ACCOUNTS: Words("akun petugas", "accounts of staff"),
}
_SIGNED_IN_BY = {
    "cookie": Words("konsol ini", "this console"),
    "token": Words("program lain (API)", "another program (API)"),
}
_ACTIONS = {each: Words(VERBS[each].id, VERBS[each].plain) for each in AuditAction}
VALUES: Mapping[str, Mapping[Any, Words]] = {
    "action": _ACTIONS,
    "by": _SIGNED_IN_BY,
    "cause": _CAUSES,
    "channel": CHANNELS,
    "decision": RULINGS,
    "fields": FIELDS,
    "kind": {**KINDS, **REQUESTS},
    "outcome": _OUTCOMES,
    "permission": _PERMISSIONS,
    "role": {role: ROLES[role] for role in StaffRole},
    "state": STATES,
    "topic": TOPICS,
}


def in_words(details: Mapping[str, object]) -> list[tuple[Words, list[Words]]]:
    """Each name with its values. What has no words of ours stands as it is; None tells nothing."""
    told = {name: value for name, value in details.items() if value is not None}
    return [(NAMES.get(name, _as_is(name)), _values(name, value)) for name, value in told.items()]


def _values(name: str, value: object) -> list[Words]:
    if isinstance(value, bool):
        return [_YES_OR_NO[value]]
    known = VALUES.get(name, {})
    values = value if isinstance(value, list) else [value]
    return [known.get(each, _as_is(each)) for each in values]


def _as_is(value: object) -> Words:
    return Words(str(value), str(value))
