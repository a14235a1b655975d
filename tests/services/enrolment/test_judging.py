"""Two ways to judge rows, and one verdict."""

from datetime import UTC, date, datetime
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.driver import COLUMNS
from models.driver_faults import words_of
from models.driver_form import CellFault, DriverFaulty, Known, read_driver
from services.enrolment.judging import SCHEMA, judge
from services.enrolment.proofs import PROVEN, with_proofs
from tests.driver_rows import CELLS, KNOWN, hostile, row, rows

TEXTS = dict.fromkeys(COLUMNS, pl.String())


def frame(*sent):
    return pl.DataFrame(sent, TEXTS)


def one_by_one(sent, known=KNOWN):
    """What the rules say, in the form in which columns are judged."""
    good, faulty = [], {}
    for position, cells in enumerate(sent):
        try:
            good.append((position, *read_driver(cells, known).normal()))
        except DriverFaulty as refused:
            faulty[position] = refused.faults
    return good, faulty


def proven(sent, known=KNOWN):
    return with_proofs(frame(*sent), known)[PROVEN].to_list()


@given(st.lists(rows(), max_size=8))
def test_both_give_the_same_verdict_the_same_faults_and_the_same_normal_form(sent):
    judged = judge(frame(*sent), KNOWN)
    good, faulty = one_by_one(sent)
    assert judged.good.rows() == good
    assert judged.faulty == faulty


@pytest.mark.parametrize("column", COLUMNS)
@settings(max_examples=25)
@given(data=st.data())
def test_they_agree_on_every_spelling_of_a_cell(column, data):
    cells = data.draw(st.lists(CELLS[column], min_size=5, max_size=20))
    sent = [row(**{column: cell}) for cell in cells]
    judged = judge(frame(*sent), KNOWN)
    assert (judged.good.rows(), judged.faulty) == one_by_one(sent)


@settings(max_examples=40)
@given(st.dates(date(2024, 2, 1), date(2028, 12, 31)), st.data())
def test_they_agree_on_who_is_of_age_whatever_day_it_is(today, data):
    now = datetime(today.year, today.month, today.day, 5, tzinfo=UTC)
    known = Known(
        now=now,
        villages=KNOWN.villages,
        occupations=KNOWN.occupations,
        consent_versions=KNOWN.consent_versions,
    )
    around = [date(today.year - age, 1, 1) for age in (17, 65)]
    days = data.draw(
        st.lists(st.one_of(*(st.dates(day, day.replace(day=31, month=12)) for day in around)))
    )
    sent = [row(birth_date=str(day), consented_at="2024-01-01") for day in days]
    judged = judge(frame(*sent), known)
    assert (judged.good.rows(), judged.faulty) == one_by_one(sent, known)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sex": "m", "nik": "3171071209900001"},
        {"birth_place": "", "mother_maiden_name": None, "address": "  "},
        {"phone": "+6281355550123"},
        {"phone": "0813-5555-0123"},
        {"phone": "62 813 5555 0123"},
        {"full_name": "  Siti Aminah "},
        {"consented_at": "2026-11-20"},
        {"consented_at": "2026-11-20T02:00:00.123Z"},
    ],
)
def test_what_nearly_every_row_looks_like_needs_no_second_look(changes):
    assert proven([row(**changes)]) == [True]


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "Siti\x00Aminah"},
        {"nik": "٣٢٧٣٠١٤٥٠٧٩٣٠٠٠١"},
        {"birth_date": "1993-7-5"},
        {"monthly_income": "+12"},
        {"nik": None},
        {"address": "=A1"},
        {"birth_place": "TRUE"},
        {"phone": "6281234567890.0"},
    ],
)
def test_what_polars_would_take_is_not_taken_for_proven(changes):
    assert proven([row(**changes)]) == [False]


def test_rows_keep_their_places_and_other_columns_are_left_aside():
    sent = frame(row(), row(nik="3.27E+15"), row(full_name="Nuñez"), row())
    judged = judge(sent.with_columns(repeated=pl.lit(value=False)), KNOWN)
    assert judged.good["position"].to_list() == [0, 2, 3]
    assert judged.good.schema == SCHEMA
    assert judged.faulty == {1: (CellFault("nik", "nik-spreadsheet-number"),)}


def test_no_rows_are_judged_too():
    judged = judge(frame(), KNOWN)
    assert judged.good.schema == SCHEMA
    assert judged.faulty == {}


def test_a_file_with_nothing_good_in_it_is_judged_row_by_row():
    judged = judge(frame(*[dict.fromkeys(COLUMNS, "#N/A")] * 3), KNOWN)
    assert set(judged.faulty) == {0, 1, 2}
    assert {len(faults) for faults in judged.faulty.values()} == {len(COLUMNS)}


def test_twenty_thousand_hostile_rows_are_each_refused_in_plain_words_or_taken():
    draw = Random(20261122)
    sent = [hostile(draw) for _ in range(20_000)]
    judged = judge(frame(*sent), KNOWN)
    assert len(judged.good) + len(judged.faulty) == len(sent)
    told = {(fault.field, fault.code) for faults in judged.faulty.values() for fault in faults}
    for field, code in told:
        said = words_of(field, code)
        assert said.id, said.en
        assert "{" not in said.id + said.en
    assert {field for field, _ in told} == set(COLUMNS)
    few = sent[:1_000]
    judged = judge(frame(*few), KNOWN)
    assert (judged.good.rows(), judged.faulty) == one_by_one(few)
