"""Why somebody else's server gave no answer, in words that the log of deliveries shows its owner."""

from enum import StrEnum


class TargetTrouble(StrEnum):
    URL_REFUSED = "url_refused"
    NAME_NOT_FOUND = "name_not_found"
    ADDRESS_NOT_PUBLIC = "address_not_public"
    NO_CONNECTION = "no_connection"
    CERTIFICATE_REFUSED = "certificate_refused"
    TIMED_OUT = "timed_out"
    NO_HTTP = "no_http"
