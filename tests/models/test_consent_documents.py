import hashlib
from pathlib import Path

import pytest

from models.consent_documents import BrokenConsentDocument, ConsentDocuments

DATA = Path(__file__).parents[2] / "data" / "consents"

# Never change a line here, only add: these are the texts that people agreed to.
PUBLISHED = {
    "privacy/2026-11/en.md": "92072b445693c8cd4f5d64a79a5beb35c4a18688cadd44f99e5fa6be5c105156",
    "privacy/2026-11/id.md": "a79b82b0b18a531505d275ba5cd896e348791b245e050107c59ae9bf2f012785",
    "privacy/2026-11/meta.json": "a3aa863981b6e1cbd8fada8d3da9d8c41b6c6f774618563f19522014cfe74244",
    "reminders/2026-11/en.md": "913f341e5824465aa148d6fd47879eeb2493e699021df55465fc8afd933b4423",
    "reminders/2026-11/id.md": "c80b4e83d34d05a38284331734b8392de1ec6828e21c66300ca373f3ed249309",
    "reminders/2026-11/meta.json": "1ba937cbcb1ea103f3e469d6174ee459ce07087b49fdfaf8b502f721103af1fa",
    "terms/2026-11/en.md": "5ec4b220accc31ec328e7b89740465fcccb68cf7d23c472d698c6e08e4dd0f4c",
    "terms/2026-11/id.md": "bce7de9f0994a2a3313ac23ea06c768766c8a16b7046bc8a6df3f81bf0ae1906",
    "terms/2026-11/meta.json": "a3aa863981b6e1cbd8fada8d3da9d8c41b6c6f774618563f19522014cfe74244",
}


def write(directory: Path, document: str, version: str, *, required: str = "true") -> None:
    folder = directory / document / version
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text(f'{{"required": {required}}}')
    (folder / "id.md").write_text(f"# Judul {version}\n\nIsi.\n")
    (folder / "en.md").write_text(f"# Title {version}\n\nText.\n")


def test_published_texts_are_what_they_were():
    digests = {
        str(path.relative_to(DATA)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(DATA.glob("*/*/*"))
    }

    assert digests == PUBLISHED


def test_terms_and_privacy_are_required_and_reminders_are_not():
    documents = ConsentDocuments.load(DATA)

    assert [each.document for each in documents.current()] == ["privacy", "terms", "reminders"]
    assert [each.document for each in documents.required()] == ["privacy", "terms"]


def test_the_newest_version_is_current_and_older_ones_can_be_found(tmp_path):
    for version in ("2026-11", "2026-11b", "2026-02"):
        write(tmp_path, "terms", version)

    documents = ConsentDocuments.load(tmp_path)

    assert [each.version for each in documents.current()] == ["2026-11b"]
    assert documents.find("terms", "2026-02").title.en == "Title 2026-02"
    assert documents.find("terms", "2026-03") is None


def test_the_title_is_not_repeated_in_the_text(tmp_path):
    write(tmp_path, "terms", "2026-11")

    (document,) = ConsentDocuments.load(tmp_path).current()

    assert (document.title.id, document.text.id) == ("Judul 2026-11", "Isi.")


def test_a_document_in_one_language_only_is_refused(tmp_path):
    write(tmp_path, "terms", "2026-11")
    (tmp_path / "terms/2026-11/en.md").unlink()

    with pytest.raises(BrokenConsentDocument):
        ConsentDocuments.load(tmp_path)


@pytest.mark.parametrize(("version", "required"), [("1.0", "true"), ("2026-11", '"yes"')])
def test_a_document_that_cannot_be_told_apart_or_weighed_is_refused(tmp_path, version, required):
    write(tmp_path, "terms", version, required=required)

    with pytest.raises(BrokenConsentDocument):
        ConsentDocuments.load(tmp_path)


def test_no_documents_at_all_are_refused(tmp_path):
    with pytest.raises(BrokenConsentDocument):
        ConsentDocuments.load(tmp_path)
