"""What we wrote to a worker: in plain words."""

from __future__ import annotations

from models.merged_list import Details
from models.message import MessageKind
from models.timeline.kind import TimelineKind
from models.values.channel import Channel, DeliveryState
from models.values.words import Words
from services.timeline.sentences import Sentences

DELIVERIES = {
    DeliveryState.QUEUED: Words(
        "Pesan {channel} tentang {message} menunggu untuk dikirim.",
        "A {channel} message about {message} waits to be sent.",
    ),
    DeliveryState.SENT: Words(
        "Kami mengirim pesan {channel} tentang {message}.",
        "We sent you a {channel} message about {message}.",
    ),
    DeliveryState.DELIVERED: Words(
        "Pesan {channel} kami tentang {message} sudah sampai.",
        "Our {channel} message about {message} has arrived.",
    ),
    DeliveryState.FAILED: Words(
        "Pesan {channel} kami tentang {message} tidak sampai.",
        "Our {channel} message about {message} did not arrive.",
    ),
}
CHANNELS = {Channel.WHATSAPP: Words("WhatsApp", "WhatsApp"), Channel.SMS: Words("SMS", "text")}
SUBJECTS = {
    MessageKind.PHONE_CHANGED: Words(
        "penggantian nomor HP Anda", "the change of your phone number"
    ),
    MessageKind.PHONE_CHANGE_REQUESTED: Words(
        "permintaan mengganti nomor HP Anda", "a request to replace your phone number"
    ),
    MessageKind.ERASURE_REQUESTED: Words(
        "permintaan menghapus data Anda", "a request to erase your data"
    ),
    MessageKind.IDENTITY_DECIDED: Words(
        "pemeriksaan data diri Anda oleh petugas", "what our staff found of your identity"
    ),
    MessageKind.ENROLLED: Words(
        "platform yang menyatakan Anda mitranya", "a platform that says you drive for it"
    ),
    MessageKind.REMINDER: Words("iuran yang harus dibayar", "the contribution that is due"),
}


def _message(message: Details) -> Words:
    return DELIVERIES[message["delivery"]]


SENTENCES: Sentences = {
    TimelineKind.MESSAGE_SENT: _message,
}
