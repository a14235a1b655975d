from itertools import count

import pytest

from services.enrolment.pace import Pace


def rests(share, *, worked=True):
    """How long it rests after work of one second."""
    seconds, rested = count(), []
    Pace(share, lambda: next(seconds)).kept(lambda: worked, rested.append)
    return rested


@pytest.mark.parametrize(("share", "rest"), [(50, 1), (25, 3), (80, 0.25)])
def test_it_rests_until_work_was_a_share_of_the_whole(share, rest):
    assert rests(share) == [rest]


def test_with_a_whole_processor_it_does_not_rest():
    assert rests(100) == []


def test_where_there_was_nothing_to_do_it_does_not_rest():
    assert rests(50, worked=False) == []


@pytest.mark.parametrize("worked", [True, False])
def test_it_says_whether_there_was_anything_to_do(worked):
    assert Pace(100).kept(lambda: worked, lambda _: None) is worked
