"""Sending files of drivers."""

import gzip
from uuid import UUID

import pytest
from sqlalchemy import func, select

from models.enrolment_batch import BatchChunk, BatchStatus, EnrolmentBatch
from models.values.ids import new_id
from models.values.plan import Plan
from models.values.scope import Scope
from services.enrolment import chunks, places
from services.housekeeping import forget
from services.jobs import DrainBatches
from tests.api.uploading import CSV, NDJSON, PATH, XLSX, Uploads, digest_of, faults_of
from tests.driver_files import csv_of, drivers, ndjson_of, xlsx_of
from tests.driver_rows import row
from tests.partners import bearer, partner

FILE = csv_of(drivers(3))


@pytest.fixture
def ojek(ports, session):
    made = partner(ports, session)
    session.commit()
    return made


@pytest.fixture
def uploads(client, ports, ojek):
    return Uploads(client, ports, ojek)


@pytest.fixture
def kept(session):
    """How many batches and chunks there are."""
    return lambda: tuple(
        session.scalar(select(func.count()).select_from(table))
        for table in (EnrolmentBatch, BatchChunk)
    )


class Stream:
    """A body as a server gives it: it ends when the connection does."""

    def __init__(self, data):
        self._data = data

    def read(self, size=-1):
        taken, self._data = self._data[:size], self._data[size:]
        return taken


def streamed(uploads, stream, length=None, **headers):
    """:param length: what the headers say; without, they say nothing."""
    told = {"HTTP_TRANSFER_ENCODING": "chunked"} if length is None else {}
    return uploads.client.post(
        f"{PATH}?plan=basic",
        content_type=CSV,
        headers=uploads.bearer | {"Idempotency-Key": "k-1"} | headers,
        environ_overrides={
            "wsgi.input": stream,
            "wsgi.input_terminated": True,
            "CONTENT_LENGTH": str(length or 0),
            **told,
        },
    )


def arriving(session, ojek, ports, **changes):
    now = ports.clock.now()
    batch = EnrolmentBatch(
        **{"partner_id": ojek.id, "status": BatchStatus.RECEIVING, "dry_run": False,
           "plan": Plan.BASIC, "created_at": now, "progress_at": now, **changes}
    )  # fmt: skip
    session.add(batch)
    session.commit()
    return batch.id


def test_a_file_is_safe_and_on_its_way_when_202_is_answered(uploads, ports, session):
    answer = uploads.send(csv_of(drivers(4_002)), query="plan=complete&dry_run=true")
    assert answer.status_code == 202
    batch = answer.json
    assert answer.headers["Location"] == f"{PATH}/{batch['id']}"
    assert batch == {
        "id": batch["id"],
        "status": "processing",
        "dry_run": True,
        "rows": 4_002,
        "processed": 0,
        "accepted": 0,
        "unchanged": 0,
        "rejected": 0,
        "not_processed": 0,
        "created_at": "2026-11-22T05:00:00Z",
        "started_at": None,
        "completed_at": None,
        "checks_paused_at": None,
    }
    assert ports.jobs.waiting == [DrainBatches(UUID(batch["id"]))]
    assert session.get_one(EnrolmentBatch, UUID(batch["id"])).plan is Plan.COMPLETE
    kept = session.scalars(select(BatchChunk).order_by(BatchChunk.number)).all()
    assert [(each.number, each.first_row, each.rows) for each in kept] == [
        (0, 1, 4_000),
        (1, 4_001, 2),
    ]
    frame = chunks.open(ports.vault, kept[1].batch_id, 1, kept[1].content_sealed)
    assert frame["external_id"].to_list() == ["D-4001", "D-4002"]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (FILE, "text/csv; charset=UTF-8"),
        (ndjson_of(drivers(3)), NDJSON),
        (
            xlsx_of([list(each) for each in [drivers(1)[0], *(d.values() for d in drivers(3))]]),
            XLSX,
        ),
    ],
)
@pytest.mark.parametrize("compress", [False, True])
def test_every_form_is_taken_plain_and_gzip(uploads, data, media_type, compress):
    headers = {"Content_Encoding": "gzip"} if compress else {}
    answer = uploads.send(gzip.compress(data) if compress else data, media_type, **headers)
    assert (answer.status_code, answer.json["rows"]) == (202, 3)


