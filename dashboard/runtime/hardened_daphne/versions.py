"""The versions this package was tried with."""

from importlib.metadata import version

TRIED = {"daphne": "4.2.3", "twisted": "26.10.0", "autobahn": "26.10.2"}


class UntriedVersion(Exception):
    """A library this package reaches into is of another version than it was tried with."""


def check_versions() -> None:
    """Raise `UntriedVersion` unless the libraries are those this package was tried with."""
    for name, tried in TRIED.items():
        if (found := version(name)) != tried:
            raise UntriedVersion(
                f"{name} {found}: dashboard/runtime/hardened_daphne was tried with {tried}; "
                "run tests/runtime against the new version, then change TRIED"
            )
