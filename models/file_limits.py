"""How much is taken in one file, and from one partner at once. All of it is **(policy)**."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

MOST_ROWS: Final = 1_000_000
MOST_LINES: Final = 3 * MOST_ROWS
"""Of a file, the empty ones among them: a line takes time, even where nobody is in it."""
MOST_BYTES: Final = 512 * 1024 * 1024
"""Of a file, decompressed."""
LONGEST_LINE: Final = 16 * 1024
"""In bytes, of a line of text, and of what stands in a row. The longest row that is good takes 10
KiB: NDJSON whose every letter is written as two escapes."""
MOST_SHEET_ROWS: Final = 20_000
MOST_SHEET_BYTES: Final = 8 * 1024 * 1024
"""Of a workbook as it is sent: it is held whole, because its directory is at its end. So many rows
of drivers take 2 MiB."""
MOST_SHARED_TEXT: Final = 8 * 1024 * 1024
"""In bytes, of the texts that the cells of a workbook share: they are held, too, because a cell may
have any of them. So many rows have 3 MiB."""

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
