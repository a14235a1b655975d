"""The world outside gives no usable answer, or says no. What was asked for is kept and tried again."""

from models.values.words import Words
from services.errors import DomainError, Unavailable


class IdentityRegistryDown(Unavailable):
    code = "identity-registry-down"
    title = Words(
        "Data kependudukan belum bisa diperiksa", "The population registry is not answering"
    )
    detail = Words(
        "Data Anda sudah tersimpan dan akan diperiksa begitu layanan Dukcapil pulih.",
        "Your data is kept and will be checked as soon as the registry answers.",
    )


class IdentityRegistryMisconfigured(IdentityRegistryDown):
    """The registry refuses our institution, not the person. Operators are alarmed."""

    code = "identity-registry-misconfigured"


class GatewayDown(Unavailable):
    code = "gateway-down"
    title = Words("Pesan belum bisa dikirim", "The message gateway is not answering")
    detail = Words("Coba lagi beberapa saat lagi.", "Try again in a moment.")


class MessageRefused(DomainError):
    """The gateway will never send this message: it is not an answer to a caller."""

    code = "message-refused"
    title = Words("Pesan ditolak", "The gateway refused the message")
    detail = Words(
        "Nomor ini tidak dapat menerima pesan.", "This number cannot receive the message."
    )


class MessageTakenAlready(DomainError):
    """The gateway has a message under this key, with other words: an earlier try got through and
    its answer did not reach us. What is true has changed since; what was true then has been told."""

    code = "message-taken-already"
    title = Words("Pesan sudah diterima", "The gateway has the message already")
    detail = Words("Tidak perlu dikirim lagi.", "There is no need to send it again.")
