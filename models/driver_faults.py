"""What can be wrong with a row of a file of drivers, in words.

A code that the form of the single registration has too means the same here, and in the same words
unless those speak to the driver.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models import spreadsheet_damage
from models.driver_texts import TEXTS
from models.values import faults, person_faults
from models.values.faults import Fault
from models.values.person_faults import (
    NIK_FAULTS,
    NOT_A_NAME,
    NOT_A_REGION_CODE,
    PHONE_FAULTS,
    TOO_OLD,
    TOO_YOUNG,
    UNKNOWN_OCCUPATION,
    UNKNOWN_VILLAGE,
)
from models.values.person_forms import HIGHEST_INCOME
from models.values.sex import Sex
from models.values.words import Words

NOT_VISIBLE = Fault(
    "not-visible-characters",
    Words(
        "Tulis tanpa spasi dan tanpa karakter yang tidak terlihat.",
        "Write it without spaces and without characters that cannot be seen.",
    ),
)
IN_THE_FUTURE = Fault(
    "in-the-future",
    Words(
        "Waktu ini belum tiba. Tulis kapan pengemudi memberi persetujuan.",
        "This time has not come yet. Write when the driver gave the consent.",
    ),
)
# To workers this says to read the document and to accept it: here somebody else fills in a form.
UNKNOWN_DOCUMENT = Fault(
    person_faults.UNKNOWN_DOCUMENT.code,
    Words(
        "Tulis versi dokumen privacy yang disetujui pengemudi, seperti di GET /v1/consents.",
        "Write which version of the document privacy the driver accepted, as in GET /v1/consents.",
    ),
)
BEFORE_THE_LAW = Fault(
    "too-long-ago",
    Words(
        "Persetujuan paling awal tanggal 17 Oktober 2022, saat UU Pelindungan Data Pribadi berlaku.",
        "No consent can be older than 17 October 2022, when the law on personal data took effect.",
    ),
)
DUPLICATE_IN_FILE = Fault(
    "duplicate-in-file",
    Words(
        "NIK ini sudah ada di baris sebelumnya dalam berkas ini. Baris pertama yang dihitung, juga "
        "jika ditolak: perbaiki baris itu, atau hapus baris ini.",
        "This NIK stands in an earlier row of the file. The first one counts, also where it was "
        "rejected: mend that one, or remove this one.",
    ),
)
PERSONAL_NUMBER = Fault(
    "external-id-personal",
    Words(
        "external_id berisi NIK atau nomor HP pengemudi, padahal tampil di hasil dan webhook. Pakai "
        "nomor pengemudi Anda sendiri.",
        "This external_id holds the driver's NIK or phone number, and it is shown in results and "
        "webhooks. Use a number of your own.",
    ),
)
EXTERNAL_ID_TAKEN = Fault(
    "external-id-taken",
    Words(
        "external_id ini sudah Anda pakai untuk NIK lain. Periksa keduanya.",
        "You have used this external_id for another NIK. Check both.",
    ),
)
NIK_UNDER_OTHER_ID = Fault(
    "nik-under-other-id",
    Words(
        "NIK ini sudah Anda daftarkan dengan external_id lain. Pakai external_id itu, "
        "atau akhiri dulu tautannya.",
        "You have enrolled this NIK under another external_id. Use that one, or end its link first.",
    ),
)
SEX = faults.NOT_A_CHOICE.with_(choices=", ".join(Sex))
INCOME_TOO_SMALL = faults.TOO_SMALL.with_(minimum=0)
INCOME_TOO_LARGE = faults.TOO_LARGE.with_(maximum=HIGHEST_INCOME)

_FAULTS = (
    *NIK_FAULTS.values(),
    *PHONE_FAULTS.values(),
    *spreadsheet_damage.FAULTS,
    *(NOT_A_NAME, NOT_A_REGION_CODE, NOT_VISIBLE, PERSONAL_NUMBER, SEX),
    *(TOO_OLD, TOO_YOUNG, UNKNOWN_DOCUMENT, UNKNOWN_OCCUPATION, UNKNOWN_VILLAGE),
    *(faults.REQUIRED, faults.UNPRINTABLE, faults.NOT_A_DAY, faults.NOT_AN_INSTANT),
    *(faults.NOT_WHOLE, INCOME_TOO_SMALL, INCOME_TOO_LARGE, IN_THE_FUTURE, BEFORE_THE_LAW),
    *(DUPLICATE_IN_FILE, EXTERNAL_ID_TAKEN, NIK_UNDER_OTHER_ID),
)
_BY_CODE: Mapping[str, Fault] = {fault.code: fault for fault in (*_FAULTS, faults.TOO_LONG)}


def words_of(field: str, code: str) -> Words:
    """What to say of a value.

    :param field: the name of its column.
    :raises KeyError: no row is refused with this code.
    """
    fault = _BY_CODE[code]
    return fault.with_(**_limits(field)).said if fault is faults.TOO_LONG else fault.said


def _limits(field: str) -> Mapping[str, Any]:
    return {"maximum": TEXTS[field].most}
