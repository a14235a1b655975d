"""How much is taken in one file, and from one partner at once. All of it is **(policy)**."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

MOST_ROWS: Final = 1_000_000
MOST_LINES: Final = 3 * MOST_ROWS
"""Of a file, the empty ones among them: a line takes time, even where nobody is in it."""
MOST_BYTES: Final = 512 * 1024 * 1024
"""Of a file, decompressed."""
LONGEST_LINE: Final = 256 * 1024
"""In bytes: many times the longest row that could be one driver's."""
MOST_SHEET_ROWS: Final = 20_000
MOST_SHEET_BYTES: Final = 16 * 1024 * 1024
"""Of a workbook as it is sent: it is held whole, because its directory is at its end."""

UPLOADS_AT_ONCE: Final = 2
SILENT_FOR: Final = timedelta(seconds=30)
"""After which an upload is dropped."""
LONGEST_UPLOAD: Final = timedelta(hours=1)
"""However slowly it trickles."""
TOUCHED_EVERY: Final = timedelta(seconds=10)
"""How often it is noted that something still arrives."""
DEAD_AFTER: Final = timedelta(seconds=60)
"""Whoever received it is gone: longer than any upload is waited for and noted."""
KEYS_KEPT: Final = timedelta(hours=24)
RESULTS_KEPT: Final = timedelta(days=30)
