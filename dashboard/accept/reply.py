"""What the door answers, and how it goes out."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from dashboard.accept.admission import Admitted
from dashboard.accept.problems import Answer

Send = Callable[[dict[str, Any]], Awaitable[None]]

_ALWAYS = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))


def told(slug: str, number: int, admitted: Admitted) -> Answer:
    """Return the 202, or the 422 where no event was acceptable."""
    told: dict[str, Any] = {
        "batch": f"{slug}-{number}" if number else "",
        "accepted": admitted.accepted,
        "rejected": admitted.rejected,
    }
    if admitted.held:
        told["held"] = admitted.held
    status = 202 if admitted.accepted else 422
    return Answer(status, "application/json", msgspec.json.encode(told))


async def send(answer: Answer, send: Send) -> None:
    """Send an answer as ASGI asks."""
    pairs = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", b"%d" % len(answer.body)),
        *_ALWAYS,
        *((name.encode(), value.encode()) for name, value in answer.headers.items()),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.body})
