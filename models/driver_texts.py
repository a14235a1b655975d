"""What the texts in a file of drivers must look like."""

from collections.abc import Mapping

from models.values.person_forms import (
    ADDRESS,
    DOCUMENT_VERSION,
    NAME,
    OCCUPATION_CODE,
    VILLAGE_CODE,
)
from models.values.readings import TextForm

EXTERNAL_ID = TextForm(64)
"""A partner's own name for a driver. None of its characters is a space or invisible, so that two
that look alike are alike."""

TEXTS: Mapping[str, TextForm] = {
    "external_id": EXTERNAL_ID,
    "full_name": NAME,
    "birth_place": NAME,
    "mother_maiden_name": NAME,
    "address": ADDRESS,
    "village_code": VILLAGE_CODE,
    "occupation_code": OCCUPATION_CODE,
    "consent_version": DOCUMENT_VERSION,
}
MAY_BE_EMPTY = frozenset({"birth_place", "mother_maiden_name", "address"})
