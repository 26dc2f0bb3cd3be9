"""Fakes beside the real things."""

import threading
from collections.abc import Sequence

from dashboard.store.ledger import Incoming


class FakeLedger:
    """A ledger in memory: numbers batches from 1, fails where told to, waits while `shut`.

    `commits` has what each call of `append` was given.
    """

    def __init__(self) -> None:
        self.commits: list[list[Incoming]] = []
        self.failure: Exception | None = None
        self.called = threading.Semaphore(0)
        self.open = threading.Event()
        self.open.set()

    @property
    def incoming(self) -> list[Incoming]:
        """Everything that was appended, in its order."""
        return [one for commit in self.commits for one in commit]

    def append(self, incoming: Sequence[Incoming]) -> list[int]:
        """As `store.ledger.append`."""
        self.called.release()
        assert self.open.wait(10)
        if self.failure:
            raise self.failure
        first = sum(1 for one in self.incoming if one.count) + 1
        self.commits.append(list(incoming))
        numbers = iter(range(first, first + len(incoming)))
        return [next(numbers) if one.count else 0 for one in incoming]
