"""Words of the audit page."""

from models.values.words import Words

AUDIT = {
    "title": Words("Catatan audit", "Audit"),
    "lead": Words(
        "Siapa melihat atau mengubah apa, kapan, dari mana, dan mengapa. Membacanya pun tercatat.",
        "Who saw or changed what, when, from where and why. Reading it is on record, too.",
    ),
    "filters": Words("Saring", "Filter"),
    "account": Words("Nama pengguna petugas", "Officer's user name"),
    "action": Words("Tindakan", "Deed"),
    "any": Words("Semua tindakan", "Any deed"),
    "worker": Words("ID peserta", "Worker's id"),
    "from": Words("Dari tanggal", "From"),
    "until": Words("Sampai tanggal", "Until"),
    "refusals": Words("Hanya yang ditolak atau gagal", "Only what was refused or failed"),
    "show": Words("Tampilkan", "Show"),
    "clear": Words("Hapus saringan", "Clear the filter"),
    "caption": Words("Kejadian, yang terbaru dulu", "Events, the newest first"),
    "when": Words("Waktu", "When"),
    "what": Words("Kejadian", "Event"),
    "about": Words("Tentang", "About"),
    "note": Words("Catatan petugas", "The officer's note"),
    "details": Words("Rincian", "Details"),
    "of_worker": Words("peserta", "worker"),
    "of_thing": Words("nomor", "number"),
    "refused": Words("Ditolak", "Refused"),
    "by_filter": Words("Menurut petugas dan waktu", "By officer and time"),
    "by_key": Words("Pernahkah seseorang dicari?", "Was somebody searched for?"),
    "key_lead": Words(
        "Pencarian dengan kunci yang tepat sama, siapa pun yang ditemukan. Nomornya "
        "sendiri tidak disimpan, jadi ketik di sini.",
        "Look-ups by exactly this key, whoever was found. The number itself is not kept, so "
        "type it here.",
    ),
    "search": Words("Periksa", "Check"),
    "never": Words("Tidak ada pencarian dengan kunci ini.", "Nobody was searched for by this key."),
    "nothing": Words(
        "Tidak ada kejadian yang cocok. Periksa saringannya.",
        "No event matches. Check the filter.",
    ),
}
