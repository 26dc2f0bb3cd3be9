"""`beat`: rings for campaigns with work left, once a second; one of several leads."""

import signal
import threading
from typing import Any

from dashboard.management.command import BoardCommand, started_safely
from dashboard.runtime import beat, keeper, watchman
from dashboard.store import leases
from dashboard.store.connect import connect


class Command(BoardCommand):
    """Sweep until SIGTERM."""

    help = "Ring for campaigns with work left, once a second; where several run, one leads."

    def handle(self, *args: Any, **options: Any) -> None:
        started_safely()
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        keeping = keeper.start(leases.new_holder(), connect(), stopping)
        watching = watchman.start(leases.new_holder(), stopping)
        beat.run(leases.new_holder(), connect(), stopping)
        keeping.join()
        watching.join()
