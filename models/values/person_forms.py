"""What the texts about a person must look like: in a form, and in a file of drivers."""

import re

from models.values.person_faults import NOT_A_NAME, NOT_A_REGION_CODE
from models.values.readings import TextForm

NAME = TextForm(100, named=NOT_A_NAME)
"""Of a person, or of the place where one was born."""
ADDRESS = TextForm(300, lines=True)
VILLAGE_PATTERN = r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}"
VILLAGE_CODE = TextForm(13, pattern=re.compile(VILLAGE_PATTERN), refusal=NOT_A_REGION_CODE)
OCCUPATION_CODE = TextForm(10)
DOCUMENT_VERSION = TextForm(40)

HIGHEST_INCOME = 1_000_000_000
"""Rupiah a month: far above the highest band, and far below where sums go wrong."""
