"""What we wrote to a worker. Codes are not here: they belong to a phone, not to a person."""

from models.message import Message
from models.timeline.happening import Happening
from models.timeline.kind import TimelineKind

MESSAGE_SENT = Happening(
    kind=TimelineKind.MESSAGE_SENT,
    about="A message to the worker, and in `delivery` what has become of it by now. Told for a year.",
    at=Message.queued_at,
    id=Message.id,
    worker_id=Message.worker_id,
    details={"message": Message.kind, "channel": Message.channel, "delivery": Message.state},
)
