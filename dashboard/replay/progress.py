"""How far something long is: a bar on a terminal, a plain line now and then elsewhere."""

import time
from collections.abc import Callable
from typing import TextIO

from tqdm import tqdm

_LINE_EVERY_S = 10.0


class Progress:
    """Shows how much of `total` (of `unit`) is done, with a word on it, on `stream`."""

    def __init__(
        self,
        total: int,
        unit: str,
        stream: TextIO,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total, self._stream, self._now_s = total, stream, now_s
        self._told_s = now_s()
        self._bar = (
            tqdm(total=total, unit=unit, unit_scale=True, file=stream, leave=False)
            if stream.isatty()
            else None
        )

    def show(self, done: int, word: str) -> None:
        """Show that `done` of the total is done."""
        if self._bar is not None:
            self._bar.set_postfix_str(word, refresh=False)
            self._bar.update(done - self._bar.n)
        elif self._now_s() - self._told_s >= _LINE_EVERY_S:
            self._told_s = self._now_s()
            self._stream.write(f"{done * 100 // max(1, self._total)} % {word}\n")
            self._stream.flush()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
