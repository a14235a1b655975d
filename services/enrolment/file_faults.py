"""What can be wrong with a file as a whole. Nothing of such a file is kept."""

from __future__ import annotations

from typing import ClassVar

from models.values.words import Words
from services.errors import TooLarge, Unreadable


class NotUtf8(Unreadable):
    code = "not-utf-8"
    title = Words("Berkas bukan UTF-8", "The file is not UTF-8")
    detail = Words(
        "Simpan lagi berkas sebagai CSV UTF-8 (di Excel: Save As, CSV UTF-8), bukan Windows-1252 "
        "atau UTF-16, lalu kirim ulang.",
        "Save the file again as CSV UTF-8 (in Excel: Save As, CSV UTF-8), not as Windows-1252 or "
        "UTF-16, and send it again.",
    )


class HoldsNul(Unreadable):
    code = "nul-character"
    title = Words("Berkas memuat karakter NUL", "The file holds a NUL character")
    detail = Words(
        "Berkas teks tidak memuat byte 0. Ekspor lagi sebagai CSV UTF-8, lalu kirim ulang.",
        "A text file has no byte 0. Export it again as CSV UTF-8, and send it again.",
    )


class GzipBroken(Unreadable):
    code = "gzip-broken"
    title = Words("gzip rusak", "The gzip is broken")
    detail = Words(
        "Isi tidak dapat dibuka sebagai gzip. Kompres lagi, atau kirim tanpa kompresi dan tanpa "
        "Content-Encoding.",
        "The body cannot be opened as gzip. Compress it again, or send it uncompressed and without "
        "Content-Encoding.",
    )


class GzipTruncated(Unreadable):
    code = "gzip-truncated"
    title = Words("gzip terpotong", "The gzip is cut short")
    detail = Words(
        "Bagian akhir berkas tidak ada. Kompres lagi dari berkas asli, lalu kirim ulang.",
        "The end of the file is missing. Compress the original again, and send it again.",
    )


class GzipUndeclared(Unreadable):
    code = "gzip-undeclared"
    title = Words("Berkas masih terkompresi", "The file is still compressed")
    detail = Words(
        "Ini gzip. Kirim dengan Content-Encoding: gzip (untuk jaring upload: dengan nama yang "
        "berakhiran .gz), atau tanpa kompresi.",
        "This is gzip. Send it with Content-Encoding: gzip (to jaring upload: under a name that "
        "ends in .gz), or uncompressed.",
    )


class WrongDigest(Unreadable):
    code = "content-digest-mismatch"
    title = Words("Content-Digest tidak cocok", "The Content-Digest does not match")
    detail = Words(
        "Isi yang sampai berbeda dari yang dihitung pengirim. Kirim ulang; Content-Digest dihitung "
        "dari byte yang dikirim, setelah kompresi.",
        "What arrived differs from what the sender counted. Send it again; a Content-Digest is "
        "of the bytes that are sent, after compression.",
    )


class CutShort(Unreadable):
    code = "upload-cut-short"
    title = Words("Unggahan terputus", "The upload was cut short")
    detail = Words(
        "Isi berakhir sebelum Content-Length tercapai. Tidak ada yang disimpan: kirim ulang dengan "
        "Idempotency-Key yang sama.",
        "The body ended before its Content-Length. Nothing was kept: send it again with the same "
        "Idempotency-Key.",
    )


class NoRows(Unreadable):
    code = "no-rows"
    title = Words("Berkas tidak berisi baris data", "The file has no rows")
    detail = Words(
        "Kirim judul kolom dan paling sedikit satu baris di bawahnya.",
        "Send the names of the columns and at least one row below them.",
    )


class HeaderMissing(Unreadable):
    code = "header-missing"
    title = Words("Judul kolom tidak ditemukan", "The names of the columns are missing")
    detail = Words(
        "Baris pertama harus berisi judul kolom dari GET /v1/partner/batch-template, dipisahkan "
        "koma atau titik koma.",
        "The first line must hold the names of the columns in GET /v1/partner/batch-template, with "
        "commas or semicolons between them.",
    )


