"""``jaring upload --dry-run``: the verdicts of the server, found out without it."""

import csv
import gzip
import json

import pytest
from click.testing import CliRunner
from xlsxwriter import Workbook

from cli import main
from models.driver import COLUMNS
from tests.driver_rows import GOOD
from tests.fakes import NOON
from upload.course import try_out
from upload.driver_file import looked_at
from upload.known import known_at
from upload.refusals import CannotUpload


@pytest.fixture(scope="session")
def known():
    return known_at(NOON)


def driver(number, **changes):
    """A good row, another one for each number."""
    return {**GOOD, "external_id": f"D-{number}", "nik": f"317102120290{number:04}", **changes}


def written(path, rows, separator=","):
    """As CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def tried(tmp_path, known):
    def tried(rows, **options):
        path = written(tmp_path / "drivers.csv", rows, **options)
        return try_out(looked_at(path), known, None, quiet=True)

    return tried


def told(report):
    return {(each.column, each.code): (each.count, each.first_rows) for each in report.faults}


def test_good_rows_leave_nothing_behind(tried, tmp_path):
    report = tried([driver(number) for number in range(1, 30)])
    assert (report.rows, report.rejected, report.exit_code) == (29, 0, 0)
    assert report.results is None
    assert [path.name for path in tmp_path.iterdir()] == ["drivers.csv"]


def test_every_fault_of_a_row_is_told_with_the_rows_that_have_it(tried):
    rows = [
        driver(1),
        driver(2, nik="123", phone="0812"),
        driver(3, nik="3.27E+15"),
        driver(4, village_code="99.99.99.9999"),
        driver(5, nik="123"),
    ]
    report = tried(rows)
    assert (report.rows, report.rejected, report.exit_code) == (5, 4, 1)
    found = told(report)
    assert found["nik", "nik-not-sixteen-digits"] == (2, [2, 5])
    assert found["phone", "phone-too-short"] == (1, [2])
    assert found["village_code", "unknown-village"] == (1, [4])
    assert len(found) == 4


def test_of_repeated_niks_and_ids_the_first_is_taken(tried):
    rows = [
        driver(1),
        driver(2, nik=driver(1)["nik"]),
        driver(3, external_id="D-1"),
        driver(4),
        driver(5, nik=f" {driver(4)['nik']} ", external_id="D-5"),
    ]
    assert told(tried(rows)) == {
        ("nik", "duplicate-in-file"): (2, [2, 5]),
        ("external_id", "external-id-taken"): (1, [3]),
    }


def test_a_first_row_that_is_rejected_counts_too(tried):
    report = tried([driver(1, sex="X"), driver(1)])
    assert told(report) == {
        ("sex", "not-a-choice"): (1, [1]),
        ("nik", "duplicate-in-file"): (1, [2]),
    }
    [words] = [each.detail for each in report.faults if each.column == "nik"]
    assert "counts, also where it was rejected" in words


def test_a_row_without_all_its_cells_has_that_fault_alone(tmp_path, known):
    path = written(tmp_path / "drivers.csv", [driver(1)])
    path.write_text(path.read_text() + "D-2,317102\n")
    report = try_out(looked_at(path), known, None, quiet=True)
    assert told(report) == {("row", "too-few-cells"): (1, [2])}
    assert report.faults[0].detail.startswith("The row has fewer cells")


def test_what_was_rejected_is_mended_and_tried_again(tried, known):
    rows = [driver(1), driver(2, phone="12"), driver(3)]
    kept = tried(rows).results
    with kept.open(encoding="utf-8-sig", newline="") as file:
        [rejected] = csv.DictReader(file)
    assert (rejected["row"], rejected["outcome"]) == ("2", "rejected")
    assert rejected["errors"].startswith("phone: ")
    mended = kept.read_text(encoding="utf-8-sig").replace(",12,", f",{GOOD['phone']},")
    kept.write_text(mended)
    assert try_out(looked_at(kept), known, None, quiet=True).rejected == 0


def test_rows_are_counted_on_from_portion_to_portion(tried):
    rows = [driver(number) for number in range(1, 6000)]
    rows[5500]["sex"] = "X"
    report = tried(rows, separator=";")
    assert report.rows == 5999
    assert told(report) == {("sex", "not-a-choice"): (1, [5501])}


def test_ndjson_and_gzip_are_read_too(tmp_path, known):
    lines = "".join(json.dumps(driver(number)) + "\n" for number in (1, 2, 1))
    path = tmp_path / "drivers.ndjson.gz"
    path.write_bytes(gzip.compress(lines.encode()))
    report = try_out(looked_at(path), known, None, quiet=True)
    assert told(report) == {("nik", "duplicate-in-file"): (1, [3])}


def workbook(path, rows):
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([list(COLUMNS), *(list(row.values()) for row in rows)]):
            sheet.write_row(place, 0, row)
    return path


def test_a_nik_that_a_spreadsheet_has_taken_for_a_number_is_told_of(tmp_path, known):
    rows = [driver(1), driver(2, nik=3171021202900002)]
    path = workbook(tmp_path / "drivers.xlsx", rows)
    report = try_out(looked_at(path), known, None, quiet=True)
    [(where, (count, first_rows))] = told(report).items()
    assert (where[0], count, first_rows) == ("nik", 1, [2])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"external_id,nik\n1,2\n", "The first line must hold"),
        (",".join(COLUMNS).encode(), "at least one row"),
        (",".join(COLUMNS[1:]).encode() + b"\n1", "external_id: This column is missing"),
        ("\ufeff".join(COLUMNS).encode("utf-16"), "UTF-8"),
    ],
)
def test_a_file_that_would_be_refused_is_refused(tmp_path, known, content, said):
    path = tmp_path / "drivers.csv"
    path.write_bytes(content)
    with pytest.raises(CannotUpload, match=said):
        try_out(looked_at(path), known, None, quiet=True)
    assert [each.name for each in tmp_path.iterdir()] == ["drivers.csv"]


def test_at_the_command_line_neither_server_nor_secret_is_asked_for(tmp_path):
    path = written(tmp_path / "drivers.csv", [driver(1, nik="123")])
    words = ["upload", str(path), "--dry-run"]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 1
    assert "Nothing was sent. Rows: 1; good: 0; rejected: 1." in said.output
    assert "nik-not-sixteen-digits" in said.output
    document = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)
    assert (document["rows"], document["rejected"], document["dry_run"]) == (1, 1, True)
