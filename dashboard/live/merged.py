"""A deed done from a thread, at most so often: asked a thousand times meanwhile it is done once."""

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Merged:
    """Does `deed` soon after it is asked, then nothing for `gap_s` seconds.

    The thread ends when nothing is asked, and the interpreter waits for it before it ends itself.
    """

    def __init__(self, deed: Callable[[], None], gap_s: float) -> None:
        self._deed = deed
        self._gap_s = gap_s
        self._lock = threading.Lock()
        self._asked = False
        self._thread: threading.Thread | None = None

    def ask(self) -> None:
        """Have it done once more; returns at once."""
        with self._lock:
            self._asked = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="merged")
                self._thread.start()

    def finish(self) -> None:
        """Return once all that was asked is done."""
        with self._lock:
            thread = self._thread
        if thread:
            thread.join()

    def _run(self) -> None:
        while self._take():
            try:
                self._deed()
            except Exception:
                log.exception("not done, unforeseen")
            time.sleep(self._gap_s)

    def _take(self) -> bool:
        """Return whether it was asked; where it was not, the thread is over."""
        with self._lock:
            asked, self._asked = self._asked, False
            if not asked:
                self._thread = None
            return asked
