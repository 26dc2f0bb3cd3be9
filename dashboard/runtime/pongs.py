"""The answer to our ping, known by its bytes: parsing takes 50 µs, and each socket sends many."""

_PONG, _MASKED, _HEAD, _SHORT = 0x8A, 0x80, 6, 126


class Pongs:
    """Looks at what one client sends, from the first byte after its handshake.

    Our pings are empty, so that an answer is a head and a mask: six bytes. It trusts itself only
    while all that came before were whole short frames.
    """

    def __init__(self) -> None:
        self._aligned = True

    def take(self, data: bytes) -> bool:
        """Return whether `data` is the answer to a ping, nothing else."""
        if not self._aligned or len(data) < _HEAD:
            self._aligned = False
            return False
        if len(data) == _HEAD and data[0] == _PONG and data[1] == _MASKED:
            return True
        length = data[1] - _MASKED
        self._aligned = 0 <= length < _SHORT and len(data) == _HEAD + length
        return False
