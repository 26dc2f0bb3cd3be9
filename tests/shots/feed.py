"""A festival's payments, one event a second that stands for all of that second's."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from dashboard.replay import seeds
from tests.browser.minutes import YUAN, shape

_A_PAYMENT = 180 * YUAN
_MINUTE_S, _DAY_S = 60, 86_400
_WEIGHTS = [shape(minute) for minute in range(_DAY_S // _MINUTE_S)]
_WHOLE = sum(_WEIGHTS) * _MINUTE_S
_KEYS = {
    dimension: ([one.key for one in keys], [one.share or 1 for one in keys])
    for dimension, keys in seeds.labels().items()
}
_KEYS["platform"] = (["tmall", "taobao"], [69, 31])


@dataclass(frozen=True)
class Feed:
    """What is paid from `start` on: `total` hundreds of minor units on each whole day.

    Beside a thousand payments that succeed, `failing` fail. An event stands for `every` seconds.
    """

    start: datetime
    total: int
    currency: str = "CNY"
    failing: int = 4
    every: int = 1

    def gross(self, second: int) -> int:
        """Minor units of the event of a second from the start."""
        weight = _WEIGHTS[second % _DAY_S // _MINUTE_S]
        return int(self.total * YUAN * weight / _WHOLE) * self.every

    def event(self, second: int) -> dict[str, Any]:
        """The event of a second."""
        draw, gross = Random(second), self.gross(second)
        kinds = {name: draw.choices(*keys)[0] for name, keys in _KEYS.items()}
        return {
            "id": str(second),
            "type": "payment.succeeded",
            "occurred_at": (self.start + timedelta(seconds=second)).isoformat(),
            "amount": gross,
            "currency": self.currency,
            "count": max(1, gross // _A_PAYMENT),
            "buyer": f"buyer {second * 7 // 11}",
            **kinds,
        }

    def failure(self, second: int) -> dict[str, Any]:
        """Payments that fail in the minute from a second on."""
        paid = self.event(second)
        kept = {name: paid[name] for name in ("occurred_at", "platform", "category", "region")}
        count = max(1, _MINUTE_S // self.every * paid["count"] * self.failing // 1000)
        return {**kept, "id": f"failed {second}", "type": "payment.failed", "count": count}

    def seconds(self, since: int, until: int) -> range:
        """The seconds that have an event, from one to before another."""
        return range(-(-since // self.every) * self.every, until, self.every)

    def lines(self, until: int) -> Iterator[str]:
        """Events as NDJSON, up to a second from the start."""
        for second in self.seconds(0, until):
            yield json.dumps(self.event(second)) + "\n"
            if second % _MINUTE_S == 0:
                yield json.dumps(self.failure(second)) + "\n"

    def stuck(self, second: int, number: int) -> list[dict[str, Any]]:
        """Orders that nobody has paid since."""
        at = (self.start + timedelta(seconds=second)).isoformat()
        return [
            {
                "id": f"order {second} {i}",
                "type": "order.submitted",
                "occurred_at": at,
                "order_id": f"{second}-{i}",
            }
            for i in range(number)
        ]
