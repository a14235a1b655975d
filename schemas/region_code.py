"""The codes of areas, with their dots."""

from __future__ import annotations

import re
from typing import Any

from models.values.person_faults import NOT_A_REGION_CODE
from models.values.person_forms import VILLAGE_CODE, VILLAGE_PATTERN
from schemas.fields import Text

_LONGEST = VILLAGE_CODE.most
_AREA = r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?"
# Of a regency, a district or a village, as some tables write them. A province has no dot.
_UNDOTTED = re.compile(r"[0-9]{4}|[0-9]{6}|[0-9]{10}")


class AreaCodeField(Text):
    """Of a province (``32``), a regency (``32.73``), a district or a village."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=_LONGEST, pattern=_AREA, refusal=NOT_A_REGION_CODE, **options)


class VillageCodeField(Text):
    def __init__(self, **options: Any) -> None:
        options.setdefault("example", "32.73.02.1002")
        super().__init__(
            max_length=_LONGEST,
            pattern=VILLAGE_PATTERN,
            refusal=NOT_A_REGION_CODE,
            **options,
        )


def has_lost_its_dots(code: str) -> bool:
    return _UNDOTTED.fullmatch(code) is not None
