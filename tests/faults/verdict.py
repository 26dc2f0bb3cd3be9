"""Nothing lost, nothing doubled: what was acknowledged, what the ledger holds, what is shown."""

import time
from typing import Any, NamedTuple

import httpx

from tests.boards import Board
from tests.faults.load import Load, amount
from tests.path.watching import ledger_entries, snapshot

SETTLED_WITHIN_S = 90


class Verdict(NamedTuple):
    """`missing` and `doubled` are payments, `off` is minor units, `reconcile` an exit code."""

    acknowledged: int
    missing: int
    doubled: int
    off: int
    reconcile: int

    def __str__(self) -> str:
        return (
            f"acknowledged {self.acknowledged}, missing {self.missing}, doubled {self.doubled}, "
            f"reconcile {self.reconcile}"
        )

    @property
    def exact(self) -> bool:
        """True where nothing at all is missing, doubled or off."""
        return not any(self[1:])


def verdict(load: Load, kills: int = 0, reconcile: bool = True) -> Verdict:
    """Wait until all is counted, compare, print one line; fails where anything differs."""
    held = numbers_in_ledger(load.board, load.slug)
    gross = sum(map(amount, held))
    shown = settled(load.board, load.slug, gross)
    code = load.board.manage("reconcile", load.slug, check=False).returncode if reconcile else 0
    found = Verdict(
        acknowledged=len(load.acknowledged),
        missing=len(load.acknowledged - held),
        doubled=shown["orders"] - len(held),
        off=shown["turnover"]["gross"] - gross,
        reconcile=code,
    )
    print(f"kills {kills}, {found}")
    assert found.exact, found
    return found


def numbers_in_ledger(board: Board, slug: str) -> set[int]:
    """Return the numbers of the distinct payments that the ledger holds."""
    return {int(entry["id"].removeprefix("p-")) for entry in ledger_entries(board, slug)}


def settled(board: Board, slug: str, gross: int) -> dict[str, Any]:
    """Return the snapshot once it shows `gross` with nothing left to count, else the last one."""
    until = time.monotonic() + SETTLED_WITHIN_S
    while True:
        shown = look(board, slug)
        if shown and shown["turnover"]["gross"] == gross and at_rest(shown):
            return shown
        if time.monotonic() > until:
            assert shown, "no snapshot"
            return shown
        time.sleep(0.1)


def at_rest(shown: dict[str, Any]) -> bool:
    """Return whether a snapshot says that nothing is left to count, or being counted anew."""
    return not shown["healing"] and not shown["backlog"]["batches"]


def look(board: Board, slug: str) -> dict[str, Any] | None:
    """Return the snapshot that the API gives now; None where it gives none."""
    try:
        shown = snapshot(board, slug)
    except (httpx.HTTPError, ValueError):
        return None
    return shown if "turnover" in shown else None
