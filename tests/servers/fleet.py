"""A board without a supervisor: its roles started one by one, as on hosts of their own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.boards import MANAGE, PROJECT, TETHER, lend_static_files, manage
from tests.servers.running import free_ports, listens

WITHIN_S = 90
START = datetime(2026, 11, 10, 16, tzinfo=UTC)


def environment(secret_key: str, **servers: str) -> dict[str, str]:
    """Return this process' environment with the addresses of servers in it, and the one key."""
    return {**os.environ, "SECRET_KEY": secret_key, **servers}


class Fleet:
    """Roles on hosts that share servers and a key, and nothing else: no data folder."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.folder, self.env = folder, env
        self.roles: list[subprocess.Popen[bytes]] = []
        self.web: list[httpx.Client] = []
        self.told = ""
        self.manage("migrate", "--verbosity", "0")

    def _env(self, host: str) -> dict[str, str]:
        return {**self.env, "DATA_DIR": str(self.folder / host)}

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command on a host of its own."""
        return manage(*arguments, env=self._env("one"), check=check)

    def start(self, host: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a role on a host; it dies with the tests."""
        with (self.folder / f"{host}-{command[0]}.log").open("wb") as log:
            role = subprocess.Popen(
                [sys.executable, str(TETHER), str(os.getpid()), *MANAGE, *command],
                env=self._env(host),
                cwd=PROJECT,
                stdout=log,
                stderr=log,
            )
        self.roles.append(role)
        return role

    def start_host(self, host: str, *roles: str) -> None:
        """Start roles on a host and a web server, and wait until that listens."""
        lend_static_files(self.folder / host)
        for role in roles:
            self.start(host, role)
        (port,) = free_ports(1)
        self.start(host, "web", "--port", str(port))
        address = f"http://127.0.0.1:{port}"
        self.web.append(httpx.Client(base_url=address, timeout=20, trust_env=False))
        until = time.monotonic() + WITHIN_S
        while not listens(port):
            assert time.monotonic() < until, self.logs()
            time.sleep(0.1)

    def create_campaign(self, slug: str) -> str:
        """Create a public campaign of a day from START; return its ingest key."""
        window = ("--start", START.isoformat(), "--end", (START + timedelta(days=1)).isoformat())
        named = ("--name", slug, "--currency", "CNY", "--visibility", "public")
        made = self.manage("createcampaign", slug, *named, *window)
        return str(json.loads(made.stdout)["ingest_key"])

    def send(self, web: int, slug: str, key: str, numbers: range | list[int]) -> int:
        """Post payments to one of the web servers; return the status, 0 where none came."""
        try:
            answer = self.web[web].post(
                f"/api/v1/campaigns/{slug}/events",
                json=[payment(number) for number in numbers],
                headers={"Authorization": f"Bearer {key}"},
            )
        except httpx.HTTPError:
            return 0
        self.told = answer.text
        return answer.status_code

    def until_accepted(self, web: int, slug: str, key: str, numbers: range | list[int]) -> None:
        """Post payments again and again until they are told 202."""
        until = time.monotonic() + WITHIN_S
        while (status := self.send(web, slug, key, numbers)) != 202:
            assert status in {0, 429, 503} and time.monotonic() < until, (
                status,
                self.told,
                self.logs(),
            )
            time.sleep(0.1)

    def settled(self, web: int, slug: str, gross: int) -> float:
        """Wait until a web server shows `gross` and nothing left to count; return the seconds."""
        began, shown = time.monotonic(), {}
        while True:
            shown = self.snapshot(web, slug)
            turnover = shown.get("turnover", {}).get("gross")
            if turnover == gross and not shown["healing"] and not shown["backlog"]["batches"]:
                return time.monotonic() - began
            assert time.monotonic() - began < WITHIN_S, (gross, turnover, self.logs())
            time.sleep(0.1)

    def snapshot(self, web: int, slug: str) -> dict[str, Any]:
        """Return what a web server shows; empty where it shows nothing."""
        try:
            found = self.web[web].get(f"/api/v1/campaigns/{slug}/snapshot")
            return dict(found.json()) if found.status_code == 200 else {}
        except httpx.HTTPError:
            return {}

    def logs(self) -> str:
        """Return the last lines of every role."""
        files = sorted(self.folder.glob("*.log"))
        tails = (f"== {one.name}\n" + one.read_text(errors="replace")[-1200:] for one in files)
        return "\n".join(tails)

    def stop(self) -> None:
        """End every role."""
        for client in self.web:
            client.close()
        for role in self.roles:
            role.kill()
            role.wait()


def payment(number: int) -> dict[str, Any]:
    """Return the payment of this number."""
    return {
        "id": f"p-{number}",
        "type": "payment.succeeded",
        "occurred_at": (START + timedelta(seconds=number % 7200)).isoformat(),
        "amount": amount(number),
        "currency": "CNY",
    }


def line(number: int) -> str:
    """Return it as a line of a file."""
    return json.dumps(payment(number))


def amount(number: int) -> int:
    """Return its amount, in fen."""
    return 1 + number * 7919 % 100_000


@contextmanager
def started(folder: Path, env: dict[str, str]) -> Iterator[Fleet]:
    """Yield a fleet with a migrated database and no role yet; end what was started."""
    fleet = Fleet(folder, env)
    try:
        yield fleet
    finally:
        fleet.stop()
