from random import Random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from services.enrolment.repeats import SeenNiks

NIKS = st.sampled_from([f"32730145079300{number:02}" for number in range(1, 20)])
NO_NIKS = st.sampled_from(
    ["3.27E+15", "3270000000000000", "0000000000000000", "9973014507930001", "", "x", "12"]
)


def marked(niks, portion=5_000):
    seen = SeenNiks()
    return [
        flag
        for start in range(0, len(niks), portion)
        for flag in seen.marked(frame(niks[start : start + portion]))["repeated"]
    ]


def frame(niks):
    return pl.DataFrame({"nik": [nik or None for nik in niks]}, schema={"nik": pl.String})


@given(st.lists(NIKS | NO_NIKS), st.integers(1, 5))
def test_the_first_is_taken_and_the_later_ones_are_marked(niks, portion):
    numbers = [nik if nik.startswith("327301") else None for nik in niks]
    expected = [nik is not None and nik in numbers[:n] for n, nik in enumerate(numbers)]
    assert marked(niks, portion) == expected


def test_a_nik_is_the_same_however_it_is_written():
    assert marked(
        ["3273014507930001", "3273 0145 0793 0001", "３２７３０１４５０７９３０００１"]
    ) == [
        False,
        True,
        True,
    ]


def test_a_spoilt_nik_is_nobodys():
    assert marked(["3.27E+15"] * 3 + ["3273000000000000"] * 3) == [False] * 6


def test_of_many_none_is_forgotten():
    random = Random(1)
    niks = [
        f"3273{random.randint(1, 50):02}{random.randint(1, 28):02}0793{random.randint(1, 9_999):04}"
        for _ in range(40_000)
    ]
    seen: set[str] = set()
    expected = [nik in seen or seen.add(nik) is not None for nik in niks]
    assert marked(niks) == expected


def test_numbers_that_count_on_from_each_other_stand_apart():
    """Otherwise a file takes a hundred times as long."""
    seen = SeenNiks()
    for day in range(1, 29):
        seen.marked(frame([f"327301{day:02}0793{serial:04}" for serial in range(1, 1_001)]))
    taken = "".join("1" if place else "0" for place in seen._table)
    assert max(map(len, taken.split("0"))) < 200
