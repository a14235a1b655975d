"""Random lives of years, in Jaring and in a second, simple model written from the domain page.

After every step both say the same of cover, arrears, credit, prices and bills, of what is refused, and
of any day that is asked about; months are paid in turn, and none twice; after every life the ledger
balances; and no day is ever both covered and not, but where a bank tells late of money that was there.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.database import database
from tests.lives.living import live, live_at
from tests.lives.tally import Tally

FEW, MANY = 20, 2_000
# Without these a life would prove little.
TURNS = {
    "bills",
    "bills called off",
    "bills refused: consent-missing",
    "bills refused: invoice-open",
    "bills refused: plan-missing",
    "bills refused: too-far-ahead",
    "choices",
    "choices refused",
    "payments accepted",
    "payments already_paid",
    "payments credited",
    "payments external_id_reused",
    "payments inactive",
    "payments inconsistent",
    "payments wrong_amount",
}


def test_a_few_lives_agree_with_the_plain_model(engine):
    """Always the same ones: what nobody has touched does not fail by chance."""
    with engine.connect() as connection:
        tally = live(connection, FEW, derandomize=True, database=None)
    assert tally.lives >= FEW


@pytest.mark.slow
def test_thousands_of_lives_agree_with_the_plain_model(migrated, capsys):
    """Others each time, half of them in each of two processes."""
    spawning = get_context("spawn")
    with (
        database(migrated) as one,
        database(migrated) as other,
        ProcessPoolExecutor(2, mp_context=spawning) as processes,
    ):
        halves = processes.map(live_at, [one.url, other.url], [MANY // 2] * 2)
        tally = sum(halves, Tally())
    with capsys.disabled():
        sys.stdout.write(f"\n{tally}\n")
    assert tally.lives >= MANY
    assert tally.events.keys() >= TURNS
