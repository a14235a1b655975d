"""What messages cost: an alarm where somebody has many codes sent to made-up numbers. (policy)

Fraudsters who share in the price of messages ask for codes to numbers of one block, thousands an
hour. Nobody is blocked by it, because the numbers of honest people begin the same.
"""

import logging

from models.phone_limits import HOUR
from models.phone_verification import select_busy_prefixes
from services.ports import Ports

STARTS_PER_PREFIX_AND_HOUR = 5_000

log = logging.getLogger(__name__)


def watch(ports: Ports, limit: int = STARTS_PER_PREFIX_AND_HOUR) -> dict[str, int]:
    """Warn of the beginnings of numbers to which very many codes went in the last hour.

    :param limit: how many are not alarming yet.
    :returns: how many, by the first digits of a number.
    """
    since = ports.clock.now() - HOUR
    with ports.transactions.reading() as session:
        rows = session.execute(select_busy_prefixes(since, limit)).all()
    busy = {row[0]: row[1] for row in rows}
    for prefix, count in busy.items():
        log.error("very many codes went to one block", extra={"prefix": prefix, "codes": count})
    return busy
