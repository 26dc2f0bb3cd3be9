"""A door with a keyring and a ledger in memory, and a client that posts to it."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from dashboard.accept.gate import Gate
from dashboard.accept.group_commit import GroupCommit
from dashboard.accept.http import Door
from dashboard.accept.keyring import FreshKeyring
from dashboard.accept.lookout import Lookout
from dashboard.core.buckets import Buckets
from dashboard.core.clock import Clock
from dashboard.store.keys import Facts, Grant, Keyring
from dashboard.store.ledger import Incoming
from tests.fakes import FakeLedger
from tests.worlds import MIDNIGHT_MS

NOW_MS = MIDNIGHT_MS + 3_600_000
FACTS = Facts(7, "festival", "CNY", 1_000_000_000, Clock())
OTHER = Facts(8, "other", "CNY", 1_000_000_000, Clock())
KEY, OTHER_KEY = "gmv_in_right", "gmv_in_other"
SECRETS = [b"first secret of the source......", b"second secret of the source....."]
GRANT = Grant(70, "main", FACTS)
RING = Keyring(
    campaigns=frozenset({"festival", "other"}),
    bearers={
        hashlib.sha256(KEY.encode()).hexdigest(): GRANT,
        hashlib.sha256(OTHER_KEY.encode()).hexdigest(): Grant(80, "main", OTHER),
    },
    secrets={"festival": [(secret, GRANT) for secret in SECRETS]},
)
PAYMENT = {
    "id": "pay-1",
    "type": "payment.succeeded",
    "occurred_at": "2012-11-11T00:00:01+08:00",
    "amount": 100,
    "currency": "CNY",
}


def payment(**fields: Any) -> dict[str, Any]:
    """Return a payment with some fields altered."""
    return {**PAYMENT, **fields}


class Reply:
    """One answer of the door."""

    def __init__(self, start: dict[str, Any], body: bytes) -> None:
        self.status: int = start["status"]
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def errors(self) -> list[str]:
        """What is wrong, in words: with each event, or with the whole."""
        told = self.json
        if "detail" in told:
            return [told["detail"]]
        return [one["error"] for one in told["rejected"] + told.get("held", [])]


class FakeLookout(Lookout):
    """A look-out that sees what it is told, and has no thread."""

    def start(self) -> None:
        """Stay as it is."""


class Desk:
    """The door, its ledger, how often its keyring was loaded, and the keyring's clock.

    `load` and `append` take the place of the keyring and the ledger in memory.
    """

    def __init__(
        self,
        load: Callable[[], Keyring] = lambda: RING,
        append: Callable[[Sequence[Incoming]], list[int]] | None = None,
    ) -> None:
        self.ledger = FakeLedger()
        self.load = load
        self.loads = 0
        self.clock_s = self.commit_s = 0.0
        self.passed_on: list[str] = []
        self.commits = GroupCommit(append=append or self.ledger.append)
        self.keyring = FreshKeyring(self._load, lambda: self.clock_s)
        self.lookout = FakeLookout()
        self.gate = Gate(lambda: self.commit_s, self.lookout, lambda: self.clock_s)
        self.door = Door(
            self._inner,
            keyring=self.keyring,
            commits=self.commits,
            gate=self.gate,
            strangers=Buckets(per_second=0.001, burst=3),
            forgers=Buckets(per_second=0.001, burst=3),
            allowed_hosts=["board.example"],
            now_s=lambda: NOW_MS / 1000,
        )

    async def close(self) -> None:
        await self.keyring.close()
        self.commits.close()

    def _load(self) -> Keyring:
        self.loads += 1
        return self.load()

    async def _inner(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.passed_on.append(scope["path"])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def post(self, body: Any, *more: tuple[str, str], key: str = KEY) -> Reply:
        """Post events as JSON, or bytes as they are, with the key; `more` are further headers."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = [("authorization", f"Bearer {key}"), *more]
        if not any(name == "content-type" for name, _ in more):
            given.append(("content-type", "application/json"))
        return await self.request(raw, *given)

    async def request(
        self,
        body: bytes | Callable[[], Awaitable[dict[str, Any]]],
        *headers: tuple[str, str],
        host: str = "board.example",
        **scope: Any,
    ) -> Reply:
        """Send a request with just these headers and a Host."""
        pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        asked = {
            "type": "http",
            "method": "POST",
            "path": "/api/v1/campaigns/festival/events",
            "client": ["192.0.2.1", 40000],
            "headers": [(b"host", host.encode()), *pairs],
            **scope,
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.door(asked, body if callable(body) else receive, send)
        return Reply(sent[0], sent[1]["body"])
