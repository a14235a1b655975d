"""Looking at files of drivers, calling them off, and what became of their rows."""

import csv
import io
from uuid import UUID

import orjson
import polars as pl
import pytest
from sqlalchemy import select, update

from models.batch_trial import pause_checks, resume_checks
from models.enrolment_batch import BatchChunk, EnrolmentBatch
from models.values.ids import new_id
from services.enrolment import chunks
from services.housekeeping import forget
from tests.api.uploading import CSV, NDJSON, XLSX, Uploads
from tests.driver_files import csv_of, drivers, ndjson_of
from tests.driver_rows import row
from tests.partners import partner
from tests.worked_batches import work_on

ROWS = [
    *drivers(2),
    row(external_id="D-3", nik="3273014507930003", sex="", phone="+6281355550123", full_name="=A1"),
    row(external_id="D-4"),
]


@pytest.fixture
def uploads(client, ports, session):
    made = partner(ports, session)
    session.commit()
    return Uploads(client, ports, made)


@pytest.fixture
def other(client, ports, session):
    """Another partner, who has nothing to do with it."""
    made = partner(ports, session, "Antar Cepat")
    session.commit()
    return Uploads(client, ports, made)


@pytest.fixture
def sent(uploads):
    """The id of a file of some rows."""

    def send(rows=ROWS, **options):
        return UUID(uploads.send(csv_of(rows), **options).json["id"])

    return send


@pytest.fixture
def worked(ports, session, sent):
    """The id of a file that was worked on."""

    def send(rows=ROWS):
        batch_id = sent(rows)
        work_on(ports, session, batch_id)
        session.commit()
        return batch_id

    return send


def counts(batch):
    names = ("rows", "processed", "accepted", "unchanged", "rejected", "not_processed")
    return tuple(batch[name] for name in names)


def lines(answer):
    return [orjson.loads(line) for line in answer.data.splitlines()]


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_a_batch_tells_how_far_it_is(uploads, sent, ports, session):
    batch_id = sent(drivers(4_003))
    work_on(ports, session, batch_id, chunk=1)
    session.commit()
    half = uploads.get(f"/{batch_id}").json
    assert (half["status"], counts(half)) == ("processing", (4_003, 3, 3, 0, 0, 0))
    work_on(ports, session, batch_id)
    session.commit()
    whole = uploads.get(f"/{batch_id}").json
    assert (whole["status"], counts(whole)) == ("completed", (4_003, 4_003, 4_003, 0, 0, 0))


def test_batches_are_listed_newest_first_a_page_at_a_time(uploads, sent, clock, queries):
    ids = []
    for _ in range(3):
        ids.append(str(sent()))
        clock.advance(seconds=1)
    queries.clear()
    page = uploads.get("?limit=2").json
    # The secret, and the list.
    assert len([each for each in queries if each.startswith("SELECT")]) == 2
    assert [each["id"] for each in page["items"]] == [ids[2], ids[1]]
    rest = uploads.get(f"?cursor={page['next_cursor']}").json
    assert ([each["id"] for each in rest["items"]], rest["next_cursor"]) == ([ids[0]], None)


def test_the_partner_sees_that_the_checks_of_a_file_are_paused_and_go_on(
    uploads, worked, session, clock
):
    batch_id = worked()
    clock.advance(hours=1)
    session.execute(pause_checks(batch_id, clock.now()))
    session.commit()
    paused = uploads.get(f"/{batch_id}").json
    assert (paused["status"], paused["checks_paused_at"]) == ("completed", "2026-11-22T06:00:00Z")
    assert uploads.get("").json["items"] == [paused]
    session.execute(resume_checks(batch_id))
    session.commit()
    assert uploads.get(f"/{batch_id}").json["checks_paused_at"] is None


def test_what_has_not_been_done_is_called_off_and_not_kept(uploads, sent, ports, session):
    batch_id = sent(drivers(8_001))
    work_on(ports, session, batch_id, chunk=1)
    session.commit()
    called_off = uploads.post(f"/{batch_id}/cancel")
    assert called_off.status_code == 200
    assert called_off.json["status"] == "cancelled"
    assert called_off.json["completed_at"] == "2026-11-22T05:00:00Z"
    assert counts(called_off.json) == (8_001, 4_000, 4_000, 0, 0, 4_001)
    kept = select(BatchChunk.number).where(BatchChunk.content_sealed.is_not(None))
    assert session.scalars(kept).all() == [1]
    told = lines(uploads.get(f"/{batch_id}/results"))
    assert (len(told), told[0]["row"], told[-1]["row"]) == (4_000, 4_001, 8_000)


