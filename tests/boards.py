"""Real boards: `manage.py board` on a free port and in a folder of its own, as a user runs it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

PROJECT = Path(__file__).parents[1]
TETHER = PROJECT / "dashboard" / "runtime" / "tether.py"
MANAGE = (sys.executable, str(PROJECT / "manage.py"))
START_WITHIN_S, STOP_WITHIN_S = 120, 60
_TAIL_LINES = 60
# Static files as the first board of these tests has packed them, which takes 3 s.
_packed: list[Path] = []


class Board:
    """A running board. `url` has no slash at its end; `env` is what its commands run with."""

    def __init__(
        self, process: subprocess.Popen[bytes], data_dir: Path, env: dict[str, str]
    ) -> None:
        self.process, self.data_dir, self.env = process, data_dir, env
        try:
            self.url = self._until_ready()
        except AssertionError:
            process.kill()  # with its tether all that it has started goes
            process.wait()
            raise
        self.port = int(self.url.rpartition(":")[2])
        self.http = httpx.Client(base_url=self.url, timeout=20, trust_env=False)

    def _until_ready(self) -> str:
        until = time.monotonic() + START_WITHIN_S
        while not (found := re.search(r"Board ready: (\S+)/\n", self.log())):
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the board did not start:\n{self.tail()}")
            time.sleep(0.05)
        return found[1]

    def log(self) -> str:
        """Return everything the board has said."""
        return log_of(self.data_dir).read_text(errors="replace")

    def tail(self) -> str:
        """Return the last lines the board has said."""
        return "\n".join(self.log().splitlines()[-_TAIL_LINES:])

    @property
    def pids(self) -> dict[str, int]:
        """The running processes by role: board, valkey, beat, pulse, outbox, worker, daphne."""
        pids = json.loads((self.data_dir / "processes.json").read_text())
        return {name: pid for name, pid in pids.items() if pid}

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command beside the board."""
        return manage(*arguments, env=self.env, check=check)

    def create_campaign(self, slug: str, **options: str) -> dict[str, str]:
        """Create a campaign around now, public unless said otherwise; return what is printed."""
        begin = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=1)
        given = {
            "name": slug.title(),
            "start": begin.isoformat(),
            "end": (begin + timedelta(days=1)).isoformat(),
            "visibility": "public",
            **options,
        }
        flags = [part for name, value in given.items() for part in (f"--{name}", value)]
        made = self.manage("createcampaign", slug, *[flag.replace("_", "-") for flag in flags])
        result: dict[str, str] = json.loads(made.stdout)
        return result

    def post(self, slug: str, key: str, events: Any, **headers: str) -> httpx.Response:
        """Post one event, or a list of them, as JSON."""
        return self.http.post(
            f"/api/v1/campaigns/{slug}/events",
            json=events,
            headers={"Authorization": f"Bearer {key}", **headers},
        )

    def stop(self) -> int:
        """Stop the board as Ctrl-C does (not heard in the background); return its exit code."""
        self.http.close()
        deaf = signal.getsignal(signal.SIGINT) == signal.SIG_IGN
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM if deaf else signal.SIGINT)
        return self.process.wait(timeout=STOP_WITHIN_S)


def environment(data_dir: Path) -> dict[str, str]:
    """Return this process' environment with the board's data folder."""
    return {**os.environ, "DATA_DIR": str(data_dir)}


def log_of(data_dir: Path) -> Path:
    """Return the file that holds what a board has said."""
    return data_dir.with_suffix(".log")


def manage(
    *arguments: str, env: dict[str, str], check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` with these arguments; with `check`, its output is shown where it fails."""
    done = subprocess.run(
        [*MANAGE, *arguments], env=env, cwd=PROJECT, capture_output=True, text=True, timeout=120
    )
    if check and done.returncode:
        raise AssertionError(f"{arguments} ended with {done.returncode}:\n{done.stderr}")
    return done


def lend_static_files(data_dir: Path) -> None:
    """Put the static files where a board finds them collected, if an earlier board's are left."""
    packed = next((one for one in reversed(_packed) if one.exists()), None)
    if packed and not (data_dir / "static").exists():
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copytree(packed, data_dir / "static")


def start(data_dir: Path, *options: str, **env: str) -> Board:
    """Start a board, `env` in its environment; return it when ready. It dies with the tests."""
    command = [*MANAGE, "board", "--port", "0", *options]
    whole = environment(data_dir) | env
    lend_static_files(data_dir)
    with log_of(data_dir).open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(TETHER), str(os.getpid()), *command],
            env=whole,
            cwd=PROJECT,
            stdout=log,
            stderr=log,
        )
    board = Board(process, data_dir, whole)
    _packed.append(data_dir / "static")
    return board


@contextmanager
def running(data_dir: Path, *options: str, **env: str) -> Iterator[Board]:
    """Start a board, yield it, stop it."""
    board = start(data_dir, *options, **env)
    try:
        yield board
    finally:
        board.stop()
