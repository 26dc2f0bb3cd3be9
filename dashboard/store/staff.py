"""Logins of staff."""

import secrets

from django.contrib.auth import get_user_model


def make_first(name: str) -> str | None:
    """Make a login with all rights and return its random password; None where `name` exists."""
    users = get_user_model().objects
    if exists(name):
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(username=name, password=password)
    return password


def exists(name: str) -> bool:
    """Return True where somebody logs in as `name`."""
    return get_user_model().objects.filter(username=name).exists()
