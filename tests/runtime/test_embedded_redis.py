import os
from pathlib import Path

import pytest

from dashboard.runtime import embedded_redis
from dashboard.runtime.checks import Refused

MIB = 1024 * 1024


def options(command: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(command[1::2], command[2::2], strict=True))


def test_it_is_durable_never_evicts_and_listens_on_no_port() -> None:
    given = options(embedded_redis.command("v", Path("/data"), Path("/data/s"), 100 * MIB))
    assert given["--appendonly"] == "yes"
    assert given["--appendfsync"] == "everysec"
    assert given["--maxmemory-policy"] == "noeviction"
    assert given["--port"] == "0"
    assert given["--unixsocketperm"] == "700"


@pytest.mark.parametrize(("free", "given"), [(4096 * MIB, 1024 * MIB), (100 * MIB, 64 * MIB)])
def test_it_may_use_a_quarter_of_the_memory_at_least_64_mib(free: int, given: int) -> None:
    assert embedded_redis.memory_limit(free) == given


def test_without_a_bundled_server_one_on_the_path_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server = tmp_path / "redis-server"
    server.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("platform.machine", lambda: "sparc64")
    assert embedded_redis.binary() == str(server)
    server.unlink()
    with pytest.raises(Refused, match="set REDIS_URL, or install valkey-server or redis-server"):
        embedded_redis.binary()


def test_a_socket_folder_others_may_enter_is_refused(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    with pytest.raises(Refused, match="only we may enter"):
        embedded_redis.private_folder(shared / "redis.sock", tmp_path)


def test_a_socket_folder_is_made_private(tmp_path: Path) -> None:
    embedded_redis.private_folder(tmp_path / "own" / "redis.sock", tmp_path)
    assert os.stat(tmp_path / "own").st_mode & 0o777 == 0o700


def test_a_file_that_keeps_it_from_starting_is_put_aside(tmp_path: Path) -> None:
    kept = tmp_path / "appendonlydir"
    kept.mkdir()
    for failures in (0, 1, 2):
        embedded_redis.prepare(tmp_path, failures)
    assert kept.is_dir()
    embedded_redis.prepare(tmp_path, 3)
    assert [path.name.partition("-")[0] for path in tmp_path.iterdir()] == ["appendonlydir.damaged"]
