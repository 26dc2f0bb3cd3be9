"""Names of the milestones that a rule for many brings forth."""

import re
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9_]{1,20}")
_LONGEST_RULE = 40


def member(rule_key: str, of: str) -> str:
    """Return the key of a rule's milestone for `of`: its name where that is plain, or a digest.

    The same whoever makes it, so that no two processes fire one twice; at most 64 characters.
    """
    tail = of if _PLAIN.fullmatch(of) else sha256(of.encode()).hexdigest()[:16]
    return f"{rule_key[:_LONGEST_RULE]}-{tail}"
