"""Rows: figures as the tallies keep them, several in one text, and the names they go by.

A minute has a row `total`, one for each key of each breakdown (`platform:tmall`), one for each
named counter (`counter:visits`), and, for the dimensions with outcomes, one of submit-to-paid
times (`paid/platform:tmall`). A row is its figures in the order of `measures`, as decimal numbers
with a space between, zeros at the end left out: exact at any length, and readable by anyone.
"""

from collections.abc import Iterator, Mapping, Sequence

from dashboard.core.dimensions import DIMENSIONS

TOTAL = "total"
COUNTER = "counter"
PAID = "paid/"
# Upper bounds of the submit-to-paid histogram, seconds.
PAID_BUCKETS = (1, 2, 5, 10, 30, 60, 120, 300, 600)

MEASURES = ("gross", "refunds", "payments", "failed", "submitted")
TOTALS = (*MEASURES, "topups", "topup_count")
PAID_MEASURES = ("paid_n", "paid_ms", *(f"paid_le_{le}" for le in PAID_BUCKETS), "paid_le_inf")

# Breakdowns that no frame shows are kept beside the others, and read when asked for.
_BESIDE = {one.name for one in DIMENSIONS if not one.on_frame}


def shown(group: str) -> bool:
    """Return whether frames tell of a group of rows: what stands before the colon."""
    return group.removeprefix(PAID) not in _BESIDE


def pack(figures: Sequence[int]) -> str:
    """Return figures as one text."""
    end = len(figures)
    while end and not figures[end - 1]:
        end -= 1
    return " ".join(map(str, figures[:end]))


def unpack(text: bytes | str) -> list[int]:
    """Return the figures of a text; those left out are not there."""
    return [int(figure) for figure in text.split()]


def measures(group: str) -> tuple[str, ...]:
    """Return what the figures of a group's rows are, in their order; ("",) for counters."""
    if group == TOTAL:
        return TOTALS
    if group == COUNTER:
        return ("",)
    return PAID_MEASURES if group.startswith(PAID) else MEASURES


def fields(row: str, figures: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield each figure of a minute's row, zeros left out, under its name among all of them.

    `gross` of the total, `counter:visits`, `platform:gross:tmall`, `platform:paid_ms:tmall`.
    """
    group, _, key = row.partition(":")
    names = measures(group)
    if group == COUNTER:
        yield row, figures[0] if figures else 0
        return
    prefix, suffix = ("", "") if group == TOTAL else (f"{group.removeprefix(PAID)}:", f":{key}")
    for name, figure in zip(names, figures, strict=False):
        if figure:
            yield f"{prefix}{name}{suffix}", figure


def flat(packed: Mapping[bytes, bytes]) -> dict[str, int]:
    """Return every figure of a minute's rows by its name, zeros left out."""
    return {
        name: figure
        for row, text in packed.items()
        for name, figure in fields(row.decode(), unpack(text))
    }
