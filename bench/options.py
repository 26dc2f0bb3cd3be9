"""How much is measured: all of it, or a tenth of the work for a first look."""

import sys
import time

import msgspec

_QUICK = 10


class Options(msgspec.Struct, frozen=True):
    """`runs` of each figure; `quick` runs once with a tenth of the events."""

    runs: int = 3
    quick: bool = False
    began: float = msgspec.field(default_factory=time.monotonic)

    def events(self, most: int) -> int:
        """Return how many events a run has, of `most`."""
        return most // _QUICK if self.quick else most

    def say(self, what: str) -> None:
        """Tell on stderr what is measured now."""
        print(f"[{time.monotonic() - self.began:4.0f} s] {what}", file=sys.stderr, flush=True)
