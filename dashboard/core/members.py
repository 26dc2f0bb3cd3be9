"""Names of the milestones that a rule for many brings forth."""

import re
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9_]{1,20}")
_LONGEST_RULE, _DIGITS = 40, 16


def member(rule_key: str, of: str) -> str:
    """Return the key of a rule's milestone for `of`: its name where that is plain, or a digest.

    The same whoever makes it, so that no two processes fire one twice; at most 64 characters. A
    long rule's name is a digest in part, so that no two rules share their members.
    """
    tail = of if _PLAIN.fullmatch(of) else _digest(of)
    if len(rule_key) > _LONGEST_RULE:
        rule_key = f"{rule_key[: _LONGEST_RULE - _DIGITS]}{_digest(rule_key)}"
    return f"{rule_key}-{tail}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]
