"""What somebody earns in a month."""

from typing import Any

from schemas.fields import RupiahField

# Far above the highest band, and far below where sums go wrong.
HIGHEST = 1_000_000_000


class IncomeField(RupiahField):
    """Whole Rupiah a month, as people fill it in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(0, HIGHEST, **options)
