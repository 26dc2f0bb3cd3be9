"""What happens in a replayed day, written as events of the contract."""

from datetime import datetime, timedelta

import msgspec

from dashboard.core.events import Event, EventType, to_ms
from dashboard.replay.beside import Failure, Trickle
from dashboard.replay.due import Due
from dashboard.replay.orders import Order

_encode = msgspec.json.Encoder().encode


class Line(Event, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An event of the contract as a sender writes it: without what is not given."""


class Teller:
    """Writes the events of one curve, for a day that begins at `start`.

    Ids are made of the curve's name and numbers: the same event always has the same one.
    """

    def __init__(self, name: str, start: datetime, currency: str) -> None:
        self._name, self._start, self._currency = name, start, currency
        self._start_ms = to_ms(start)

    def submission(self, order: Order) -> Due:
        """Tell that orders were submitted."""
        return self._step(order, "order.submitted", order.submitted_ms, order.count)

    def hopeless(self, failure: Failure) -> Due:
        """Tell that orders were submitted whose payment is going to fail."""
        order = failure.order
        return self._step(order, "order.submitted", order.submitted_ms, failure.count, "f")

    def failure(self, failure: Failure) -> Due:
        """Tell that their payment failed."""
        return self._step(failure.order, "payment.failed", failure.failed_ms, failure.count, "f")

    def payment(self, order: Order) -> Due:
        """Tell that orders were paid."""
        order_id, kind = f"{self._name}-{order.number}", order.kind
        line = Line(
            id=order_id + "-p",
            type="payment.succeeded",
            occurred_at=self._moment(order.paid_ms),
            amount=order.amount,
            currency=self._currency,
            count=order.count,
            order_id=order_id,
            platform=kind.platform,
            category=kind.category,
            region=kind.region,
            channel=kind.channel,
            merchant=kind.merchant,
        )
        return Due(self._start_ms + order.paid_ms, order.amount, _encode(line))

    def visits(self, second: int, number: int) -> Due:
        """Tell how many visits a second had."""
        line = Line(
            id=f"{self._name}-visits-{second}",
            type="counter",
            occurred_at=self._moment(second * 1000),
            name="visits",
            value=number,
        )
        return Due(self._start_ms + second * 1000, 0, _encode(line))

    def topup(self, topup: Trickle) -> Due:
        """Tell that stored value was bought."""
        return self._trickle(topup, "topup.succeeded", f"{self._name}-topup-{topup.number}")

    def refund(self, refund: Trickle) -> Due:
        """Tell that payments were given back."""
        return self._trickle(refund, "payment.refunded", f"{self._name}-refund-{refund.number}")

    def _step(self, order: Order, step: EventType, at_ms: int, count: int, mark: str = "") -> Due:
        order_id, kind = f"{self._name}-{order.number}{mark}", order.kind
        line = Line(
            id=order_id + ("-s" if step == "order.submitted" else "-f"),
            type=step,
            occurred_at=self._moment(at_ms),
            count=count,
            order_id=order_id,
            platform=kind.platform,
            category=kind.category,
            region=kind.region,
            channel=kind.channel,
            merchant=kind.merchant,
        )
        return Due(self._start_ms + at_ms, 0, _encode(line))

    def _trickle(self, one: Trickle, what: EventType, event_id: str) -> Due:
        line = Line(
            id=event_id,
            type=what,
            occurred_at=self._moment(one.at_ms),
            amount=one.amount,
            currency=self._currency,
            count=one.count,
            platform=one.kind.platform,
            category=one.kind.category,
            region=one.kind.region,
            channel=one.kind.channel,
            merchant=one.kind.merchant,
        )
        return Due(self._start_ms + one.at_ms, 0, _encode(line))

    def _moment(self, ms: int) -> datetime:
        return self._start + timedelta(milliseconds=ms)
