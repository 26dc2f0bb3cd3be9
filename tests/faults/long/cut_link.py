"""A link that can be cut without a word: nothing goes through it, and neither end is told."""

import socket
import threading
from contextlib import suppress

_CHUNK = 64 * 1024


class Link:
    """Forwards connections to `port`; those open at a `cut` stay so, and silent, for ever."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listening.getsockname()[1])
        self._sockets: list[socket.socket] = []
        self._era = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Have the connections that are open now go silent; new ones work."""
        self._era += 1

    def hang_up(self) -> None:
        """End the connections that are open now, both ends being told; new ones work."""
        ended, self._sockets = self._sockets, []
        for one in ended:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End everything."""
        self._era += 1
        for one in (self._listening, *self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for it
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(near, self._era), daemon=True).start()

    def _carry(self, near: socket.socket, era: int) -> None:
        """Carry one connection; where nobody listens at the other end, end it at once."""
        try:
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            near.close()
            return
        self._sockets += [near, far]
        back = threading.Thread(target=self._forward, args=(far, near, era), daemon=True)
        back.start()
        self._forward(near, far, era)
        back.join()
        if era == self._era:
            near.close()
            far.close()

    def _forward(self, source: socket.socket, sink: socket.socket, era: int) -> None:
        with suppress(OSError):
            while chunk := source.recv(_CHUNK):
                if era != self._era:
                    return  # what it carried is lost, and nobody hears of it
                sink.sendall(chunk)
            if era == self._era:
                sink.shutdown(socket.SHUT_WR)
