"""The real path, driven step by step beside the model: admission, ledger, tally, quarantine."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any, cast

import msgspec
import redis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from dashboard.accept import quarantine
from dashboard.accept.admission import JSON, admit
from dashboard.core.events import from_ms
from dashboard.pulse.cache import Cache
from dashboard.store import decisions, keys, ledger, seals, tallies, turns
from dashboard.store.decisions import Decision
from dashboard.store.tables import Quarantined, Rate, Source
from dashboard.tally import check
from dashboard.tally.rebuild import rebuild
from dashboard.tally.reconcile import reconcile
from dashboard.tally.recount import Recount
from dashboard.tally.verify import verify
from gmvboard import failpoints
from tests.pipeline.model import CAP, FOREIGN, MINUTE_MS, Model, Told
from tests.pipeline.sent import as_sent, told
from tests.pipeline.worker import Worker, at
from tests.worlds import MIDNIGHT_MS, festival

FIELDS = {
    *("gross", "refunds", "payments", "topups", "failed", "submitted"),
    *(f"platform:{of}:{key}" for of in ("gross", "payments") for key in ("tmall", "jd", "unknown")),
}
PLACES = ["tally.after_claim", "tally.before_commit", "tally.after_commit"]
_number = count()


def dumped(client: redis.Redis, key: bytes) -> bytes:
    """Return a key's value as RESTORE takes it."""
    return cast("bytes", client.dump(key))


def _figures(minutes: Mapping[int, Mapping[str, int]]) -> dict[tuple[int, str], int]:
    """Return the figures that the model knows, by minute and field, without those that are 0."""
    return {
        (m, field): n
        for m, row in minutes.items()
        for field, n in row.items()
        if n and field in FIELDS
    }