def test_later_rows_with_a_nik_of_an_earlier_one_are_marked_across_chunks(uploads, ports, session):
    rows = [*drivers(4_001), row(nik="3273014507930001"), row(nik="3.27E+15"), row(nik="3.27E+15")]
    batch_id = UUID(uploads.send(csv_of(rows)).json["id"])
    kept = session.get_one(BatchChunk, (batch_id, 1))
    frame = chunks.open(ports.vault, batch_id, 1, kept.content_sealed)
    assert frame["repeated"].to_list() == [False, True, False, False]


def test_the_same_file_under_the_same_key_is_the_same_batch(uploads, ports, kept):
    first = uploads.send(FILE, key="k-1")
    assert "Idempotency-Replayed" not in first.headers
    again = uploads.send(FILE, key="k-1")
    assert again.status_code == 202
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert again.json == first.json
    assert kept() == (1, 1)
    assert len(ports.jobs.waiting) == 1


def test_another_request_under_the_same_key_is_refused(uploads, kept):
    uploads.send(FILE, key="k-1")
    others = (
        uploads.send(csv_of(drivers(4)), key="k-1"),
        uploads.send(FILE, key="k-1", query="plan=complete"),
        uploads.send(gzip.compress(FILE), key="k-1", Content_Encoding="gzip"),
        uploads.send(b"nothing of the kind", key="k-1"),
    )
    for other in others:
        assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")
    assert kept() == (1, 1)


def test_a_key_is_forgotten_after_a_day(uploads, clock, ports, kept, session):
    uploads.send(FILE, key="k-1")
    clock.advance(hours=23, minutes=59)
    assert uploads.send(FILE, key="k-1").headers["Idempotency-Replayed"] == "true"
    clock.advance(minutes=1)
    assert "Idempotency-Replayed" not in uploads.send(FILE, key="k-1").headers
    assert kept() == (2, 2)
    clock.advance(days=1)
    forget(ports)
    assert session.scalars(select(EnrolmentBatch.key)).all() == [None, None]


def test_a_key_belongs_to_one_partner(uploads, client, ports, session):
    uploads.send(FILE, key="k-1")
    other = Uploads(client, ports, partner(ports, session, "Antar Cepat"))
    session.commit()
    assert "Idempotency-Replayed" not in other.send(FILE, key="k-1").headers


def test_a_key_is_asked_for_and_every_fault_of_the_headers_is_told(uploads, client, kept):
    answer = client.post(
        f"{PATH}?plan=gold&mode=1",
        data=FILE,
        content_type=CSV,
        headers=uploads.bearer | {"Content-Digest": "sha-256=x"},
    )
    assert answer.status_code == 422
    assert faults_of(answer) == {
        ("Idempotency-Key", "required"),
        ("Content-Digest", "content-digest-invalid"),
        ("plan", "not-a-choice"),
        ("mode", "unknown"),
    }
    assert uploads.send(FILE, key="with space").status_code == 422
    assert kept() == (0, 0)


def test_a_body_without_a_length_needs_a_digest(uploads, kept):
    answer = streamed(uploads, Stream(FILE))
    assert (answer.status_code, faults_of(answer)) == (
        422,
        {("Content-Length", "length-or-digest-required")},
    )
    told = {"Content-Digest": digest_of(FILE)}
    cut = streamed(uploads, Stream(FILE[:-20]), **told)
    assert cut.json["code"] == "content-digest-mismatch"
    assert streamed(uploads, Stream(FILE), **told).status_code == 202
    assert kept() == (1, 1)


