"""Objects inside objects, and lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import marshmallow as ma

from schemas import faults
from schemas.fields import FAULTS, ErrorMessages, described


class Inner(ma.fields.Nested):
    """An object inside an object.

    :param about: one sentence for the published description.
    :param example: where the fields' own examples would not make sense together.
    """

    default_error_messages: ErrorMessages = FAULTS | {"type": faults.NOT_AN_OBJECT}

    def __init__(
        self, schema: Any, *, about: str | None = None, example: Any = None, **options: Any
    ) -> None:
        super().__init__(schema, metadata=described(about, example), **options)

    def make_error(self, key: str, **details: Any) -> ma.ValidationError:
        return ma.ValidationError([self.error_messages[key]])


class Listed(ma.fields.List[Any]):
    """A list of one kind of thing.

    :param minimum: how many at least; :param maximum: how many at most.
    :param example: where one item would not show what the list is for.
    """

    default_error_messages: ErrorMessages = FAULTS | {"invalid": faults.NOT_A_LIST}

    def __init__(
        self,
        item: Any,
        *,
        minimum: int = 0,
        maximum: int | None = None,
        about: str | None = None,
        example: Any = None,
        **options: Any,
    ) -> None:
        self.minimum, self.maximum = minimum, maximum
        told = described(about, example)
        if minimum:
            told["minItems"] = minimum
        if maximum is not None:
            told["maxItems"] = maximum
        super().__init__(item, metadata=told, **options)

    def make_error(self, key: str, **details: Any) -> ma.ValidationError:
        return ma.ValidationError([self.error_messages[key]])

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        # Before the items are looked at: ten thousand wrong ones are one fault.
        if isinstance(value, Sequence) and not isinstance(value, str):
            if len(value) < self.minimum:
                raise ma.ValidationError([faults.TOO_FEW.with_(minimum=self.minimum)])
            if self.maximum is not None and len(value) > self.maximum:
                raise ma.ValidationError([faults.TOO_MANY.with_(maximum=self.maximum)])
        return super()._deserialize(value, attr, data, **options)
