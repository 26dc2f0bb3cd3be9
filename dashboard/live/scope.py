"""Reading an ASGI connection scope."""

from collections.abc import MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]


def header(scope: Scope, name: bytes) -> str:
    """Return a header's value; "" where it is missing, or sent more than once."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin1") if len(values) == 1 else ""
