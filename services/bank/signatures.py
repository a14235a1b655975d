"""The two signatures of SNAP BI: of the request for a token, and of every call with one."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

# A string (which may hold escaped quotes), or white space outside of one. A string that never
# ends reaches to the end of the body: looking for its end again and again would take too long.
_STRING_OR_SPACE = re.compile(rb'("(?:[^"\\]|\\.)*+"?)|[ \t\r\n]+', re.DOTALL)


def signed_for_token(
    public_key: RSAPublicKey, client_key: str, timestamp: str, signature: str
) -> bool:
    """Whether a signature is base64 of SHA256withRSA over ``clientKey|timestamp``."""
    try:
        public_key.verify(
            base64.b64decode(signature, validate=True),
            f"{client_key}|{timestamp}".encode(),
            padding.PKCS1v15(),
            hashes.SHA256(),
        )
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def signed_for_call(
    secret: str, *, called: str, token: str, body: bytes, timestamp: str, signature: str
) -> bool:
    """Whether a signature is base64 of HMAC-SHA512 with the client secret over
    ``METHOD:path:accessToken:lowerhex(sha256(minified body)):timestamp``.

    :param called: ``METHOD:path``, the path as called.
    :param body: as it came.
    """
    digest = hashlib.sha256(minified(body)).hexdigest()
    signed = f"{called}:{token}:{digest}:{timestamp}".encode()
    expected = base64.b64encode(hmac.digest(secret.encode(), signed, hashlib.sha512))
    # Bytes: comparing text fails on anything that is not ASCII.
    return hmac.compare_digest(expected, signature.encode(errors="replace"))


def minified(body: bytes) -> bytes:
    """JSON without insignificant white space; order, numbers and strings as they are.

    It never fails: of what is not JSON, white space goes as well.
    """
    return _STRING_OR_SPACE.sub(lambda found: found[1] or b"", body)
