"""``jaring upload``, as a partner types it in, against a small HTTP server."""

import gzip
import json
import stat

import pytest
from click.testing import CliRunner

from cli import main
from tests.upload.partner_api import (
    BATCH,
    DROPPED,
    SECRET,
    PartnerApi,
    problem,
    rejection,
    served,
    status_of,
)

PATH = "/v1/partner/batches"
ENVIRON = {"JARING_CLIENT_ID": "jrc_1", "JARING_CLIENT_SECRET": SECRET}


@pytest.fixture
def api():
    with served(PartnerApi(statuses=[status_of(accepted=2)])) as api:
        yield api


@pytest.fixture
def drivers(tmp_path):
    path = tmp_path / "drivers.csv"
    path.write_text("external_id,nik\n1,2\n")
    return path


@pytest.fixture
def upload(api, drivers):
    def upload(*words, file=drivers, code=0, environ=ENVIRON, **options):
        words = ["upload", str(file), "--url", api.url, *words]
        told = CliRunner().invoke(main, words, env=environ, **options)
        assert told.exit_code == code, told.output
        assert SECRET not in told.output
        return json.loads(told.stdout or told.stderr) if "--json" in words else told.output

    return upload


def test_all_well_ends_with_0(upload):
    assert (
        upload("--wait")
        == f"Batch {BATCH} is completed: 2 rows, 2 accepted, 0 unchanged, 0 rejected.\n"
    )


def test_programs_get_a_document_and_no_bar(upload):
    assert upload("--wait", "--json") == {
        "id": BATCH,
        "status": "completed",
        "sent_before": False,
        "rows": 2,
        "accepted": 2,
        "unchanged": 0,
        "rejected": 0,
        "not_processed": 0,
        "checks_paused_at": None,
        "faults": [],
        "results": None,
    }


def test_without_waiting_it_ends_when_the_server_has_the_file(upload, api):
    assert f"as batch {BATCH}" in upload()
    assert upload("--json")["sent_before"]
    assert all(each.path in (PATH, "/v1/oauth/token") for each in api.received)


def test_the_bytes_arrive_as_they_are_with_what_they_add_up_to(upload, api, drivers):
    upload("--plan", "complete")
    [request] = api.sent_to(PATH)
    assert request.body == drivers.read_bytes()
    assert request.query == {"plan": ["complete"]}
    assert request.headers["content-type"] == "text/csv"
    assert "content-encoding" not in request.headers


def test_what_is_gzipped_is_sent_so(upload, api, tmp_path):
    path = tmp_path / "drivers.ndjson.gz"
    path.write_bytes(gzip.compress(b"{}"))
    upload(file=path)
    [request] = api.sent_to(PATH)
    assert request.headers["content-type"] == "application/x-ndjson"
    assert request.headers["content-encoding"] == "gzip"


def test_the_same_command_after_a_lost_answer_finds_the_same_batch(upload, api):
    upload("--wait")
    assert "was sent before; nothing was done twice" in upload("--wait")
    first, second = (each.headers["idempotency-key"] for each in api.sent_to(PATH))
    assert first == second
    assert upload("--again", "--json")["sent_before"] is False


