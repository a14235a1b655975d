"""What we wrote to a worker. Codes are not here: they belong to a phone, not to a person."""

from sqlalchemy import exists, func

from models.message import Message
from models.reminder import Reminder
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind

# When it was to go out there was no reason to write any more: nothing was sent, so nothing failed.
CALLED_OFF = exists().where(
    Reminder.message_id == func.coalesce(Message.resent_of, Message.fallback_of, Message.id),
    Reminder.called_off_at == Message.settled_at,
)
MESSAGE_SENT = Happening(
    kind=TimelineKind.MESSAGE_SENT,
    about="A message to the worker, and in `delivery` what has become of it by now. Told for a year.",
    at=Message.queued_at,
    id=Message.id,
    worker_id=Message.worker_id,
    where=(~CALLED_OFF,),
    details={"message": Message.kind, "channel": Message.channel, "delivery": Message.state},
)
