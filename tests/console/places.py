"""Every page there is, and everything that a form can be sent to."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from console.site import add_console
from models.values.ids import new_id

# What stands in an address and is no id.
_WORDS = {"reason": "caller-asks", "topic": "all"}


@dataclass(frozen=True)
class Door:
    """:param rule: as the application knows it."""

    method: str
    rule: Rule

    @property
    def label(self) -> str:
        return f"{self.method} {self.rule.rule}"

    @property
    def path(self) -> str:
        """One that leads there, with ids of nothing."""
        parts = {name: _WORDS.get(name) or new_id() for name in self.rule.arguments}
        _, path = self.rule.build(parts)
        return path


def _known() -> list[Door]:
    pages = Flask("pages")
    add_console(pages)
    return [
        Door(method, rule)
        for rule in pages.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if rule.rule.startswith("/console")
    ]


DOORS = _known()
