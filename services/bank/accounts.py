"""The banks that may call us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from services.keys import BankAccount


@dataclass(frozen=True)
class Banks:
    """:param accounts: by client key, the name under which a bank signs."""

    accounts: dict[str, BankAccount]

    @classmethod
    def of(cls, accounts: Iterable[BankAccount]) -> Self:
        return cls({account.client_key: account for account in accounts})

    def find(self, client_key: str) -> BankAccount | None:
        return self.accounts.get(client_key)
