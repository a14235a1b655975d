"""What every page says to the browser about itself."""

from __future__ import annotations

from flask import Response

# No script runs, and nothing is loaded, sent or framed but from and to here.
CONTENT_SECURITY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Tells other sites nothing. "no-referrer" would have browsers leave the origin out of our own
    # forms, too, which is one of the marks by which we know them (Fetch, 3.2).
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def add(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    for name, value in _ALWAYS.items():
        response.headers[name] = value
    return response
