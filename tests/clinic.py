"""A clinic's engineer, who has read ``docs/verify-card.md`` and saved our keys."""

from __future__ import annotations

import re
import runpy
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from joserfc.errors import JoseError, SecurityWarning

PAGE = (Path(__file__).parents[1] / "docs" / "verify-card.md").read_text(encoding="utf-8")
CHECK, USE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

Claims = dict[str, Any]


def _copied(code: str) -> Callable[[str, Mapping[str, Any], int], Claims]:
    with NamedTemporaryFile("w", suffix=".py") as file:
        file.write(code)
        file.flush()
        verify: Callable[[str, Mapping[str, Any], int], Claims] = runpy.run_path(file.name)[
            "verify"
        ]
    return verify


_VERIFY = _copied(CHECK)


def verified(card: str, saved_keys: Mapping[str, Any], now: datetime) -> Claims:
    """The claims of a card that is checked at this instant, by the code of the page."""
    with warnings.catch_warnings():
        # The page says why.
        warnings.filterwarnings("ignore", "EdDSA is deprecated", SecurityWarning)
        return _VERIFY(card, saved_keys, int(now.timestamp()))


def refuses(card: str, saved_keys: Mapping[str, Any], now: datetime) -> bool:
    with pytest.raises((JoseError, ValueError)):
        verified(card, saved_keys, now)
    return True
