"""Checks the money: what came in is settled months, credit and refunds, for everybody, always; and
of partners settled months of their drivers, credit, and what is held for lines to be posted."""

from __future__ import annotations

import logging

from models.ledger import Balance, select_unbalanced
from models.long_statement import take_your_time
from models.partner_ledger import PartnerBalance, select_unbalanced_partners
from services.ports import Ports

log = logging.getLogger(__name__)


def check(ports: Ports) -> None:
    """Raise an alarm where money does not add up. Run by the worker, every night."""
    if found := unbalanced(ports):
        log.error("the money of workers does not add up", extra={"workers": len(found)})
    if astray := unbalanced_partners(ports):
        log.error("the money of partners does not add up", extra={"partners": len(astray)})


def unbalanced(ports: Ports) -> list[Balance]:
    """The workers whose money does not add up: none, or something is very wrong."""
    with ports.transactions.begin() as session:
        session.execute(take_your_time())
        return [Balance(*row) for row in session.execute(select_unbalanced())]


def unbalanced_partners(ports: Ports) -> list[PartnerBalance]:
    """The partners whose money does not add up: none, likewise."""
    with ports.transactions.begin() as session:
        session.execute(take_your_time())
        return [PartnerBalance(*row) for row in session.execute(select_unbalanced_partners())]
