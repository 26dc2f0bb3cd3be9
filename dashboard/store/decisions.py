"""What staff decide of events in quarantine: each once, with who and when."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from dashboard.core.events import Entry
from dashboard.store import ledger, quarantined
from dashboard.store.ledger import Incoming
from dashboard.store.tables import Quarantined

# Rows that one transaction decides: some tens of milliseconds of the ledger's lock.
_AT_ONCE = 1_000


class Decision(msgspec.Struct, frozen=True):
    """Who decided, and when (ms since 1970 UTC, real time)."""

    by: str
    at_ms: int


def release(entries: Sequence[tuple[int, Entry]], decision: Decision) -> int:
    """Append held or isolated events that staff released, by their rows' keys, to the ledger.

    Returns how many; what is neither, or was decided before, is left as it is. An isolated event
    stays left out where it stands, for all who read the ledger, and is counted where it stands now.
    """
    return sum(
        _release(dict(entries[start : start + _AT_ONCE]), decision)
        for start in range(0, len(entries), _AT_ONCE)
    )


def drop(rows: "QuerySet[Quarantined]", decision: Decision) -> int:
    """Decide that those of `rows` that wait are never counted; return how many. They stay kept."""
    waiting = rows.filter(state=Quarantined.WAITING).order_by("pk").values_list("pk", flat=True)
    dropped = 0
    while some := list(waiting[:_AT_ONCE]):
        dropped += _drop(some, decision)
    return dropped


@transaction.atomic
def _release(entries: dict[int, Entry], decision: Decision) -> int:
    waiting = Quarantined.objects.filter(pk__in=list(entries), kind__in=Quarantined.RELEASABLE)
    decided = _decide(waiting, Quarantined.RELEASED, decision)
    sources: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for row in decided:
        sources[row.campaign_id, row.source_id].append(entries[row.pk])
    # The ledger's locks before those of the counts, in the order in which the door takes them.
    ledger.append(
        [Incoming.of(*source, decision.at_ms, released) for source, released in sources.items()]
    )
    _count(decided, Quarantined.RELEASED)
    return len(decided)


@transaction.atomic
def _drop(keys: Sequence[int], decision: Decision) -> int:
    waiting = Quarantined.objects.filter(pk__in=keys)
    decided = _decide(waiting, Quarantined.DROPPED, decision)
    _count(decided, Quarantined.DROPPED)
    return len(decided)


def _decide(rows: "QuerySet[Quarantined]", state: str, decision: Decision) -> Sequence[Quarantined]:
    """Return those of the rows that waited until now, and are decided now."""
    locked = rows.filter(state=Quarantined.WAITING).select_for_update().order_by("pk")
    decided = list(locked.defer("raw", "reason"))
    Quarantined.objects.filter(pk__in=[row.pk for row in decided]).update(
        state=state, decided_by=decision.by[:150], decided_ms=decision.at_ms
    )
    return decided


def _count(decided: Sequence[Quarantined], state: str) -> None:
    changes: Counter[quarantined.Place] = Counter()
    for row in decided:
        changes[row.campaign_id, row.kind, row.field, Quarantined.WAITING] -= 1
        changes[row.campaign_id, row.kind, row.field, state] += 1
    quarantined.add_up(changes)
