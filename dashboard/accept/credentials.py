"""Who sends: a bearer key, checked by the headers alone, or a signature over the body.

A stranger learns nothing: whatever is wrong, and whether the campaign exists or not, the answer is
the same 401. The holder of a key in force is told 404 for a campaign that does not exist and 403
for another's.
"""

import hashlib
from collections.abc import Callable

from dashboard.accept.clocks import Clocks
from dashboard.accept.headers import Headers
from dashboard.accept.problems import Problem, unauthorised
from dashboard.accept.signature import Signed, claimed
from dashboard.store.keys import Grant, Keyring

# Given the body as it was sent, returns what the sender may do; raises the 401.
Proof = Callable[[bytes], Grant]


def check(ring: Keyring, slug: str, headers: Headers, now_s: float, clocks: Clocks) -> Proof:
    """Check what the headers alone can tell, and return the rest of the check.

    Raises the 401, and for a key in force the 403 or 404. `now_s` is real time; `clocks` judges a
    valid signature's.
    """
    if headers.raw("authorization") is not None:
        grant = _by_key(ring, slug, headers)
        return lambda _body: grant
    signed = claimed(headers, now_s)
    if signed is None or slug not in ring.secrets:
        raise unauthorised()
    return lambda body: _by_signature(ring.secrets[slug], signed, body, clocks)


def _by_key(ring: Keyring, slug: str, headers: Headers) -> Grant:
    scheme, _, key = (headers.raw("authorization") or b"").partition(b" ")
    # A key is looked up by its digest, so that the time this takes says nothing about the key.
    grant = ring.bearers.get(hashlib.sha256(key.strip()).hexdigest())
    if scheme.lower() != b"bearer" or grant is None:
        raise unauthorised()
    if slug not in ring.campaigns:
        raise Problem(404, "campaign: expected one that exists")
    if grant.campaign.slug != slug:
        raise Problem(403, "authorization: expected a key of this campaign")
    return grant


def _by_signature(
    secrets: list[tuple[bytes, Grant]], signed: Signed, body: bytes, clocks: Clocks
) -> Grant:
    for secret, grant in secrets:
        if signed.fits(secret, body) and clocks.agrees(grant, signed.skew_s):
            return grant
    raise unauthorised()
