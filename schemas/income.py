"""What somebody earns in a month."""

from typing import Any

from models.values.person_forms import HIGHEST_INCOME
from schemas.fields import RupiahField


class IncomeField(RupiahField):
    """Whole Rupiah a month, as people fill it in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(0, HIGHEST_INCOME, **options)
