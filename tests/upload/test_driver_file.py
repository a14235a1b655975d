import gzip
import hashlib
from base64 import b64encode

import pytest

from upload.batch import key_for
from upload.driver_file import Form, looked_at
from upload.refusals import CannotUpload


@pytest.mark.parametrize(
    ("name", "content", "form", "gzipped"),
    [
        ("a.csv", b"external_id", Form.CSV, False),
        ("a.b.CSV", b"external_id", Form.CSV, False),
        ("a.csv.gz", gzip.compress(b"external_id", mtime=0), Form.CSV, True),
        # A browser has unpacked it, or somebody has packed it under the old name.
        ("a.csv.gz", b"external_id", Form.CSV, False),
        ("a.csv", gzip.compress(b"external_id", mtime=0), Form.CSV, True),
        ("a.ndjson", b"{}", Form.NDJSON, False),
        ("a.jsonl.gz", gzip.compress(b"{}", mtime=0), Form.NDJSON, True),
        ("a.xlsx", b"PK\x03\x04...", Form.XLSX, False),
        ("a.csv", b"PK\x03\x04...", Form.XLSX, False),
    ],
)
def test_a_file_is_known_by_its_name_and_its_beginning(tmp_path, name, content, form, gzipped):
    path = tmp_path / name
    path.write_bytes(content)
    file = looked_at(path)
    assert (file.form, file.gzipped, file.size) == (form, gzipped, len(content))
    digest = b64encode(hashlib.sha256(content).digest()).decode()
    assert file.content_digest == f"sha-256=:{digest}:"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.pdf", b"%PDF", "should end in .csv"),
        ("a", b"external_id", "should end in .csv"),
        ("a.xlsx", b"external_id", "is not an .xlsx workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "should end in .csv"),
    ],
)
def test_what_cannot_be_sent_is_told_before_it_is(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CannotUpload, match=said):
        looked_at(path)


def test_a_file_that_is_not_there_is_told_of(tmp_path):
    with pytest.raises(CannotUpload, match="No such file"):
        looked_at(tmp_path / "a.csv")


def test_the_key_is_the_same_for_the_same_bytes_and_plan_alone(tmp_path):
    for name, content in (("a.csv", b"1"), ("b.csv", b"1"), ("c.csv", b"2"), ("a.ndjson", b"1")):
        (tmp_path / name).write_bytes(content)
    first = key_for(looked_at(tmp_path / "a.csv"), "basic")
    assert key_for(looked_at(tmp_path / "b.csv"), "basic") == first
    others = [
        key_for(looked_at(tmp_path / "c.csv"), "basic"),
        key_for(looked_at(tmp_path / "a.ndjson"), "basic"),
        key_for(looked_at(tmp_path / "a.csv"), "complete"),
        key_for(looked_at(tmp_path / "a.csv"), "basic", "again"),
    ]
    assert len({first, *others}) == 5
