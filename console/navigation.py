"""Where an officer can go: what their role may, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.roots import ROOT
from models.values.access import StaffRole
from models.values.permission import Permission, may
from models.values.words import Words


@dataclass(frozen=True)
class Place:
    """A page that stands by itself."""

    path: str
    permission: Permission
    words: Words


# In the order in which they are shown. The first one that a role may see is its home.
PLACES = (
    Place(f"{ROOT}/lookup", Permission.LOOK_UP, Words("Cari peserta", "Look up")),
    Place(f"{ROOT}/reviews", Permission.REVIEW, Words("Pemeriksaan", "Reviews")),
    Place(f"{ROOT}/privacy-requests", Permission.PRIVACY, Words("Data pribadi", "Personal data")),
    Place(f"{ROOT}/batches", Permission.BATCHES, Words("Berkas mitra", "Partner files")),
    Place(f"{ROOT}/audit", Permission.AUDIT, Words("Catatan audit", "Audit")),
    Place(f"{ROOT}/accounts", Permission.ACCOUNTS, Words("Akun petugas", "Accounts")),
)


def open_to(role: StaffRole) -> Sequence[Place]:
    return [place for place in PLACES if may(role, place.permission)]


def home_of(role: StaffRole) -> str:
    return open_to(role)[0].path
