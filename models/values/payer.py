"""Who pays a contribution. Relief depends on it, so it is kept with every one."""

from enum import StrEnum


class PayerKind(StrEnum):
    SELF = "self"
    PARTNER = "partner"
    DONOR = "donor"
    APBN = "apbn"
    """Anggaran Pendapatan dan Belanja Negara: the national budget."""
    APBD = "apbd"
    """Anggaran Pendapatan dan Belanja Daerah: the budget of a region."""
