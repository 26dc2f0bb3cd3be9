"""What a socket may say: `{"type": "snapshot"}`, and not often (S16)."""

from collections import deque
from typing import Literal

import msgspec

MAX_BYTES = 4096
MAX_A_MINUTE = 30


class _Ask(msgspec.Struct, forbid_unknown_fields=True):
    type: Literal["snapshot"]


_decoder = msgspec.json.Decoder(_Ask)


class Inbound:
    """Judges one socket's messages; `now` is monotonic seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=MAX_A_MINUTE)

    def asks(self, text: str | None, now: float) -> bool:
        """Return whether a message asks for the snapshot; False: close the socket with 1008."""
        if len(self._times) == MAX_A_MINUTE and now - self._times[0] < 60:
            return False
        self._times.append(now)
        if text is None or len(text) > MAX_BYTES:
            return False
        try:
            body = text.encode()
            _decoder.decode(body)
        except (UnicodeEncodeError, msgspec.DecodeError):
            return False
        return len(body) <= MAX_BYTES
