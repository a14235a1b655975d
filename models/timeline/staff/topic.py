"""What an entry of the staff's timeline is about, so that a long life can be read by one thread."""

from enum import StrEnum


class Topic(StrEnum):
    """Published, so none ever changes."""

    RECORD = "record"
    """Registering, consents, sessions, the phone, personal-data requests."""
    IDENTITY = "identity"
    MONEY = "money"
    """Plans, invoices, what banks asked and told, payments, credit, refunds, and the cover that
    follows from them."""
    MESSAGES = "messages"
    PARTNERS = "partners"
    STAFF = "staff"
