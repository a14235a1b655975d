"""Reading a page as strictly as no browser does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "input", "br", "hr", "rect", "path"}
# Whatever would run or style something where our policy lets nothing run or be styled.
BARRED = {"script", "style", "iframe", "object", "embed", "base"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str | None]
    inside: tuple[str, ...]


@dataclass
class Markup(HTMLParser):
    """:param faults: what is wrong with it, in words."""

    text: str
    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.text)
        self.close()
        self.faults += [f"<{name}> is never closed" for name in self._open]
        self.faults += self._judged()

    def handle_starttag(self, tag, attrs):
        names = Counter(name for name, _ in attrs)
        self.faults += [f"<{tag}> has {name} twice" for name, times in names.items() if times > 1]
        self.elements.append(Element(tag, dict(attrs), tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), tuple(self._open)))

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def all(self, name: str) -> list[Element]:
        return [each for each in self.elements if each.name == name]

    def _judged(self) -> Iterator[str]:
        ids = Counter(each.attributes["id"] for each in self.elements if "id" in each.attributes)
        yield from (f"id {name} stands twice" for name, times in ids.items() if times > 1)
        yield from self._pointing(ids)
        for each in self.elements:
            if each.name in BARRED:
                yield f"<{each.name}>"
            yield from (
                f"{name} on <{each.name}>"
                for name in each.attributes
                if name == "style" or name.startswith("on")
            )
        if len(self.all("h1")) != 1:
            yield f"{len(self.all('h1'))} first headings"
        if not self.text.lstrip().lower().startswith("<!doctype html>"):
            yield "no doctype"
        yield from self._unnamed(ids)

    def _pointing(self, ids: Counter[str | None]) -> Iterator[str]:
        for each in self.elements:
            for name in ("for", "aria-describedby", "aria-labelledby"):
                for target in (each.attributes.get(name) or "").split():
                    if target not in ids:
                        yield f"{name}={target} leads nowhere"
            target = each.attributes.get("href") or ""
            if target.startswith("#") and target[1:] not in ids:
                yield f"{target} leads nowhere"

    def _unnamed(self, ids: Counter[str | None]) -> Iterator[str]:
        named = {each.attributes.get("for") for each in self.all("label")}
        for each in [*self.all("input"), *self.all("select"), *self.all("textarea")]:
            attributes = each.attributes
            hidden = attributes.get("type") == "hidden" or "hidden" in attributes
            if not hidden and "label" not in each.inside and attributes.get("id") not in named:
                yield f"{attributes.get('name')} has no label"
        for each in self.all("img"):
            if "alt" not in each.attributes:
                yield "an image without words"
        for each in self.all("th"):
            if "scope" not in each.attributes:
                yield "a heading of a table without a scope"
