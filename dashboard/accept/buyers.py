"""Buyers are replaced by a keyed hash before anything is written."""

import hashlib
import re
from collections.abc import Callable

import msgspec

from dashboard.store.keys import derived_key

# `"buyer":` however it is escaped, then a string (whole, or cut off), or whatever else follows.
_KEY = "".join(rf"(?:{one}|\\u00{ord(one):02x})" for one in "buyer")
_BUYER = re.compile(
    rf'("(?i:{_KEY})"\s*:\s*)(?:("(?:[^"\\]|\\.)*"?)|(?!null|["\s]).*)'.encode(), re.DOTALL
)


def pseudonyms() -> Callable[[str], str]:
    """Return the function that replaces a buyer: 32 hex digits, the same for the same buyer.

    Keyed BLAKE2b, its key derived from SECRET_KEY: without that nobody can try names out.
    """
    keyed = hashlib.blake2b(key=derived_key("buyers"), digest_size=16)

    def pseudonym(buyer: str) -> str:
        one = keyed.copy()
        one.update(buyer.encode())
        return one.hexdigest()

    return pseudonym


def without_buyers(raw: bytes, pseudonym: Callable[[str], str]) -> bytes:
    """Return JSON, which may be malformed, with every buyer in it replaced.

    What stands for a buyer and is no string ends the text: it may be anything.
    """

    def replace(found: re.Match[bytes]) -> bytes:
        key, text = found.groups()
        return key + (b'"%s"' % pseudonym(_plain(text)).encode() if text else b"")

    return _BUYER.sub(replace, raw)


def _plain(text: bytes) -> str:
    try:
        return msgspec.json.decode(text, type=str)
    except msgspec.DecodeError:
        return text.decode(errors="replace")
