"""What openapi.yaml says there is to call, so that a test of all of it forgets nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.values.ids import new_id
from models.values.scope import Scope

PUBLISHED = Path(__file__).parents[2] / "openapi.yaml"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    described: Mapping[str, Any]

    @property
    def label(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def tokens(self) -> dict[str, list[str]]:
        """The kinds of token that it takes, and their scopes."""
        return {
            name: scopes
            for each in self.described.get("security", [])
            for name, scopes in each.items()
        }

    @property
    def scope(self) -> Scope:
        (scope,) = self.tokens["partner_oauth"]
        return Scope(scope)

    @property
    def lists(self) -> bool:
        page = self.described["responses"].get("200", {}).get("content", {})
        return self.method == "get" and "{" not in self.path and "application/json" in page

    def call(
        self,
        client: FlaskClient,
        ids: Mapping[str, Any],
        headers: Mapping[str, str],
        body: Any = None,
        query: Mapping[str, str] | None = None,
    ) -> TestResponse:
        path = self.path.format_map(ids)
        return client.open(path, method=self.method, headers=headers, json=body, query_string=query)


@cache
def operations() -> list[Operation]:
    return list(_read())


def _read() -> Iterator[Operation]:
    for path, item in yaml.load(PUBLISHED.read_text(), yaml.CSafeLoader)["paths"].items():
        for method in METHODS:
            if method in item:
                yield Operation(method, path, item[method])


def for_each(chosen: list[Operation]) -> pytest.MarkDecorator:
    assert chosen
    return pytest.mark.parametrize("operation", chosen, ids=lambda each: each.label)


class Anything(dict[str, Any]):
    """An id of nothing, for whatever is asked."""

    def __missing__(self, name: str) -> str:
        return str(new_id())
