"""What HTTP itself can refuse, before or behind the use cases. Each knows its status."""

from collections.abc import Mapping
from typing import ClassVar

from models.values.words import Words
from services.errors import DomainError


class Refusal(DomainError):
    """Base class. ``headers`` go with the answer."""

    status: ClassVar[int]
    headers: ClassVar[Mapping[str, str]] = {}


class MalformedRequest(Refusal):
    status = 400
    code = "malformed-request"
    title = Words("Permintaan tidak dapat dibaca", "The request cannot be read")
    detail = Words(
        "Periksa cara permintaan ini dikirim, lalu coba lagi.",
        "Check how this request was sent, then try again.",
    )


class MalformedJson(Refusal):
    status = 400
    code = "malformed-json"
    title = Words("Isi permintaan bukan JSON", "The body is not JSON")
    detail = Words(
        "Kirim satu dokumen JSON yang sah dalam UTF-8.", "Send one valid JSON document in UTF-8."
    )


class MalformedQuery(Refusal):
    status = 400
    code = "malformed-query"
    title = Words("Alamat tidak dapat dibaca", "The query cannot be read")
    detail = Words(
        "Tulis parameter sebagai UTF-8 dengan persen-encoding.",
        "Percent-encode the parameters as UTF-8.",
    )


class NoSuchPlace(Refusal):
    status = 404
    code = "not-found"
    title = Words("Tidak ditemukan", "There is nothing here")
    detail = Words("Periksa alamatnya.", "Check the address.")


class MethodNotAllowed(Refusal):
    status = 405
    code = "method-not-allowed"
    title = Words("Metode tidak tersedia", "The method is not available here")
    detail = Words(
        "Gunakan salah satu metode pada header Allow.",
        "Use one of the methods in the Allow header.",
    )


class NotAcceptable(Refusal):
    status = 406
    code = "not-acceptable"
    title = Words("Bentuk jawaban tidak tersedia", "The answer does not exist in that form")
    detail = Words(
        "Ubah header Accept ke salah satu jenis isi yang tertulis di dokumentasi.",
        "Ask in the Accept header for one of the media types that the documentation names.",
    )


class PayloadTooLarge(Refusal):
    status = 413
    code = "payload-too-large"
    title = Words("Isi permintaan terlalu besar", "The body is too large")
    detail = Words("Kirim data yang lebih sedikit.", "Send less at once.")


class UnsupportedMediaType(Refusal):
    status = 415
    code = "unsupported-media-type"
    title = Words("Jenis isi tidak didukung", "The media type is not supported")
    detail = Words(
        "Kirim dengan Content-Type yang tertulis di dokumentasi.",
        "Send it with the Content-Type that the documentation names.",
    )


class UnsupportedContentEncoding(Refusal):
    status = 415
    code = "unsupported-content-encoding"
    title = Words("Isi yang dikompresi tidak didukung", "Compressed bodies are not supported")
    detail = Words(
        "Kirim isi permintaan tanpa kompresi, dan tanpa header Content-Encoding.",
        "Send the body uncompressed, and without the Content-Encoding header.",
    )
    # RFC 9110, 12.5.3: otherwise a 415 reads as if the media type were wrong.
    headers: ClassVar[Mapping[str, str]] = {"Accept-Encoding": "identity"}


class InternalError(Refusal):
    status = 500
    code = "internal-error"
    title = Words("Terjadi kesalahan pada sistem kami", "Something went wrong on our side")
    detail = Words(
        "Ini bukan kesalahan Anda. Bila berulang, sebutkan request_id kepada petugas kami.",
        "This is not your fault. If it happens again, tell our staff the request_id.",
    )


class ServiceUnavailable(Refusal):
    status = 503
    code = "service-unavailable"
    title = Words("Layanan sedang sibuk", "The service is busy")
    detail = Words(
        "Tidak ada yang hilang. Coba lagi beberapa detik lagi.",
        "Nothing is lost. Try again in a few seconds.",
    )


BY_STATUS: dict[int, type[Refusal]] = {
    refusal.status: refusal
    for refusal in (
        MalformedRequest,
        NoSuchPlace,
        MethodNotAllowed,
        NotAcceptable,
        PayloadTooLarge,
        UnsupportedMediaType,
        InternalError,
        ServiceUnavailable,
    )
}
