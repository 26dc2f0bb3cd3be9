"""What posts may ask of the network: hosts of one's own, the mail server, a test's own server."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from gmvboard import env

# Labels with a dot between them, the last of which begins with a letter; and maybe a port.
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](:\d{1,5})?")
_EXPECTED = "EMAIL_URL: expected smtps://user:password@host or smtp://user:password@host (STARTTLS)"


def hosts(name: str) -> list[str]:
    """Return a variable of hosts, each a name or name:port, in lower case. Raises `BadSetting`."""
    found = [word.lower() for word in env.words(name)]
    for one in found:
        if not _HOST.fullmatch(one):
            raise env.BadSetting(
                f"{name}: expected names of hosts, as social.example or hooks.example:8443, "
                f"got {one!r}"
            )
    return found


def diverted(name: str, under_test: bool, https: bool) -> tuple[str, int] | None:
    """Return a test's own server, which every feed is to ask in place of its own; None: no test.

    Raises `BadSetting` where the board is not one that a test has started.
    """
    if not (value := env.text(name)):
        return None
    if https or not under_test:
        raise env.BadSetting(
            f"{name}: expected to be unset: it is for tests alone, "
            "which set UNDER_TEST as well, and no HTTPS"
        )
    port = value.removeprefix("127.0.0.1:")
    if port == value or not port.isdigit():
        raise env.BadSetting(f"{name}: expected 127.0.0.1:PORT, got {value!r}")
    return "127.0.0.1", int(port)


def mail(url: str) -> dict[str, Any]:
    """Return Django's settings for the mail server of EMAIL_URL; empty: this machine's own.

    Words travel under TLS, but on this machine. Raises `BadSetting`, without the password.
    """
    try:
        parts = urlsplit(url or "smtp://localhost:25")
        port = parts.port or {"smtps": 465}.get(parts.scheme, 587)
    except ValueError:
        raise env.BadSetting(_EXPECTED) from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise env.BadSetting(_EXPECTED)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not local,
        "EMAIL_TIMEOUT": 10,
    }
