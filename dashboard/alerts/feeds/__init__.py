"""Every service that posts can go to, a file each: a new one is a new file here."""

import pkgutil
from functools import cache
from importlib import import_module

from dashboard.alerts.service import Service


@cache
def services() -> dict[str, Service]:
    """Return every service by its name, which is its file's; read once a process.

    Raises `TypeError` where a file has no `SERVICE` of its own name.
    """
    return {name: _service(name) for _, name, _ in pkgutil.iter_modules(__path__)}


def _service(name: str) -> Service:
    found = getattr(import_module(f"{__name__}.{name}"), "SERVICE", None)
    if not isinstance(found, Service) or found.name != name:
        raise TypeError(f"{name}.py: expected a SERVICE named {name!r}")
    return found
