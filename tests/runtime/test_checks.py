import socket
from pathlib import Path

import pytest

from dashboard.runtime import checks
from dashboard.runtime.checks import Refused


def test_a_folder_in_use_is_refused_with_the_process_that_has_it(tmp_path: Path) -> None:
    with (
        checks.lock_data_folder(tmp_path),
        pytest.raises(Refused, match=r"in use .* \(process \d+"),
    ):
        checks.lock_data_folder(tmp_path)


def test_a_folder_is_free_again_after_its_board(tmp_path: Path) -> None:
    checks.lock_data_folder(tmp_path).close()
    with checks.lock_data_folder(tmp_path) as lock:
        assert not lock.closed


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="cannot write there"):
        checks.lock_data_folder(tmp_path / "file" / "data")


def test_a_port_in_use_is_refused_by_its_number() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"port {port}: already in use"):
            checks.listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_needs_no_allowed_hosts(host: str) -> None:
    checks.host_is_named(host, "")
    assert checks.is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.10", "board.example"])
def test_another_host_asks_for_allowed_hosts(host: str) -> None:
    with pytest.raises(Refused, match="set ALLOWED_HOSTS"):
        checks.host_is_named(host, "")
    checks.host_is_named(host, "board.example")
    assert not checks.is_loopback(host)