def test_what_has_ended_is_not_called_off(uploads, worked, sent):
    done = worked()
    answer = uploads.post(f"/{done}/cancel")
    assert (answer.status_code, answer.json["code"]) == (409, "batch-finished")
    called_off = sent()
    uploads.post(f"/{called_off}/cancel")
    assert uploads.post(f"/{called_off}/cancel").json["code"] == "batch-finished"


def test_what_arrives_is_not_called_off(uploads, sent, session):
    batch_id = sent()
    session.execute(update(EnrolmentBatch).values(status="receiving", rows=None, received_at=None))
    session.commit()
    assert uploads.get(f"/{batch_id}").json["rows"] == 4
    answer = uploads.post(f"/{batch_id}/cancel")
    assert (answer.status_code, answer.json["code"]) == (409, "batch-arriving")


@pytest.mark.parametrize("path", ["", "/results", "/results?outcome=rejected"])
def test_nobody_sees_the_files_of_another_partner(uploads, other, worked, path):
    batch_id = worked()
    assert uploads.get(f"/{batch_id}{path}").status_code == 200
    for answer in (other.get(f"/{batch_id}{path}"), uploads.get(f"/{new_id()}{path}")):
        assert (answer.status_code, answer.json["code"]) == (404, "batch-not-found")
    assert other.get().json["items"] == []


def test_nobody_calls_off_the_files_of_another_partner(uploads, other, sent, session):
    batch_id = sent()
    assert other.post(f"/{batch_id}/cancel").status_code == 404
    assert uploads.get(f"/{batch_id}").json["status"] == "processing"


def test_results_tell_of_every_row_in_order(uploads, worked):
    answer = uploads.get(f"/{worked()}/results", Accept_Language="en")
    assert answer.content_type == NDJSON
    assert lines(answer) == [
        accepted(1, "D-1"),
        accepted(2, "D-2"),
        rejected(3, "D-3", "sex", "required", "This is required."),
        rejected(
            4,
            "D-4",
            "nik",
            "duplicate-in-file",
            "This NIK stands in an earlier row of the file. The first one counts, also where it was "
            "rejected: mend that one, or remove this one.",
        ),
    ]


def accepted(number, external_id):
    return {
        "row": number,
        "external_id": external_id,
        "outcome": "accepted",
        "worker_id": str(UUID(int=7)),
        "errors": [],
        "ignored": [],
    }


def rejected(number, external_id, field, code, detail):
    return {
        "row": number,
        "external_id": external_id,
        "outcome": "rejected",
        "worker_id": None,
        "errors": [{"field": field, "code": code, "detail": detail}],
        "ignored": [],
    }


def test_results_speak_the_language_of_the_caller(uploads, worked):
    told = lines(uploads.get(f"/{worked()}/results?outcome=rejected"))
    assert told[0]["errors"][0]["detail"] == "Wajib diisi."


def test_results_can_be_asked_for_by_outcome(uploads, worked):
    batch_id = worked()
    for outcome, rows in (("accepted", [1, 2]), ("rejected", [3, 4]), ("unchanged", [])):
        told = lines(uploads.get(f"/{batch_id}/results?outcome={outcome}"))
        assert [each["row"] for each in told] == rows
    assert uploads.get(f"/{batch_id}/results?outcome=done").status_code == 422


def test_results_are_there_while_the_rest_is_worked_on(uploads, sent, ports, session):
    batch_id = sent(drivers(4_003))
    assert lines(uploads.get(f"/{batch_id}/results")) == []
    work_on(ports, session, batch_id, chunk=1)
    session.commit()
    told = lines(uploads.get(f"/{batch_id}/results"))
    assert [(each["row"], each["external_id"]) for each in told] == [
        (4_001, "D-4001"),
        (4_002, "D-4002"),
        (4_003, "D-4003"),
    ]


