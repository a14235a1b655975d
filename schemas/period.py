"""How many months are paid for at once."""

from typing import Any

from models.policy import OFFERED_PERIODS
from models.values import faults
from schemas.fields import WholeNumber


class PeriodField(WholeNumber):
    """One of the periods on offer, in months."""

    def __init__(self, **options: Any) -> None:
        offered = OFFERED_PERIODS.value
        super().__init__(min(offered), max(offered), example=offered[2], **options)
        self.metadata = {**self.metadata, "enum": list(offered)}

    def read(self, value: Any) -> int:
        months = self.whole(value)
        if months not in OFFERED_PERIODS.value:
            choices = ", ".join(map(str, OFFERED_PERIODS.value))
            raise self.refuse(faults.NOT_A_CHOICE, choices=choices)
        return months
