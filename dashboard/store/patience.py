"""Patience with the database: for commands that take as long as they take."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

_PATIENT = " -c statement_timeout=0 -c idle_in_transaction_session_timeout=0"


@contextmanager
def unlimited() -> Iterator[None]:
    """Have connections opened meanwhile wait for a statement without end; not for a lock.

    Of PostgreSQL; SQLite has no such limit. To be entered before the first statement.
    """
    options = connections.settings["default"]["OPTIONS"]
    limited = options.get("options")
    if limited is not None:
        options["options"] = limited + _PATIENT
    try:
        yield
    finally:
        if limited is not None:
            options["options"] = limited