class Festival(RuleBasedStateMachine):
    """One campaign with two sources; `steps` counts over all examples."""

    steps = 0

    def __init__(self, client: redis.Redis) -> None:
        super().__init__()
        client.flushall()
        self.client, self.model, self.now_ms = client, Model(), MIDNIGHT_MS + 3 * MINUTE_MS
        self.campaign, source = festival(f"festival-{next(_number)}", payment_cap=CAP)
        since = from_ms(MIDNIGHT_MS - 3_600_000)
        Rate.objects.create(campaign=self.campaign, currency=FOREIGN, since=since, rate="1.5")
        self.sources = [source, Source.objects.create(campaign=self.campaign, name="second")]
        self.facts = keys.facts_of(self.campaign)
        self.cache = Cache(self.window())
        self.recount = Recount(self.campaign.pk)
        self.workers = [Worker(client, self.campaign.pk) for _ in range(2)]
        self.saved: dict[bytes, bytes] = {}
        self.crashes = 0

    def window(self) -> range:
        return range(self.campaign.start_ms // MINUTE_MS, self.campaign.end_ms // MINUTE_MS)

    def held(self) -> Any:
        """Return the rows that wait, in the order in which they came."""
        waiting = Quarantined.objects.filter(campaign=self.campaign, state=Quarantined.WAITING)
        return waiting.filter(kind=Quarantined.HELD).order_by("pk")

    # What sources, staff and time do.

    @rule(source=st.integers(0, 1), batch=st.lists(told, min_size=1, max_size=8))
    def accept(self, source: int, batch: list[Told]) -> None:
        body, pk = msgspec.json.encode([as_sent(one) for one in batch]), self.sources[source].pk
        admitted = admit(self.facts, pk, body, JSON, self.now_ms)
        ledger.append([admitted.incoming])
        for one in batch:
            self.model.accept(pk, one, self.now_ms)

    @rule(minutes=st.integers(1, 3))
    def time_passes(self, minutes: int) -> None:
        self.now_ms += minutes * MINUTE_MS

    @rule(start=st.integers(-2, 3), end=st.integers(4, 9))
    def move_the_window(self, start: int, end: int) -> None:
        self.campaign.start = from_ms(MIDNIGHT_MS) + timedelta(minutes=start)
        self.campaign.end = from_ms(MIDNIGHT_MS) + timedelta(minutes=end)
        self.campaign.save(update_fields=["start", "end"])
        self.cache.rewindow(self.window())

    @precondition(lambda self: self.model.held)
    @rule(place=st.integers(0, 99))
    def release(self, place: int) -> None:
        place %= len(self.model.held)
        row, decision = self.held()[place], Decision("lena", self.now_ms)
        try:
            entry = quarantine.entry_of(bytes(row.raw), self.facts)
        except ValueError:
            assert not self.model.release(place, self.now_ms)
            return
        if entry.at > self.now_ms:  # staff are told so: still in the future
            assert not self.model.release(place, self.now_ms)
            return
        assert self.model.release(place, self.now_ms)
        assert [decisions.release([(row.pk, entry)], decision) for _ in range(2)] == [1, 0]

    @precondition(lambda self: self.model.held)
    @rule(place=st.integers(0, 99))
    def drop(self, place: int) -> None:
        place %= len(self.model.held)
        row = self.held()[place]
        dropped = Quarantined.objects.filter(pk=row.pk)
        assert decisions.drop(dropped, Decision("tom", self.now_ms)) == 1
        del self.model.held[place]

    # What workers do, and what befalls them.

    @rule(worker=st.integers(0, 1))
    def settle(self, worker: int) -> None:
        assert self.workers[worker].settle() == "settled"
        self.crashes = 0
        self.look()

    @rule(worker=st.integers(0, 1))
    def two_workers_count_the_same(self, worker: int) -> None:
        def meanwhile() -> None:
            turns.end_turn(self.client, self.campaign.pk)  # the first one's turn ran out
            self.workers[1 - worker].settle()

        with at("tally.before_commit", meanwhile):
            self.workers[worker].settle()
        self.settle(worker)

    # Not three times in a row: then what the worker was at would be taken for poison.
    @precondition(lambda self: self.crashes < 2)
    @rule(place=st.sampled_from(PLACES), worker=st.integers(0, 1), dies=st.booleans())
    def crash(self, place: str, worker: int, dies: bool) -> None:
        def fail() -> None:
            raise failpoints.Failed(place)

        self.crashes += 1
        with at(place, fail), suppress(failpoints.Failed):
            self.workers[worker].settle()
        if dies:
            self.workers[worker].die()

    @rule()
    def empty_redis(self) -> None:
        self.client.flushall()

    @rule()
    def save_redis(self) -> None:
        self.saved = {key: dumped(self.client, key) for key in self.client.scan_iter()}

    @rule()
    def redis_comes_back_as_it_was_saved(self) -> None:
        self.client.flushall()
        for key, value in self.saved.items():
            self.client.restore(key, 0, value)

    @rule()
    def rebuild(self) -> None:
        rebuild(self.client, self.campaign.pk)
        self.look()

    @rule()
    def check_beside_the_board(self) -> None:
        assert check.minutes(self.client, self.recount, seconds=60).differences == []

    @rule()
    def seal(self) -> None:
        seals.seal(self.campaign.pk, ledger.head(self.campaign.pk), self.now_ms)
        assert verify(self.campaign.pk).fault is None

    @rule()
    def reconcile(self) -> None:
        self.settle(0)
        assert reconcile(self.client, self.campaign.pk).differences == []

    # What must hold whenever everything is counted.

    def look(self) -> None:
        """Compare what the pulse would sum up with the model; likewise the quarantine."""
        cache = self.cache
        news = tallies.changes(self.client, self.campaign.pk, cache.generation, cache.position)
        cache.take(news, self.now_ms)
        expected = self.model.minutes()
        assert _figures(cache.minutes) == _figures(expected)
        inside = [row for minute, row in expected.items() if minute in self.window()]
        for field in FIELDS:
            assert cache.sums.total.get(field, 0) == sum(row.get(field, 0) for row in inside), field
        kept = Quarantined.objects.filter(campaign=self.campaign)
        assert kept.filter(kind=Quarantined.CONFLICT).count() == self.model.conflicts
        assert kept.filter(kind=Quarantined.REJECTED).count() == self.model.rejected

    def check_invariants(self, *arguments: Any) -> None:
        """Called by Hypothesis after every step."""
        Festival.steps += 1
        super().check_invariants(*arguments)

    def teardown(self) -> None:
        self.reconcile()
