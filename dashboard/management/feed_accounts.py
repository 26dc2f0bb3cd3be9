"""An account as commands are given it.

Secrets are never arguments, which others of the machine can read: they are in the environment, or
one JSON object on standard input, or typed.
"""

import getpass
import os
import sys
from collections.abc import Mapping
from typing import Any

import msgspec
from django.core.management.base import CommandError

from dashboard.alerts import accounts
from dashboard.alerts.service import Service

_PREFIX = "FEED_SECRET_"


def variable(field: str) -> str:
    """Return the environment variable for a secret field."""
    return _PREFIX + field.upper()


def tells_account(service: Service, options: Mapping[str, Any]) -> bool:
    """Return whether anything of an account was given."""
    named = any(os.environ.get(variable(name)) for name in accounts.secret_names(service))
    return bool(options["set"]) or options["stdin"] or named


def account(
    service: Service, options: Mapping[str, Any], known: Mapping[str, str], ask: bool
) -> dict[str, str]:
    """Return an account: what is `known`, and what was given; with `ask` the rest may be typed.

    Raises `CommandError`, which names the fields and repeats no secret.
    """
    given = dict(known) | dict(_pair(text) for text in options["set"])
    for name in accounts.secret_names(service):
        if any(text.startswith(f"{name}=") for text in options["set"]):
            raise CommandError(f"{name}: a secret: expected in {variable(name)}, or typed")
    given |= _secrets(service, options["stdin"], ask)
    if unknown := given.keys() - {field.name for field in service.fields}:
        raise CommandError(f"{min(unknown)}: no field of {service.name}; see `services`")
    if wrong := accounts.wrong(service, given):
        raise CommandError("; ".join(f"{one.name}: expected {one.about}" for one in wrong))
    return given


def _secrets(service: Service, from_stdin: bool, ask: bool) -> dict[str, str]:
    """Return the secrets that were given."""
    given = _read() if from_stdin else {}
    for field in [one for one in service.fields if one.secret and one.name not in given]:
        value = os.environ.get(variable(field.name), "")
        if not value and ask and not from_stdin and sys.stdin.isatty():
            value = getpass.getpass(f"{field.name} ({field.about}): ")
        if value:
            given[field.name] = value.strip()
    return given


def _read() -> dict[str, str]:
    try:
        return msgspec.json.decode(sys.stdin.read(), type=dict[str, str])
    except msgspec.DecodeError:
        raise CommandError(
            'standard input: expected one JSON object of texts, as {"token": "…"}'
        ) from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError("set: expected FIELD=VALUE")
    return name, value