class SeparatedByTabs(Unreadable):
    code = "separated-by-tabs"
    title = Words("Kolom dipisahkan tab", "The columns are separated by tabs")
    detail = Words(
        "Simpan berkas sebagai CSV dengan koma atau titik koma, lalu kirim ulang.",
        "Save the file as CSV with commas or semicolons, and send it again.",
    )


class QuoteNotClosed(Unreadable):
    code = "quote-not-closed"
    title = Words("Tanda kutip tidak berpasangan", "A quotation mark has no other half")
    detail = Words(
        "Periksa tanda kutip ganda pada baris ke-{line} berkas. Di dalam isian yang dikutip, tulis "
        'dua kali: "".',
        "Check the double quotes on line {line} of the file. Within a quoted value, write them "
        'twice: "".',
    )
    members: ClassVar = ("line",)


class LineTooLong(Unreadable):
    code = "line-too-long"
    title = Words("Baris terlalu panjang", "A line is too long")
    detail = Words(
        "Baris ke-{line} berkas lebih panjang dari yang mungkin untuk satu pengemudi: paling panjang "
        "16 KiB. Periksa isinya, dan dalam berkas teks juga akhir baris dan tanda kutip.",
        "Line {line} of the file is longer than one driver's can be: 16 KiB at most. Check what "
        "stands there, and in a text file the ends of the lines and the quotation marks, too.",
    )
    members: ClassVar = ("line",)


class NotAWorkbook(Unreadable):
    code = "not-a-workbook"
    title = Words("Bukan buku kerja XLSX", "Not an XLSX workbook")
    detail = Words(
        "Simpan lagi sebagai .xlsx tanpa sandi, atau sebagai CSV UTF-8, lalu kirim ulang.",
        "Save it again as .xlsx without a password, or as CSV UTF-8, and send it again.",
    )


class WorkbookAsText(Unreadable):
    code = "workbook-as-text"
    title = Words("Ini bukan berkas teks", "This is no text file")
    detail = Words(
        "Ini buku kerja Excel atau arsip ZIP. Kirim XLSX dengan Content-Type untuk XLSX (untuk "
        "jaring upload: dengan nama yang berakhiran .xlsx), atau simpan sebagai CSV UTF-8.",
        "This is an Excel workbook or a ZIP archive. Send XLSX with the Content-Type of XLSX (to "
        "jaring upload: under a name that ends in .xlsx), or save it as CSV UTF-8.",
    )


class FileTooLarge(TooLarge):
    code = "file-too-large"
    title = Words("Berkas terlalu besar", "The file is too large")
    detail = Words(
        "Paling besar 512 MiB sebelum kompresi (XLSX: 8 MiB). Bagi menjadi beberapa berkas.",
        "At most 512 MiB before compression (XLSX: 8 MiB). Divide it into several files.",
    )


class TooManyRows(TooLarge):
    code = "too-many-rows"
    title = Words("Baris terlalu banyak", "Too many rows")
    detail = Words(
        "Paling banyak 1.000.000 baris per berkas. Bagi menjadi beberapa berkas.",
        "At most 1,000,000 rows in one file. Divide it into several files.",
    )


class CompressedTooMuch(TooLarge):
    code = "compressed-too-much"
    title = Words("Kompresi tidak wajar", "Compressed beyond belief")
    detail = Words(
        "Isi mengembang lebih dari 200 kali ukuran kirimannya. Kirim tanpa kompresi.",
        "The body grows to more than 200 times what was sent. Send it uncompressed.",
    )


class SheetTooLong(TooLarge):
    code = "sheet-too-long"
    title = Words("Lembar kerja terlalu panjang", "The sheet is too long")
    detail = Words(
        "XLSX diterima sampai 20.000 baris. Simpan sebagai CSV UTF-8, atau pakai jaring upload, "
        "yang mengubahnya sendiri.",
        "XLSX is taken up to 20,000 rows. Save it as CSV UTF-8, or use jaring upload, which "
        "converts it by itself.",
    )


class NotNdjson(Unreadable):
    code = "not-ndjson"
    title = Words("Berkas bukan NDJSON", "The file is not NDJSON")
    detail = Words(
        "Baris pertama harus satu objek JSON yang utuh. Tulis satu objek per baris, tanpa kurung "
        "siku di luarnya.",
        "The first line must be one whole JSON object. Write one object per line, without brackets "
        "around them.",
    )
