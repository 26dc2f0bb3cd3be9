"""How the supervisor knows that a process works: each is asked the way its users ask it."""

import asyncio
from contextlib import suppress

import redis

from dashboard.store import canary
from dashboard.store.connect import connect

_ANSWER_WITHIN_S = 5.0


async def redis_answers() -> bool:
    """Return True once Redis answers; while it loads its file it does not."""
    return await asyncio.to_thread(_ping)


def _ping() -> bool:
    try:
        with connect() as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


async def worker_answers(since_ms: int) -> bool:
    """Return True once a worker has run a canary at or after `since_ms`."""
    signs = await canary_signs()
    return signs is not None and signs[1] >= since_ms


async def canary_signs() -> tuple[int, int] | None:
    """Return when a canary was last sent and last heard (ms), None while Redis is away."""
    return await asyncio.to_thread(_canary_signs)


def _canary_signs() -> tuple[int, int] | None:
    try:
        with connect() as client:
            return canary.last_sent_and_heard(client)
    except redis.RedisError:
        return None


async def web_answers(address: tuple[str, int], host: str) -> bool:
    """Return True once `/healthz` at `address` says 200; `host` is the Host header to send."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(_ANSWER_WITHIN_S):
            reader, writer = await asyncio.open_connection(*address)
            try:
                writer.write(f"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
                status = await reader.readline()
            finally:
                writer.close()
            return status.split(b" ")[1:2] == [b"200"]
    return False
