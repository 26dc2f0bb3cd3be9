"""A real PostgreSQL, durable as it comes: fsync and synchronous_commit stay on."""

import glob
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.servers import running
from tests.servers.running import Server

_SETTINGS = ("shared_buffers=32MB", "max_connections=200", "listen_addresses=127.0.0.1")


def tool(name: str) -> str:
    """Return the newest of PostgreSQL's programs of this name; Debian keeps them off the PATH."""

    def version(path: str) -> int:
        return int((re.findall(r"/(\d+)/bin", path) or ["0"])[-1])

    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=version)
    return found[-1] if found else str(shutil.which(name))


class Postgres:
    """A cluster in a folder; it can be stopped and started again. Its superuser is `owner`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.settings: tuple[str, ...] = ()
        self._made = 0
        quick = ("-U", "owner", "-A", "trust", "--no-sync", "-E", "UTF8")
        make = (tool("initdb"), "-D", str(folder / "data"), *quick)
        Server(folder, "SIGTERM", make, {}).finish()
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        given = (*_SETTINGS, f"port={self.port}", *self.settings)
        options = [part for one in given for part in ("-c", one)]
        command = (tool("postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder))
        # SIGINT: do not wait for those who are connected.
        self.server = Server(self.folder, "SIGINT", (*command, *options), {})
        self.server.until(self._answers)

    def stop(self) -> None:
        """Stop the server; whoever is connected is cut off."""
        self.server.stop()

    def _answers(self) -> bool:
        try:
            self.sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def url(self, database: str, user: str = "owner", port: int = 0) -> str:
        """Return the DATABASE_URL of a database."""
        return f"postgres://{user}@127.0.0.1:{port or self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the superuser; return its rows."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def new_database(self) -> str:
        """Make an empty database; return its name."""
        self._made += 1
        self.sql(f"CREATE DATABASE board{self._made}")
        return f"board{self._made}"


@contextmanager
def started() -> Iterator[Postgres]:
    """Start a cluster, yield it, throw it away."""
    with running.folder("postgres") as folder:
        cluster = Postgres(folder, running.free_ports(1)[0])
        try:
            yield cluster
        finally:
            cluster.stop()
