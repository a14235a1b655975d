"""What rows are judged against, from the files that come with the program."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl

from models.consent_documents import ConsentDocuments
from models.driver_form import Known
from models.occupations import Occupations

DATA = Path(__file__).parent.parent / "data"


def known_at(now: datetime) -> Known:
    codes = pl.read_csv(DATA / "villages.csv.gz", columns=["code"], infer_schema=False)
    return Known.at(
        now,
        frozenset(codes["code"]),
        Occupations.load(DATA / "occupations.csv"),
        ConsentDocuments.load(DATA / "consents"),
    )
