"""Secrets of an account as a command is given them: never as an argument, which others can read."""

import getpass
import os
import sys

import msgspec
from django.core.management.base import CommandError

from dashboard.alerts.service import Service

_PREFIX = "FEED_SECRET_"


def variable(field: str) -> str:
    """Return the environment variable for a secret field."""
    return _PREFIX + field.upper()


def entered(service: Service, from_stdin: bool) -> dict[str, str]:
    """Return a service's secrets: one JSON object on standard input, or the environment's.

    Those that are in neither are asked for where a person is at the terminal. Raises
    `CommandError`, which repeats nothing of them.
    """
    given = _read() if from_stdin else {}
    for field in [one for one in service.fields if one.secret and one.name not in given]:
        value = os.environ.get(variable(field.name), "")
        if not value and sys.stdin.isatty() and not from_stdin:
            value = getpass.getpass(f"{field.name} ({field.about}): ")
        given[field.name] = value
    return {name: value.strip() for name, value in given.items()}


def _read() -> dict[str, str]:
    try:
        return msgspec.json.decode(sys.stdin.read(), type=dict[str, str])
    except msgspec.DecodeError:
        raise CommandError(
            'standard input: expected one JSON object of texts, as {"token": "…"}'
        ) from None
