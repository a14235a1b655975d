"""What a partner's token is good for."""

from enum import StrEnum


class Scope(StrEnum):
    ENROL = "enrol"
    READ = "read"
    PAY = "pay"
    WEBHOOKS = "webhooks"
