"""The programmes of BPJS Ketenagakerjaan open to BPU workers, and the two plans sold."""

from enum import StrEnum


class Programme(StrEnum):
    """In the order in which they are listed to people."""

    JKK = "JKK"
    """Jaminan Kecelakaan Kerja: work accident."""
    JKM = "JKM"
    """Jaminan Kematian: death."""
    JHT = "JHT"
    """Jaminan Hari Tua: old age."""


class Plan(StrEnum):
    BASIC = "basic"
    COMPLETE = "complete"

    @property
    def programmes(self) -> tuple[Programme, ...]:
        protection = (Programme.JKK, Programme.JKM)
        return protection if self is Plan.BASIC else (*protection, Programme.JHT)
