"""`outbox`: sends the posts that are approved and due; several may run."""

import signal
import threading
from typing import Any

from dashboard.alerts import means
from dashboard.alerts.deliver import Delivery
from dashboard.management.command import BoardCommand, started_safely
from dashboard.runtime import watchman
from dashboard.runtime.outbox import Outbox
from dashboard.store.leases import new_holder

# A request takes 20 s at most; what is not over by then is left to its lease.
_DRAIN_S = {signal.SIGTERM: 20.0, signal.SIGINT: 5.0}


class Command(BoardCommand):
    """Send until SIGTERM, and then what is under way."""

    help = "Send the posts that are approved and due, to several feeds at once."

    def handle(self, *args: Any, **options: Any) -> None:
        started_safely()
        stopping, told = threading.Event(), list[int]()

        def stop(number: int, _frame: object) -> None:
            told.append(number)
            stopping.set()

        for number in _DRAIN_S:
            signal.signal(number, stop)
        watching = watchman.start(new_holder(), stopping)
        delivery = Delivery(new_holder(), means.real(), stopping)
        Outbox(delivery, stopping).run(
            lambda: min((_DRAIN_S[signal.Signals(one)] for one in told), default=0)
        )
        watching.join()
