"""Words of the page of one case."""

from models.values.words import Words

REVIEW = {
    "title": Words("Kasus: {kind}", "Case: {kind}"),
    "all": Words("Semua kasus", "All cases"),
    "record": Words("Catatan peserta", "The worker's record"),
    "claimed": Words("Kasus ini Anda tangani sampai {until}.", "You have this case until {until}."),
    "held": Words(
        "{who} menangani kasus ini sampai {until}.", "{who} has this case until {until}."
    ),
    "on_hold": Words(
        "Masa keberatan sampai {until}: pemegang nomor lama masih dapat menolak. Belum dapat "
        "diputuskan.",
        "On hold until {until}: whoever has the old number may still object. It cannot be decided "
        "yet.",
    ),
    "first": Words(
        "MENUNGGU PETUGAS KEDUA. {by} memutuskan untuk {ruling} pada {at}. Keputusan itu belum berlaku.",
        "AWAITING A SECOND OFFICER. {by} decided {ruling} on {at}. That does not count yet.",
    ),
    "first_yours": Words(
        "MENUNGGU PETUGAS KEDUA. Anda memutuskan untuk {ruling} pada {at}. Petugas lain harus "
        "menguatkan atau mengembalikannya.",
        "AWAITING A SECOND OFFICER. You decided {ruling} on {at}. Another officer has to confirm it "
        "or send it back.",
    ),
    "first_note": Words("Catatannya", "Their note"),
    "first_displaces": Words(
        "Pemegang NIK sekarang akan ditolak.", "Whoever holds the NIK now will be refused."
    ),
    # Whom it is about.
    "person": Words("Tentang siapa", "Whom it is about"),
    "name": Words("Nama", "Name"),
    "nik": Words("NIK", "NIK"),
    "born": Words("Lahir", "Born"),
    "sex": Words("Jenis kelamin", "Sex"),
    "phone": Words("Nomor HP", "Phone"),
    "registration_number": Words("Nomor pendaftaran", "Registration number"),
    "registered": Words("Terdaftar", "Registered"),
    "never_in": Words("belum pernah masuk", "never signed in"),
    "told": Words("Yang dibaca peserta", "What the worker reads"),
    "unknown": Words("tidak diketahui", "not known"),
    # What there is to judge by.
    "checks": Words("Jawaban Dukcapil", "What the population registry said"),
    "checks_none": Words("Dukcapil belum pernah ditanya.", "The registry was never asked."),
    "asked": Words("Ditanya", "Asked"),
    "finding": Words("Temuan", "Finding"),
    "scores": Words("Kecocokan, dari 100", "Scores, of 100"),
    "notes": Words("Tentang NIK", "About the NIK"),
    "no_answer": Words("belum dijawab", "no answer yet"),
    "superseded": Words("tidak berlaku lagi", "superseded"),
    "other_nik": Words("NIK lain, sebelum dikoreksi", "another NIK, before it was corrected"),
    "by_partner": Words("kiriman mitra", "sent by a partner"),
    "too_low": Words("{score}, perlu {mark}", "{score}, {mark} needed"),
    "corrections": Words(
        "Peserta meminta diperiksa lagi {count} kali.",
        "The worker asked to be checked again {count} times.",
    ),
    "others": Words("Lainnya dengan NIK ini", "Others with this NIK"),
    "others_none": Words("Tidak ada orang lain dengan NIK ini.", "Nobody else has this NIK."),
    "other": Words("Siapa", "Who"),
    "holds": Words("memegang NIK ini sejak {at}", "holds this NIK since {at}"),
    "holds_not": Words("tidak memegangnya", "does not hold it"),
    "standing": Words("Identitas", "Identity"),
    "on_phone": Words(
        "{count} orang lain memakai nomor HP ini.", "{count} others have this phone number."
    ),
    "on_phone_none": Words(
        "Tidak ada orang lain di nomor HP ini.", "Nobody else has this phone number."
    ),
    # A lost phone, a refund.
    "change": Words("Permintaan ganti nomor", "The request"),
    "change_to": Words("Nomor baru", "New number"),
    "change_asked": Words("Diminta", "Asked"),
    "change_hold": Words("Masa keberatan sampai", "On hold until"),
    "refund": Words("Yang dikembalikan", "What is to be paid back"),
    "amount": Words("Jumlah", "Amount"),
    "months": Words("Untuk bulan", "For the months"),
    "opened": Words("Dibuka", "Opened"),
    "credit": Words("Saldo peserta (tetap)", "The worker's credit (stays)"),
    # Deciding.
    "to_ask_for": Words("Lihat dan tanyakan dulu", "To be seen and asked first"),
    "claim": Words("Ambil kasus", "Claim the case"),
    "claim_again": Words("Perpanjang 30 menit", "30 more minutes"),
    "decided_by_you": Words(
        "Anda sudah memutuskan. Sekarang giliran petugas lain.",
        "You have decided. Now it is another officer's turn.",
    ),
    "wait_for_colleague": Words(
        "Tunggu sampai kasus ini lepas, atau minta rekan Anda melepasnya.",
        "Wait until the case is free, or ask your colleague to release it.",
    ),
    "claim_lead": Words(
        "Ambil dulu, periksa, lalu putuskan. Setelah 30 menit kasus lepas sendiri.",
        "Claim it first, look, then decide. After 30 minutes it is free again.",
    ),
    "release": Words("Lepas kasus", "Release the case"),
    "decide": Words("Putuskan", "Decide"),
    "decision": Words("Keputusan", "Decision"),
    "displaces": Words(
        "Pemegang NIK sekarang ({who}, lahir {year}) ditolak; perlu petugas kedua.",
        "Whoever holds the NIK now ({who}, born {year}) is refused; it takes a second officer.",
    ),
    "displaces_fault": Words(
        "Orang lain memegang NIK ini. Jika yang benar adalah peserta ini, centang bahwa pemegangnya "
        "ditolak; jika bukan, putuskan yang lain.",
        "Another worker holds this NIK. If it is this one's, tick that the holder is refused; if not, "
        "decide otherwise.",
    ),
    "bank_reference": Words("Nomor referensi transfer", "Reference of the transfer"),
    "bank_reference_hint": Words("Dari bukti transfer bank.", "From the bank's confirmation."),
    "note": Words("Apa yang Anda periksa, dan kenapa", "What you checked, and why"),
    "note_hint": Words(
        "Untuk petugas kedua dan auditor. Tanpa NIK dan nomor lain.",
        "For the second officer and the auditor. No NIK or other numbers.",
    ),
    "submit": Words("Kirim keputusan", "Send the decision"),
}