class TestRejected:
    @pytest.fixture
    def api(self):
        api = PartnerApi(
            statuses=[
                status_of("receiving"),
                status_of("processing", accepted=1),
                status_of(accepted=4, rejected=7),
            ],
            rejections=[rejection(row, ("nik", "nik-too-short")) for row in range(1, 8)]
            + [rejection(9, ("phone", "phone-too-short"), ("nik", "nik-too-short"))],
            rejected_csv=b"external_id,nik,errors\n1,2,x\n",
        )
        with served(api) as api:
            yield api

    def test_ends_with_1_and_a_table_of_what_to_do(self, upload, drivers):
        said = upload("--wait", code=1)
        assert "11 rows, 4 accepted, 0 unchanged, 7 rejected" in said
        [nik] = [line for line in said.splitlines() if "nik-too-short" in line]
        assert nik.split()[:3] == ["8", "nik", "nik-too-short"]
        assert "1, 2, 3, 4, 5, …" in nik
        assert "Mend nik-too-short." in nik

    def test_the_rows_to_mend_are_beside_the_file_for_its_owner_only(self, upload, drivers):
        told = upload("--wait", "--json", code=1)
        place = drivers.with_name("drivers.rejected.csv")
        assert told["results"] == str(place)
        assert place.read_bytes() == b"external_id,nik,errors\n1,2,x\n"
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert [each["count"] for each in told["faults"]] == [8, 1]

    def test_rows_that_somebody_is_mending_are_not_written_over(self, upload, drivers):
        mending = drivers.with_name("drivers.rejected.csv")
        mending.write_text("half mended")
        upload("--wait", code=1)
        assert mending.read_text() == "half mended"
        assert drivers.with_name("drivers.rejected-2.csv").exists()

    def test_they_are_where_they_are_wanted(self, upload, tmp_path):
        place = tmp_path / "mend.csv"
        upload("--wait", "--results", str(place), code=1)
        assert place.exists()
        missing = str(tmp_path / "nowhere" / "mend.csv")
        assert "No such file" in upload("--wait", "--results", missing, code=2)


@pytest.mark.parametrize("status", ["cancelled", "failed"])
def test_what_was_not_seen_through_ends_with_2(upload, api, status):
    api.statuses = [status_of(status, accepted=1, not_processed=3)]
    assert "3 not processed" in upload("--wait", code=2)


def test_a_file_whose_checks_are_paused_ends_with_2_and_whom_to_ask(upload, api):
    api.statuses = [status_of(accepted=600) | {"checks_paused_at": "2026-11-22T05:00:00Z"}]
    said = upload("--wait", code=2)
    assert "600 accepted" in said
    assert "Since 2026-11-22T05:00:00Z its drivers are not compared" in said
    assert "whoever opened your account" in said
    assert upload("--wait", "--json", code=2)["checks_paused_at"] == "2026-11-22T05:00:00Z"


def test_a_file_that_is_refused_ends_with_2_and_what_to_do(upload, api):
    api.replies[PATH] = [problem(422, "not-utf-8", "Save it again as CSV UTF-8.")]
    assert upload(code=2) == "Error: Save it again as CSV UTF-8.\n"


def test_a_server_that_is_restarted_loses_nothing(upload, api):
    api.replies[f"{PATH}/{BATCH}"] = [DROPPED, problem(502, "x")]
    api.replies[PATH] = [DROPPED]
    assert "2 accepted" in upload("--wait")


def test_a_wrong_secret_ends_with_2(upload):
    environ = ENVIRON | {"JARING_CLIENT_SECRET": "jrg_wrong"}
    assert "are not accepted" in upload(code=2, environ=environ)


def test_the_secret_is_read_from_a_file_or_what_is_piped_in(upload, tmp_path):
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    environ = {"JARING_CLIENT_ID": "jrc_1"}
    upload("--client-secret-file", str(tmp_path / "secret"), environ=environ)
    upload("--client-secret-file", "-", environ=environ, input=f"{SECRET}\n")


@pytest.mark.parametrize("missing", ENVIRON)
def test_what_is_missing_is_named(upload, missing):
    environ = {name: value for name, value in ENVIRON.items() if name != missing}
    assert missing in upload(code=2, environ=environ)


@pytest.mark.parametrize("url", ["http://example.org", "example.org", "http://[::1"])
def test_nothing_goes_over_an_open_line(upload, url):
    assert "https://" in upload("--url", url, code=2)


def test_a_file_that_cannot_be_sent_ends_with_2(upload, tmp_path):
    path = tmp_path / "drivers.pdf"
    path.write_text("x")
    assert "should end in" in upload(file=path, code=2)
    assert "does not exist" in upload(file=tmp_path / "nothing.csv", code=2)
    assert "error" in upload("--json", file=path, code=2)
