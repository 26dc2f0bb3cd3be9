"""Clients as shops have them: in random order, 30 % sent twice, again until they are told 202."""

import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import httpx

from tests.boards import Board

SPREAD_S = 3_000
RETRY_S, PATIENCE_S = 0.1, 120
LOST = 0


class Answer(NamedTuple):
    """What a client was told: monotonic seconds when, status (LOST: nothing), how long it took."""

    at_s: float
    status: int
    took_s: float
    retry_after: str


class Load:
    """Payments of one campaign: those ever sent are numbered from 0, whatever became of them."""

    def __init__(
        self,
        board: Board,
        slug: str,
        clients: int = 4,
        batch: int = 100,
        pause_s: float = 0,
        begin: datetime | None = None,
    ) -> None:
        self.board, self.slug = board, slug
        self.begin = begin or hour_ago()
        end = self.begin + timedelta(days=1)
        made = board.create_campaign(slug, start=self.begin.isoformat(), end=end.isoformat())
        self.key, self.signing_secret = made["ingest_key"], made["signing_secret"]
        self.acknowledged: set[int] = set()
        self.answers: list[Answer] = []
        self._clients, self._batch, self._pause_s = clients, batch, pause_s
        self._sent = 0
        self._chance, self._lock = random.Random(11), threading.Lock()

    def payment(self, number: int) -> dict[str, Any]:
        """Return the payment with this number."""
        at = self.begin + timedelta(seconds=number * 7 % SPREAD_S)
        return {
            "id": f"p-{number}",
            "type": "payment.succeeded",
            "occurred_at": at.isoformat(),
            "amount": amount(number),
            "currency": "CNY",
            "platform": ("tmall", "taobao")[number % 2],
        }

    def send(self, events: int) -> None:
        """Send so many new payments, and 30 % of them twice; return when all are acknowledged."""
        batches = [self.take() for _ in range(-(-events // self._batch))]
        with ThreadPoolExecutor(self._clients) as clients:
            list(clients.map(self._deliver_one, batches))

    @contextmanager
    def running(self) -> Iterator["Load"]:
        """Send without pause while the block lasts; all that was begun is acknowledged after it."""
        stop = threading.Event()
        with ThreadPoolExecutor(self._clients) as clients:
            ending = [clients.submit(self._until, stop) for _ in range(self._clients)]
            try:
                yield self
            finally:
                stop.set()
            for one in ending:
                one.result()

    def since(self, at_s: float) -> list[Answer]:
        """Return what was answered to requests that began at `at_s` or later."""
        return [one for one in list(self.answers) if one.at_s >= at_s]

    def take(self) -> list[int]:
        """Return the numbers of one batch: new ones, and some that were sent before."""
        with self._lock:
            new = range(self._sent, self._sent + self._batch)
            self._sent = new.stop
            again = [self._chance.randrange(new.stop) for _ in range(self._batch * 3 // 10)]
            numbers = list(dict.fromkeys([*new, *again]))
            self._chance.shuffle(numbers)
            return numbers

    def _until(self, stop: threading.Event) -> None:
        with self._client() as client:
            while not stop.wait(self._pause_s):
                self._deliver(client, self.take())

    def _deliver_one(self, numbers: Sequence[int]) -> None:
        with self._client() as client:
            self._deliver(client, numbers)

    def _deliver(self, client: httpx.Client, numbers: Sequence[int]) -> None:
        events = [self.payment(number) for number in numbers]
        until = time.monotonic() + PATIENCE_S
        while self._post(client, events) != 202:
            assert time.monotonic() < until, "a batch was never accepted"
            time.sleep(RETRY_S)
        with self._lock:
            self.acknowledged.update(numbers)

    def _post(self, client: httpx.Client, events: list[dict[str, Any]]) -> int:
        began, status, retry_after = time.monotonic(), LOST, ""
        try:
            reply = client.post(f"/api/v1/campaigns/{self.slug}/events", json=events)
            status, retry_after = reply.status_code, reply.headers.get("retry-after", "")
            if status == 202:
                assert reply.json()["accepted"] == len(events)
        except httpx.HTTPError:
            pass
        self.answers.append(Answer(began, status, time.monotonic() - began, retry_after))
        return status

    def _client(self) -> httpx.Client:
        bearer = {"authorization": f"Bearer {self.key}"}
        return httpx.Client(base_url=self.board.url, headers=bearer, timeout=20, trust_env=False)


def hour_ago() -> datetime:
    """Return the whole minute an hour ago."""
    return datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=1)


def amount(number: int) -> int:
    """Return a payment's amount, minor units."""
    return 1 + number * 7919 % 100_000


def statuses(answers: Sequence[Answer]) -> dict[int, int]:
    """Return how many answers had each status."""
    found: dict[int, int] = {}
    for one in answers:
        found[one.status] = found.get(one.status, 0) + 1
    return found


def p99_s(answers: Sequence[Answer]) -> float:
    """Return the time within which 99 of 100 were answered, seconds."""
    took = sorted(one.took_s for one in answers)
    return took[min(len(took) - 1, len(took) * 99 // 100)]
