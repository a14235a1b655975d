"""Reading what was typed into a field, and gathering what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from console.forms import Form
from models.values.faults import REQUIRED, FaultyValue
from models.values.words import Words

Value = TypeVar("Value")
Code = TypeVar("Code", bound=StrEnum)


class Typed:
    """A form that is being read. ``faults`` has the fault of each field that cannot be."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.faults: dict[str, Words] = {}

    def needed(self, name: str, read: Callable[[str], Value]) -> Value | None:
        """None, with a fault, where it is empty or cannot be."""
        if not self.form.text(name):
            self.faults[name] = REQUIRED.said
            return None
        return self.maybe(name, read)

    def maybe(self, name: str, read: Callable[[str], Value]) -> Value | None:
        """None where it is empty; with a fault where it cannot be."""
        text = self.form.text(name)
        if not text:
            return None
        try:
            return read(text)
        except FaultyValue as refused:
            self.faults[name] = refused.fault.said
            return None

    def one_of(self, name: str, codes: Mapping[Code, Words]) -> Code | None:
        """None, with a fault, where none of the codes was chosen."""
        chosen = self.form.text(name)
        found = next((code for code in codes if code.value == chosen), None)
        if found is None:
            self.faults[name] = REQUIRED.said
        return found

    def some_of(self, name: str, codes: Collection[Code]) -> list[Code]:
        """Those that were ticked, in the order of ``codes``; with a fault where it is none."""
        ticked = self.form.all(name)
        found = [code for code in codes if code.value in ticked]
        if not found:
            self.faults[name] = REQUIRED.said
        return found