def test_csv_gives_rejected_rows_with_all_that_was_sent(uploads, worked):
    answer = uploads.get(f"/{worked()}/results", Accept=CSV, Accept_Language="en")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="results-')
    first, _, third, _ = table(answer)
    assert (first["external_id"], first["nik"], first["outcome"]) == ("D-1", "", "accepted")
    assert first["worker_id"] == str(UUID(int=7))
    assert third["nik"] == "'3273014507930003"
    assert third["phone"] == "'+6281355550123"
    assert third["full_name"] == "'=A1"
    assert third["birth_date"] == "'1993-07-05"
    assert (third["row"], third["outcome"], third["worker_id"]) == ("3", "rejected", "")
    assert third["errors"] == "sex: This is required."


@pytest.mark.parametrize("asked", ["?outcome=rejected", ""])
@pytest.mark.parametrize("media_type", [CSV, XLSX])
def test_a_file_of_results_is_mended_and_sent_as_it_is(uploads, worked, ports, media_type, asked):
    results = uploads.get(f"/{worked()}/results{asked}", Accept=media_type)
    again = uploads.send(results.data, media_type)
    assert (again.status_code, again.json["rows"]) == (202, 2)
    kept = kept_of(ports, again)
    assert kept.select("external_id", "nik", "phone", "full_name", "birth_date").rows() == [
        ("D-3", "3273014507930003", "+6281355550123", "=A1", "1993-07-05"),
        ("D-4", ROWS[3]["nik"], ROWS[3]["phone"], ROWS[3]["full_name"], "1993-07-05"),
    ]


def kept_of(ports, answer):
    """The rows of a file that was just sent."""
    with ports.transactions.reading() as session:
        chunk = session.get_one(BatchChunk, (UUID(answer.json["id"]), 0))
    return chunks.open(ports.vault, chunk.batch_id, 0, chunk.content_sealed)


def test_a_sheet_keeps_every_cell_a_text(uploads, worked):
    answer = uploads.get(f"/{worked()}/results?outcome=rejected", Accept=XLSX)
    assert answer.content_type == XLSX
    sheet = pl.read_excel(io.BytesIO(answer.data))
    assert sheet["nik"].to_list()[0] == "3273014507930003"
    assert sheet["phone"].to_list()[0] == "'+6281355550123"
    assert sheet["full_name"].to_list()[0] == "'=A1"


def test_a_sheet_of_too_many_rows_is_not_made(uploads, sent, session):
    batch_id = sent()
    session.execute(update(BatchChunk).values(rows=20_001, accepted=20_001, state="done"))
    session.commit()
    answer = uploads.get(f"/{batch_id}/results", Accept=XLSX)
    assert (answer.status_code, answer.json["code"]) == (409, "too-many-rows-for-a-sheet")
    assert uploads.get(f"/{batch_id}/results?outcome=rejected", Accept=XLSX).status_code == 200


def test_a_row_without_its_shape_is_told_as_a_whole(uploads, ports, session):
    batch_id = UUID(uploads.send(ndjson_of([ROWS[0]]) + b"[]\n", NDJSON).json["id"])
    work_on(ports, session, batch_id)
    session.commit()
    told = lines(uploads.get(f"/{batch_id}/results", Accept_Language="en"))[1]
    assert told["external_id"] is None
    assert told["errors"][0]["field"] == "row"
    assert told["errors"][0]["detail"].startswith("The line is not one JSON object.")


def test_results_are_forgotten_after_thirty_days_and_counts_stay(
    uploads, worked, ports, clock, session
):
    batch_id = worked()
    clock.advance(days=29, hours=23)
    forget(ports)
    assert len(lines(uploads.get(f"/{batch_id}/results"))) == 4
    clock.advance(hours=1)
    answer = uploads.get(f"/{batch_id}/results")
    assert (answer.status_code, answer.json["code"]) == (404, "results-forgotten")
    forget(ports)
    kept = select(BatchChunk.content_sealed, BatchChunk.outcomes)
    assert session.execute(kept).all() == [(None, None)]
    assert counts(uploads.get(f"/{batch_id}").json) == (4, 4, 2, 0, 2, 0)


def test_results_come_in_the_forms_that_are_offered(uploads, worked):
    assert uploads.get(f"/{worked()}/results", Accept="application/json").status_code == 406


def test_results_can_be_compressed(uploads, worked):
    answer = uploads.get(f"/{worked()}/results", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
