from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.phone_limits import (
    DAY,
    HOUR,
    PER_DAY,
    PER_HOUR,
    WRONG_GUESSES_PER_DAY,
    Attempt,
    guessed_out,
    next_start,
)

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

attempts = st.lists(
    st.builds(
        Attempt,
        st.integers(0, 24 * 60 - 1).map(lambda minutes: NOW - minutes * MINUTE),
        st.integers(0, 5),
    ),
    max_size=14,
).map(lambda made: sorted(made, key=lambda attempt: attempt.started_at, reverse=True))


def allowed_at(made, instant):
    """The rules, word by word."""
    within_hour = [each for each in made if each.started_at > instant - HOUR]
    within_day = [each for each in made if each.started_at > instant - DAY]
    return (
        len(within_hour) < PER_HOUR
        and len(within_day) < PER_DAY
        and sum(each.wrong_guesses for each in within_day) < WRONG_GUESSES_PER_DAY
    )


def first_allowed(made):
    """Minute by minute, until nothing counts any more."""
    return next(
        NOW + minutes * MINUTE
        for minutes in range(24 * 60 + 1)
        if allowed_at(made, NOW + minutes * MINUTE)
    )


@given(attempts)
def test_the_next_start_is_the_first_minute_at_which_the_rules_allow_one(made):
    assert next_start(made, NOW) == first_allowed(made)


@given(attempts)
def test_guesses_count_for_a_day_over_all_verifications(made):
    assert guessed_out(made) == (sum(each.wrong_guesses for each in made) >= 25)


def test_without_attempts_it_is_now():
    assert next_start([], NOW) == NOW


def test_an_attempt_of_a_day_ago_does_not_count():
    assert next_start([Attempt(NOW - DAY, 5)] * 10, NOW) == NOW
