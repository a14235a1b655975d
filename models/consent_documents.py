"""The documents that workers are asked to agree to, in every version ever published."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.values.words import Words

# A month, and a letter for a second version in that month: these sort by age.
_VERSION = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])[b-z]?")


class BrokenConsentDocument(ValueError):
    """The files of a document are not what they should be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentDocument:
    """One version of one document.

    :param text: Markdown, without the title.
    :param required: nobody can be registered without agreeing.
    """

    document: str
    version: str
    title: Words
    text: Words
    required: bool


@dataclass(frozen=True, slots=True)
class ConsentDocuments:
    """Every version, by document and version. A published version never changes: it is
    what people agreed to (UU 27/2022, articles 20 to 24)."""

    published: Mapping[tuple[str, str], ConsentDocument]

    @classmethod
    def load(cls, directory: Path) -> ConsentDocuments:
        """Read all of ``<document>/<version>/{meta.json, id.md, en.md}``.

        :raises BrokenConsentDocument: a file is missing or has no title, or there is none.
        """
        read = [_document(file.parent) for file in sorted(directory.glob("*/*/meta.json"))]
        if not read:
            raise BrokenConsentDocument(f"no document in {directory}")
        return cls({(each.document, each.version): each for each in read})

    def current(self) -> tuple[ConsentDocument, ...]:
        """The newest version of each document, required ones first."""
        newest: dict[str, ConsentDocument] = {}
        for _, each in sorted(self.published.items()):
            newest[each.document] = each
        return tuple(sorted(newest.values(), key=lambda each: (not each.required, each.document)))

    def required(self) -> tuple[ConsentDocument, ...]:
        """Those of the current ones that registration cannot do without."""
        return tuple(each for each in self.current() if each.required)

    def find(self, document: str, version: str) -> ConsentDocument | None:
        return self.published.get((document, version))

    def versions(self, document: str) -> frozenset[str]:
        """Every one that was ever published of a document."""
        return frozenset(version for name, version in self.published if name == document)


def _document(directory: Path) -> ConsentDocument:
    name = f"{directory.parent.name}/{directory.name}"
    if _VERSION.fullmatch(directory.name) is None:
        raise BrokenConsentDocument(f"{name}: a version is YYYY-MM, or YYYY-MMb")
    title, text = zip(
        *(_title_and_text(directory, f"{each}.md") for each in ("id", "en")), strict=True
    )
    return ConsentDocument(
        document=directory.parent.name,
        version=directory.name,
        title=Words(*title),
        text=Words(*text),
        required=_required(name, directory / "meta.json"),
    )


def _title_and_text(directory: Path, name: str) -> tuple[str, str]:
    """A file's first line, without its ``#``, and the rest."""
    path = directory / name
    if not path.exists():
        raise BrokenConsentDocument(f"{path}: missing")
    heading, _, text = path.read_text(encoding="utf-8").partition("\n")
    if not heading.startswith("# ") or not text.strip():
        raise BrokenConsentDocument(f"{path}: a title, then a text")
    return heading.removeprefix("# ").strip(), text.strip()


def _required(name: str, path: Path) -> bool:
    required = json.loads(path.read_text(encoding="utf-8")).get("required")
    if not isinstance(required, bool):
        raise BrokenConsentDocument(f"{name}: required or not?")
    return required
