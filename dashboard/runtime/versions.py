"""The versions that the hardened web servers were tried with: they reach into private parts."""

from collections.abc import Mapping
from importlib.metadata import version

DAPHNE = {"daphne": "4.2.3", "twisted": "26.10.0", "autobahn": "26.10.2"}
UVICORN = {"uvicorn": "0.54.0", "httptools": "0.9.0", "websockets": "17.4", "uvloop": "0.23.0"}


class UntriedVersion(Exception):
    """A library that a server reaches into is of another version than it was tried with."""


def check_versions(tried: Mapping[str, str]) -> None:
    """Raise `UntriedVersion` unless the libraries are those that were tried."""
    for name, expected in tried.items():
        if (found := version(name)) != expected:
            raise UntriedVersion(
                f"{name} {found}: dashboard/runtime was tried with {expected}; "
                "run tests/runtime against the new version, then change versions.py"
            )
