"""Whatever is sent as a file, the answer is clear, and what was taken is accounted for."""

import csv
import io
from uuid import UUID

import pytest
from sqlalchemy import select

from models.enrolment_batch import BatchStatus, EnrolmentBatch
from tests.api.uploading import CSV, Uploads
from tests.hostile_files import hostile_files
from tests.partners import partner
from tests.worked_batches import work_on

FILES = list(hostile_files())


@pytest.fixture
def uploads(client, ports, session):
    made = partner(ports, session)
    session.commit()
    return Uploads(client, ports, made)


def test_there_are_two_hundred_of_them():
    assert len(FILES) >= 200
    assert len({name for name, *_ in FILES}) == len(FILES)


@pytest.mark.parametrize(
    ("media_type", "data", "gzipped"),
    [each[1:] for each in FILES],
    ids=[each[0] for each in FILES],
)
def test_a_hostile_file_gets_a_clear_answer(uploads, ports, session, media_type, data, gzipped):
    headers = {"Content_Encoding": "gzip"} if gzipped else {}
    answer = uploads.send(data, media_type, Accept_Language="en", **headers)
    if answer.status_code == 202:
        _is_accounted_for(uploads, ports, session, UUID(answer.json["id"]))
    else:
        assert answer.status_code in (413, 422)
        assert answer.json["code"] != "internal-error"
        assert len(answer.json["detail"]) > 20
        assert session.scalars(select(EnrolmentBatch)).all() == []


def _is_accounted_for(uploads, ports, session, batch_id):
    work_on(ports, session, batch_id)
    session.commit()
    batch = uploads.get(f"/{batch_id}").json
    assert batch["status"] == BatchStatus.COMPLETED
    assert batch["rows"] == batch["accepted"] + batch["rejected"] > 0
    results = uploads.get(f"/{batch_id}/results", Accept=CSV)
    rows = list(csv.reader(io.StringIO(results.data.decode("utf-8-sig"), newline="")))
    assert len(rows) == batch["rows"] + 1
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]
