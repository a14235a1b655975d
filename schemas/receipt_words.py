"""What a receipt says on paper, in each of our languages."""

from models.values.words import Words

TITLE = Words("Bukti Pembayaran", "Receipt")
FILE_NAME = Words("bukti-pembayaran-{day}.pdf", "receipt-{day}.pdf")
SUBJECT = Words(
    "Iuran BPJS Ketenagakerjaan untuk pekerja bukan penerima upah (BPU)",
    "BPJS Ketenagakerjaan contributions of a non-wage worker (BPU)",
)
PAID = Words("LUNAS", "PAID")
RECEIVED = Words("DITERIMA", "RECEIVED")
FOOT = Words(
    "Jaring · Tagihan {invoice} · Halaman {{page}} dari {{pages}}",
    "Jaring · Invoice {invoice} · Page {{page}} of {{pages}}",
)

# The two things that whoever is shown a receipt looks for.
ONE_MONTH = Words("Iuran 1 bulan", "Contribution for 1 month")
MONTHS = Words("Iuran {count} bulan", "Contributions for {count} months")
PROTECTED_UNTIL = Words("Terlindungi sampai", "Protected until")
PROTECTION = Words("Masa perlindungan", "Protection")
NOT_EXTENDED = Words("Tidak bertambah", "Not extended")
KEPT_AS_CREDIT = Words("Disimpan sebagai saldo", "Kept as credit")
USE = Words("Dipakai otomatis untuk", "Goes towards")
NEXT_INVOICE = Words("Tagihan berikutnya", "Your next invoice")

PARTICIPANT = Words("Peserta", "Participant")
NAME = Words("Nama", "Name")
NIK = Words("NIK", "NIK")
MEMBER_NUMBER = Words("Nomor peserta (KPJ)", "Member number (KPJ)")
REGISTRATION_NUMBER = Words("Nomor pendaftaran", "Registration number")
PAYMENT = Words("Pembayaran", "Payment")
VIRTUAL_ACCOUNT = Words("Virtual account", "Virtual account")
BANK_REFERENCE = Words("Nomor referensi bank", "Bank reference")
INVOICE = Words("Nomor tagihan", "Invoice number")

MONTH = Words("Bulan", "Month")
PROGRAMME = Words("Program", "Programme")
BASE = Words("Iuran", "Base")
RELIEF = Words("Keringanan", "Relief")
AMOUNT = Words("Dibayar", "Amount")
SUM = Words("Jumlah", "Sum")

TOTAL = Words("Jumlah iuran", "Total")
CREDIT_USED = Words("Dipakai dari saldo", "Paid from credit")
AT_BANK = Words("Dibayar di bank", "Paid at the bank")
CREDITED = Words("Menjadi saldo", "Kept as credit")
LEGAL_BASIS = Words("Dasar hukum", "Legal basis")

# What it proves, and that it does not prove cover: that may have ended since.
PROVES_PAYMENT = Words(
    "Bukti ini menyatakan bahwa pembayaran di atas sudah diterima dan dibukukan sebagai iuran untuk "
    "bulan yang tercantum.",
    "This receipt states that the payment above was received, and booked as the contribution for "
    "the months listed.",
)
PROVES_USE_OF_CREDIT = Words(
    "Bukti ini menyatakan bahwa iuran untuk bulan yang tercantum sudah dibayar seluruhnya dari saldo "
    "Anda, yaitu uang yang diterima sebelumnya.",
    "This receipt states that the contribution for the months listed was paid entirely from your "
    "credit, which is money received before.",
)
PROVES_CREDIT = Words(
    "Bukti ini menyatakan bahwa uang di atas sudah diterima dan dibukukan sebagai saldo Anda.",
    "This receipt states that the money above was received, and booked as your credit.",
)
MADE = Words(
    "Dokumen ini dibuat otomatis dari pembukuan Jaring, tanpa tanda tangan. Perlindungan Anda "
    "saat ini terlihat di aplikasi.",
    "It was made from Jaring's books, without a signature. The app shows whether you are "
    "protected now.",
)
NOT_BACKWARDS = Words(
    "Bulan yang sudah lewat saat dibayar menjaga kepesertaan tidak terputus, tetapi tidak ada "
    "perlindungan sebelum pembayaran ini diterima.",
    "Months that had gone by when they were paid keep the membership unbroken, but no day before "
    "this payment is protected by it.",
)
WHY_CREDIT = Words(
    "Sebelum kabar pembayaran ini tiba, bulan yang harus dibayar sudah berubah. Karena "
    "itu seluruh uang Anda disimpan sebagai saldo, yang dipakai lebih dulu pada tagihan berikutnya.",
    "Before we heard of this payment, the months that were due had become others. So all of "
    "your money is kept as credit, which is used first on your next invoice.",
)
