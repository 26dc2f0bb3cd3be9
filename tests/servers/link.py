"""A wire to PostgreSQL that can be cut: at once, or just when a COMMIT was sent over it."""

import contextlib
import socket
import threading

# What psycopg sends to end a transaction: a simple query.
COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"


class Link:
    """Listens on `port` and carries every connection to the server at `server_port`."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._to_cut = 0
        self.cut = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after_commits(self, count: int) -> None:
        """Cut the next `count` connections that send a COMMIT, once the server has heard it."""
        self._to_cut = count

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            server = socket.create_connection(("127.0.0.1", self._server_port))
            with server:
                mute = threading.Event()
                back = threading.Thread(target=_copy, args=(server, client, mute), daemon=True)
                back.start()
                while data := client.recv(65536):
                    if COMMIT in data and self._to_cut:
                        self._to_cut -= 1
                        self.cut += 1
                        mute.set()
                        server.sendall(data)
                        server.shutdown(socket.SHUT_WR)
                        back.join()  # the server has done what it was told, and hung up
                        return
                    server.sendall(data)
                server.shutdown(socket.SHUT_WR)


def _copy(source: socket.socket, target: socket.socket, mute: threading.Event) -> None:
    """Carry what the server says; where it hangs up, however it does, hang up as well."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if not mute.is_set():
                target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
