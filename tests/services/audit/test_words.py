"""Each event in a sentence, whatever it is of."""

import pytest

from models.audit_event import AuditEvent
from models.values.access import AccessReason, StaffRole
from models.values.audit import AuditAction, SearchedBy
from services.audit.words import BY, REASONS, VERBS, tell
from services.lookup.errors import WorkerNotFound

SITI = {"username": "siti", "role": StaffRole.SUPPORT, "source": "10.1.2.3"}


def told(**columns):
    said = tell(AuditEvent(**columns))
    return said.id, said.en


def test_there_are_words_for_everything():
    assert set(VERBS) == set(AuditAction)
    assert set(BY) == set(SearchedBy)
    assert set(REASONS) == set(AccessReason)


def test_what_was_done_is_told_with_where_from_and_why():
    assert told(
        **SITI,
        action=AuditAction.LOOKED_UP,
        searched_by=SearchedBy.NIK,
        reason=AccessReason.CALLER_ASKS,
    ) == (
        "siti (layanan bantuan) mencari peserta menurut NIK dari 10.1.2.3. Alasan: peserta bertanya.",
        "siti (support) looked for a worker by NIK from 10.1.2.3. The reason: a caller asks.",
    )


def test_so_is_what_was_refused():
    assert told(**SITI, action=AuditAction.VIEWED_WORKER, refusal="worker-not-found") == (
        "siti (layanan bantuan) mencoba melihat catatan peserta dari 10.1.2.3, tetapi ditolak: "
        "“Peserta tidak ditemukan” (worker-not-found).",
        "siti (support) tried to see a worker's record from 10.1.2.3, and was refused: "
        f"“{WorkerNotFound.title.en}” (worker-not-found).",
    )


def test_an_error_that_there_is_no_more_is_told_by_its_code():
    assert (
        "tetapi ditolak: long-gone."
        in told(**SITI, action=AuditAction.VIEWED_WORKER, refusal="long-gone")[0]
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "command line",
            (
                "Pengelola server membuat akun petugas lewat baris perintah.",
                "Whoever runs the server opened an account of staff at the command line.",
            ),
        ),
        (
            "10.1.2.3",
            (
                "Seseorang yang tidak dikenal membuat akun petugas dari 10.1.2.3.",
                "Somebody unknown opened an account of staff from 10.1.2.3.",
            ),
        ),
    ],
)
def test_somebody_without_an_account_is_told_by_where_they_sit(source, said):
    assert told(action=AuditAction.ADDED_ACCOUNT, source=source) == said


@pytest.mark.parametrize("name", ["{who}", "{0}", "a{", "%s"])
def test_no_text_is_taken_for_a_gap_to_fill(name):
    sentence, _ = told(
        **{**SITI, "username": name, "source": name},
        action=AuditAction.SIGNED_IN,
        refusal=name,
        reason=AccessReason.OTHER,
    )
    assert sentence.count(name) == 3


@pytest.mark.parametrize("action", AuditAction)
def test_every_sentence_is_one(action):
    for sentence in told(**SITI, action=action):
        assert sentence.endswith("10.1.2.3.")
        assert "  " not in sentence