def test_a_digest_is_of_the_bytes_that_are_sent(uploads, kept):
    packed = gzip.compress(FILE)
    good = uploads.send(packed, Content_Encoding="gzip", Content_Digest=digest_of(packed))
    assert good.status_code == 202
    bad = uploads.send(packed, Content_Encoding="gzip", Content_Digest=digest_of(FILE))
    assert (bad.status_code, bad.json["code"]) == (422, "content-digest-mismatch")
    assert kept() == (1, 1)


def test_a_body_that_ends_too_early_is_not_kept(uploads, kept):
    answer = streamed(uploads, Stream(FILE[:-40]), len(FILE))
    assert (answer.status_code, answer.json["code"]) == (422, "upload-cut-short")
    assert kept() == (0, 0)


def test_a_fault_after_chunks_were_kept_takes_them_away(uploads, ports, kept):
    answer = uploads.send(csv_of(drivers(12_000)) + b'"', key="k-1")
    assert (answer.status_code, answer.json["code"], answer.json["line"]) == (
        422,
        "quote-not-closed",
        12_002,
    )
    assert kept() == (0, 0)
    assert ports.jobs.waiting == []
    assert uploads.send(FILE, key="k-1").status_code == 202


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/gzip", "application/json", "text/csv; charset=cp1252"]
)
def test_other_media_types_are_415_and_say_which_are_taken(uploads, media_type):
    answer = uploads.send(FILE, media_type)
    assert answer.status_code == 415
    assert all(taken in answer.json["detail"] for taken in (CSV, NDJSON, XLSX))


def test_other_encodings_are_415_and_say_which_are_read(uploads):
    answer = uploads.send(FILE, Content_Encoding="br")
    assert (answer.status_code, answer.headers["Accept-Encoding"]) == (415, "gzip, identity")


def test_a_file_that_says_that_it_is_too_large_is_not_waited_for(uploads, kept):
    answer = streamed(uploads, Stream(b"a"), 2**40)
    assert (answer.status_code, answer.json["code"]) == (413, "file-too-large")
    assert kept() == (0, 0)


def test_two_files_may_arrive_at_once_and_a_third_has_to_wait(uploads, ojek, ports, session):
    arriving(session, ojek, ports)
    assert uploads.send(FILE).status_code == 202
    arriving(session, ojek, ports)
    answer = uploads.send(FILE)
    assert (answer.status_code, answer.json["code"]) == (429, "too-many-uploads")
    assert answer.headers["Retry-After"] == "30"


def test_a_receiver_that_died_gives_its_place_and_its_key_back(uploads, ojek, ports, session, kept):
    key = ports.vault.digest("idempotency-key", "k-1")
    arriving(session, ojek, ports, key=key)
    arriving(session, ojek, ports)
    running = uploads.send(FILE, key="k-1")
    assert (running.status_code, running.json["code"]) == (409, "request-in-progress")
    ports.clock.advance(seconds=60)
    assert uploads.send(FILE, key="k-1").status_code == 202
    assert kept() == (1, 1)


def test_what_a_dead_receiver_left_is_removed(ojek, ports, session, kept):
    batch_id = arriving(session, ojek, ports)
    session.add(BatchChunk(batch_id=batch_id, number=0, first_row=1, rows=5, state="waiting"))
    session.commit()
    ports.clock.advance(seconds=59)
    places.remove_left_behind(ports)
    assert kept() == (1, 1)
    ports.clock.advance(seconds=1)
    places.remove_left_behind(ports)
    assert kept() == (0, 0)


def test_uploads_want_the_scope_enrol(client, ports, ojek):
    headers = bearer(ports, ojek, frozenset({Scope.READ})) | {"Idempotency-Key": str(new_id())}
    answer = client.post(f"{PATH}?plan=basic", data=FILE, content_type=CSV, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (403, "scope-missing")
