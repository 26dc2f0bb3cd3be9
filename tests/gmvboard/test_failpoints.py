import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from gmvboard import env, failpoints
from tests.boards import MANAGE, PROJECT, environment

PLACE = "tally.before_commit"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose files arm the failpoints of this process, for one test."""
    for name in ("_folder", "hit"):
        monkeypatch.setattr(failpoints, name, getattr(failpoints, name))
    failpoints.allow(tmp_path)
    return tmp_path


def test_each_place_is_hit_from_one_place_in_the_code() -> None:
    code = [path.read_text() for path in (PROJECT / "dashboard").rglob("*.py")]
    found = [place for text in code for place in re.findall(r"hit(?:_each)?\(\"([\w.]+)\"", text)]
    assert sorted(found) == sorted(failpoints.PLACES)


def test_without_the_setting_a_file_arms_nothing(tmp_path: Path) -> None:
    (tmp_path / PLACE).write_text("raise")
    failpoints.hit(PLACE)
    failpoints.hit_each(PLACE, lambda: pytest.fail("asked for"))
    assert list(tmp_path.iterdir()) == [tmp_path / PLACE]


def test_an_armed_place_raises_until_its_file_is_gone(folder: Path) -> None:
    (folder / PLACE).write_text("raise")
    for _ in range(2):
        with pytest.raises(failpoints.Failed, match=PLACE):
            failpoints.hit(PLACE)
    (folder / PLACE).unlink()
    failpoints.hit(PLACE)
    assert failpoints.hits_of(folder / PLACE).stat().st_size == 2


def test_a_limited_action_is_over_after_so_many_hits(folder: Path) -> None:
    (folder / PLACE).write_text("2*raise")
    for _ in range(2):
        with pytest.raises(failpoints.Failed):
            failpoints.hit(PLACE)
    failpoints.hit(PLACE)


def test_a_detail_is_told_from_others(folder: Path) -> None:
    (folder / "tally.event").write_text("raise poison")
    failpoints.hit_each("tally.event", lambda: ["a", "b"])
    with pytest.raises(failpoints.Failed):
        failpoints.hit_each("tally.event", lambda: ["a", "poison"])


def test_a_delay_waits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    (folder / PLACE).write_text("delay:500")
    failpoints.hit(PLACE)
    assert waited == [0.5]


def test_a_kill_is_one_that_nothing_can_catch(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *given: killed.append(given))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    (folder / PLACE).write_text("kill")
    failpoints.hit(PLACE)
    assert killed == [(os.getpid(), signal.SIGKILL)]


@pytest.mark.parametrize("text", ["", "explode", "delay", "kill:3"])
def test_a_file_that_cannot_be_understood_is_an_error(folder: Path, text: str) -> None:
    (folder / PLACE).write_text(text)
    with pytest.raises(env.BadSetting, match=PLACE):
        failpoints.hit(PLACE)


def test_a_place_that_is_none_is_an_error(folder: Path) -> None:
    with pytest.raises(KeyError):
        failpoints.hit("tally.somewhere")


@pytest.mark.parametrize("others", [{}, {"UNDER_TEST": "yes", "HTTPS": "yes"}])
def test_a_board_outside_of_tests_refuses_to_start_with_failpoints(
    tmp_path: Path, others: dict[str, str]
) -> None:
    told = {"FAILPOINTS": "yes"} | others
    done = subprocess.run(
        [*MANAGE, "board"], env=environment(tmp_path) | told, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "FAILPOINTS: expected to be unset: it is for tests" in done.stderr
    assert "Traceback" not in done.stderr
