"""A real RabbitMQ, and the port mapper that Erlang wants beside it."""

import glob
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers import running
from tests.servers.running import Server


def program() -> str:
    """Return the server's own script; the one on the PATH changes to a user of Debian's."""
    found = sorted(glob.glob("/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server"))
    return found[-1] if found else str(shutil.which("rabbitmq-server"))


@contextmanager
def started() -> Iterator[str]:
    """Start a node, yield its address, throw it away."""
    port, mapper_port, distribution = running.free_ports(3)
    with running.folder("rabbit") as folder:
        (folder / "plugins").write_text("[].")
        (folder / "rabbit.conf").write_text("")
        env = {
            "ERL_EPMD_PORT": str(mapper_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"gmv{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbit.conf"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
        }
        mapper = Server(folder, "SIGTERM", ("epmd", "-port", str(mapper_port)), env)
        node = Server(folder, "SIGTERM", (program(),), env)
        try:
            mapper.until(lambda: running.listens(mapper_port))
            node.until(lambda: running.listens(port))
            yield f"amqp://guest:guest@127.0.0.1:{port}//"
        finally:
            node.stop()
            mapper.stop()
