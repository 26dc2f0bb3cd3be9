import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.runtime.child import Child, Keeper, failures_after, pause_after
from dashboard.runtime.supervisor import NotReady, Supervisor
from gmvboard.clock import now_ms

FOREVER = "import time; time.sleep(600)"


def python(name: str, code: str, **fields: object) -> Child:
    return Child(name=name, argv=(sys.executable, "-S", "-c", code), **fields)  # type: ignore[arg-type]


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def supervisor(tmp_path: Path) -> Supervisor:
    return Supervisor(tmp_path / "processes.json")


async def test_children_start_in_order_and_stop_in_reverse(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    diary = tmp_path / "diary"
    code = (
        "import signal, sys, time; write = lambda what: open({diary!r}, 'a').write(what + ' ')\n"
        "signal.signal(signal.SIGTERM, lambda *_: (write('-{name}'), sys.exit()))\n"
        "write('+{name}'); time.sleep(600)"
    )

    async def told(what: str) -> bool:
        return diary.exists() and what in diary.read_text()

    for name in ("first", "second"):
        program = code.format(diary=str(diary), name=name)
        await supervisor.start(python(name, program, ready=lambda name=name: told(f"+{name}")))
    await supervisor.stop()
    assert diary.read_text().split() == ["+first", "+second", "-second", "-first"]


async def test_a_killed_child_comes_back(supervisor: Supervisor, tmp_path: Path) -> None:
    def pid() -> int:
        return int(json.loads((tmp_path / "processes.json").read_text()).get("one") or 0)

    await supervisor.start(python("one", FOREVER))
    await until(lambda: (tmp_path / "processes.json").exists() and pid())
    first = pid()
    os.kill(first, signal.SIGKILL)
    await until(lambda: pid() not in {0, first})
    assert alive(pid())
    await supervisor.stop()


async def test_deaths_are_written_down_for_whoever_raises_alarms(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    def deaths() -> dict[str, list[int]]:
        file = tmp_path / "deaths.json"
        return json.loads(file.read_text()) if file.exists() else {}

    began_ms = now_ms()
    await supervisor.start(python("dying", "raise SystemExit(1)"), python("living", FOREVER))
    await until(lambda: len(deaths().get("dying", [])) >= 3)
    assert deaths()["living"] == []
    assert all(began_ms <= at <= now_ms() for at in deaths()["dying"])
    await supervisor.stop()
    assert deaths() == {}


async def test_a_child_that_ended_well_is_not_started_again() -> None:
    keeper = Keeper(python("once", "pass", final=frozenset({0})))
    await until(lambda: keeper.over)
    assert keeper.pid is None


async def test_what_a_dead_child_had_started_dies_too(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {FOREVER!r}]); "
        f"open({str(note)!r}, 'w').write(str(p.pid)); p.wait()"
    )
    keeper = Keeper(python("parent", code))
    await until(lambda: note.exists() and note.read_text())
    await keeper.stop()
    await until(lambda: not alive(int(note.read_text())))


async def test_a_child_deaf_to_sigterm_is_killed_after_its_grace(tmp_path: Path) -> None:
    note = tmp_path / "deaf"
    code = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        f"open({str(note)!r}, 'w').close(); {FOREVER}"
    )
    keeper = Keeper(python("deaf", code, grace_s=0.1))
    await until(note.exists)
    await keeper.stop()
    assert keeper.over


async def test_a_child_that_was_ready_began_well_however_it_ended() -> None:
    told: list[int] = []
    asked: list[int | None] = []

    async def ready() -> bool:
        asked.append(keeper.pid)
        return True

    keeper = Keeper(python("one", FOREVER, ready=ready, prepare=told.append))
    for _ in (1, 2):
        await until(lambda: asked)
        os.kill(asked.pop() or 0, signal.SIGKILL)
    await until(lambda: len(told) == 3)
    await keeper.stop()
    assert told == [0, 0, 0]


async def test_lives_that_never_got_ready_are_counted() -> None:
    told: list[int] = []

    async def never() -> bool:
        return False

    keeper = Keeper(python("one", "pass", ready=never, prepare=told.append))
    await until(lambda: len(told) == 3)
    await keeper.stop()
    assert told == [0, 1, 2]


async def test_each_line_of_a_child_is_told_with_its_name_and_cannot_be_forged(
    capfd: pytest.CaptureFixture[str],
) -> None:
    keeper = Keeper(python("talker", r"print('hello\x1b[31m\rworld')", final=frozenset({0})))
    await until(lambda: keeper.over)
    line = next(line for line in capfd.readouterr().err.splitlines() if "hello" in line)
    assert line.endswith(r"Z talker  | hello\x1b[31m\rworld")


async def test_a_child_that_never_gets_ready_is_named(supervisor: Supervisor) -> None:
    async def never() -> bool:
        return False

    with pytest.raises(NotReady, match="quitter did not become ready"):
        await supervisor.start(python("quitter", "pass", ready=never, final=frozenset({0})))
    await supervisor.stop()


def test_a_child_that_fails_waits_longer_each_time_and_a_good_life_is_a_new_beginning() -> None:
    failures, pauses = 0, []
    for life_s in (1, 1, 4, 1, 1, 1, 1, 1, 6, 1):
        failures = failures_after(failures, life_s)
        pauses.append(pause_after(failures))
    assert pauses == [0, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 0, 0.2]
