"""Keys of rows: version 7, in order of time, not to be guessed."""

import time
from uuid import RFC_4122

from models.values.ids import new_id, new_ids


def test_it_is_a_uuid_of_version_7():
    key = new_id()
    assert (key.version, key.variant) == (7, RFC_4122)


def test_it_begins_with_the_milliseconds_of_its_making():
    before = time.time_ns() // 1_000_000
    stamp = new_id().int >> 80
    assert before <= stamp <= time.time_ns() // 1_000_000


def test_ten_thousand_made_at_once_differ():
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_every_random_bit_varies():
    fixed = (1 << 128) - 1
    first = new_id().int
    for _ in range(200):
        fixed &= ~(first ^ new_id().int)
    random_bits = (0xFFF << 64) | ((1 << 62) - 1)
    assert fixed & random_bits == 0


def test_many_at_once_are_of_the_same_kind():
    before = time.time_ns() // 1_000_000
    keys = new_ids(10_000)
    assert len(set(keys)) == 10_000
    assert {(key.version, key.variant) for key in keys} == {(7, RFC_4122)}
    assert all(before <= key.int >> 80 <= time.time_ns() // 1_000_000 for key in keys)


def test_every_random_bit_of_many_varies():
    first, *others = (key.int for key in new_ids(200))
    varied = 0
    for other in others:
        varied |= first ^ other
    assert varied == (0xFFF << 64) | ((1 << 62) - 1)


def test_none_are_none():
    assert new_ids(0) == []
