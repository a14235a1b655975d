"""What we wrote to a worker and to the phone on record, and what became of each message."""

from dataclasses import replace

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from models.message import Message
from models.phone_verification import PhoneVerification
from models.timeline import messages
from models.timeline.happening import Happening
from models.timeline.staff.kind import StaffKind
from models.timeline.staff.record import SEALED
from models.worker import Worker

_after = aliased(Message)
# Looked up for what a page holds.
_FOLLOW_UP = select(_after.id).where(_after.fallback_of == Message.id).scalar_subquery()
_MESSAGE = {
    "message_id": Message.id,
    "message": Message.kind,
    "channel": Message.channel,
    "delivery": Message.state,
    "settled_at": Message.settled_at,
    "follow_up": _FOLLOW_UP,
    "follows": Message.fallback_of,
}
MESSAGE_SENT = replace(
    messages.MESSAGE_SENT,
    about="A message to the worker, and in `delivery` what has become of it by now, since "
    "`settled_at`. `follow_up` is the one by SMS that was sent because it failed, `follows` the "
    "one that it follows up, `resent_of` the one that staff had sent again. `called_off`: when it "
    "was to go out there was no reason any more. `phone_masked`: it is for this number, the one "
    "that was on record then, whatever is now. Told for a year.",
    where=(),
    details={
        **_MESSAGE,
        "resent_of": Message.resent_of,
        "called_off": messages.CALLED_OFF,
        SEALED: func.encode(Message.recipient_sealed, "base64"),
    },
    unpublished=[SEALED],
    derives=("phone_masked",),
)
CODE_SENT = Happening(
    kind=StaffKind.CODE_SENT,
    about="A code was sent to the phone on record, which others may use as well. `wrong_codes` were "
    "tried, and `confirmed_at` is when the right one was. Told for a month.",
    at=Message.queued_at,
    id=Message.id,
    worker_id=Worker.id,
    where=(
        PhoneVerification.phone_key == Worker.phone_key,
        Message.verification_id == PhoneVerification.id,
    ),
    details={
        **_MESSAGE,
        "wrong_codes": PhoneVerification.tries
        - case((PhoneVerification.confirmed_at.is_(None), 0), else_=1),
        "confirmed_at": PhoneVerification.confirmed_at,
    },
)
