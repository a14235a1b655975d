"""Forgetting what nobody needs any more. Run by the worker, every hour."""

from models.answer import KEPT_FOR as ANSWERS_KEPT_FOR
from models.answer import forget_answers
from models.batch_receiving import forget_keys
from models.batch_standing import forget_results
from models.file_limits import KEYS_KEPT, RESULTS_KEPT
from models.long_statement import take_your_time
from models.message import NOTICES_KEPT, forget_codes, forget_notices
from models.phone_change_request import NUMBERS_KEPT, forget_numbers
from models.phone_verification import KEPT_FOR as VERIFICATIONS_KEPT_FOR
from models.phone_verification import forget_verifications
from models.reminder import forget_reminders
from models.sign_in import forget_sign_ins
from models.staff_refusal import KEPT_FOR as STAFF_REFUSALS_KEPT_FOR
from models.staff_refusal import forget_staff_refusals
from models.staff_session import SOURCE_KNOWN_FOR, forget_sessions
from models.token_refusal import KEPT_FOR as REFUSALS_KEPT_FOR
from models.token_refusal import forget_refusals
from models.webhook_delivery import DELIVERIES_KEPT, forget_deliveries
from models.webhook_routing import EVENTS_KEPT, forget_partner_events
from services.ports import Ports
from services.tokens import LEEWAY, LIFETIMES, Kind


def forget(ports: Ports) -> None:
    """Remove what is kept for a while only, when its time is over."""
    now = ports.clock.now()
    with ports.transactions.begin() as session:
        session.execute(take_your_time())
        session.execute(forget_answers(now - ANSWERS_KEPT_FOR))
        session.execute(forget_refusals(now - REFUSALS_KEPT_FOR))
        session.execute(forget_codes(now - VERIFICATIONS_KEPT_FOR))
        session.execute(forget_verifications(now - VERIFICATIONS_KEPT_FOR))
        session.execute(forget_reminders(now - NOTICES_KEPT.value))
        session.execute(forget_notices(now - NOTICES_KEPT.value))
        session.execute(forget_numbers(now - NUMBERS_KEPT.value))
        session.execute(forget_results(now - RESULTS_KEPT))
        session.execute(forget_keys(now - KEYS_KEPT))
        session.execute(forget_deliveries(now - DELIVERIES_KEPT.value))
        session.execute(forget_partner_events(now - EVENTS_KEPT.value))
        session.execute(forget_staff_refusals(now - STAFF_REFUSALS_KEPT_FOR))
        session.execute(forget_sessions(now - SOURCE_KNOWN_FOR.value))
        session.execute(forget_sign_ins(now - LIFETIMES[Kind.REFRESH] - LEEWAY))
