"""Standard Webhooks signatures: HMAC-SHA256 over id, timestamp and the body as it was sent.

The specification: https://github.com/standard-webhooks/standard-webhooks. A header may carry
several signatures, and a source have several secrets, while one is being replaced by another.
"""

import base64
import hmac

import msgspec

from dashboard.accept.headers import Headers

_SCHEME = b"v1,"


class Signed(msgspec.Struct, frozen=True):
    """What the three headers of a signed request say, as bytes; `skew_s` is our time less its."""

    message_id: bytes
    timestamp: bytes
    signatures: tuple[bytes, ...]
    skew_s: float

    def fits(self, secret: bytes, body: bytes) -> bool:
        """Whether one of the signatures was made with `secret` over `body`; in constant time."""
        content = b".".join((self.message_id, self.timestamp, body))
        right = base64.b64encode(hmac.digest(secret, content, "sha256"))
        fitting = [hmac.compare_digest(right, given) for given in self.signatures]
        return any(fitting)


def claimed(headers: Headers, now_s: float) -> Signed | None:
    """Return the signature of a request, of whatever time; None where there is none."""
    message_id = headers.raw("webhook-id")
    timestamp = headers.raw("webhook-timestamp") or b""
    signatures = tuple(
        one[len(_SCHEME) :]
        for one in (headers.raw("webhook-signature") or b"").split()
        if one.startswith(_SCHEME)
    )
    # bytes.isdigit() knows ASCII only; 12 digits of seconds reach past the year 30000.
    if not message_id or not signatures or not timestamp.isdigit() or len(timestamp) > 12:
        return None
    return Signed(message_id, timestamp, signatures, now_s - int(timestamp))
