"""Transactions that PostgreSQL breaks off for another's sake are simply done again (H19)."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

Result = TypeVar("Result")

# 40P01: deadlock detected; 40001: could not serialise.
_AGAIN = frozenset({"40P01", "40001"})
_MOST = 5
_WAIT_S = 0.02


def tried_again(work: Callable[[], Result]) -> Result:
    """Return what `work`, one whole transaction, returns; it is done up to five times again.

    What else it raises is raised at once; inside a transaction nothing is tried again.
    """
    for attempt in range(_MOST):
        try:
            return work()
        except OperationalError as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state not in _AGAIN or connection.in_atomic_block:
                raise
            time.sleep(_WAIT_S * (attempt + random.random()))
    return work()
