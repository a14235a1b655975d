"""The programmes of BPJS Ketenagakerjaan open to BPU workers, and the two plans sold."""

from enum import StrEnum

from models.values.words import Words


class Programme(StrEnum):
    """In the order in which they are listed to people."""

    JKK = "JKK"
    """Jaminan Kecelakaan Kerja: work accident."""
    JKM = "JKM"
    """Jaminan Kematian: death."""
    JHT = "JHT"
    """Jaminan Hari Tua: old age."""


PROGRAMME_NAMES = {
    Programme.JKK: Words("Jaminan Kecelakaan Kerja", "Work accident"),
    Programme.JKM: Words("Jaminan Kematian", "Death"),
    Programme.JHT: Words("Jaminan Hari Tua", "Old age"),
}


class Plan(StrEnum):
    BASIC = "basic"
    COMPLETE = "complete"

    @property
    def programmes(self) -> tuple[Programme, ...]:
        protection = (Programme.JKK, Programme.JKM)
        return protection if self is Plan.BASIC else (*protection, Programme.JHT)
