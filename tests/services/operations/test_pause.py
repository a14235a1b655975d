from itertools import pairwise

from services.operations.pause import FIRST_PAUSE, LONGEST_PAUSE, Pause


def test_pauses_grow_up_to_a_limit_until_somebody_lives_well():
    pause = Pause()
    seconds = [pause.begin(lived=1) for _ in range(10)]
    assert seconds[0] == FIRST_PAUSE
    assert all(later == min(2 * sooner, LONGEST_PAUSE) for sooner, later in pairwise(seconds))
    assert seconds[-1] == LONGEST_PAUSE
    assert pause.begin(lived=3600) == FIRST_PAUSE


def test_there_is_no_pause_before_the_first_end():
    pause = Pause()
    assert pause.over
    pause.begin(lived=1)
    assert not pause.over
