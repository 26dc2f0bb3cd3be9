"""F21: the machine's clock set forward and back while payments come in."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from standardwebhooks import Webhook

from tests import boards
from tests.boards import Board
from tests.faults.figures import record
from tests.faults.load import Load
from tests.faults.processes import Kept
from tests.faults.verdict import look, verdict
from tests.faults.watch import seconds_until, shown_gross
from tests.path.watching import frames_during

# Its `sitecustomize` is imported by each process of a board that has it on its path.
WRONG_CLOCK = Path(__file__).with_name("wrong_clock")
JUMPS = ("+600", "-600", "-3600", "+0")
WITHIN_S = 60


@pytest.fixture(scope="module")
def offset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("clock") / "offset"
    file.write_text("+0")
    return file


def set_to(file: Path, seconds: str) -> None:
    """Set the clock: nobody finds the file half-written."""
    draft = file.with_suffix(".new")
    draft.write_text(seconds)
    draft.replace(file)


def faked(file: Path) -> dict[str, str]:
    """Return the environment of processes whose clock is off by what the file says, in seconds."""
    return {"PYTHONPATH": str(WRONG_CLOCK), "CLOCK_OFFSET": str(file)}


@pytest.fixture(scope="module")
def clocked(offset: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with boards.running(tmp_path_factory.mktemp("clocked") / "data", **faked(offset)) as running:
        yield running


@pytest.fixture(scope="module")
def load(clocked: Board) -> Load:
    begin = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=4)
    return Load(clocked, "clock", clients=2, batch=50, pause_s=0.1, begin=begin)


def test_totals_move_on_and_no_minute_is_doubled_f21(load: Load, offset: Path) -> None:
    took = []
    with load.running():
        seconds_until(lambda: shown_gross(load))
        for jump in JUMPS:
            set_to(offset, jump)
            time.sleep(2)
            before = shown_gross(load)
            took.append(seconds_until(lambda: shown_gross(load) > before, WITHIN_S))  # noqa: B023
            time.sleep(2)
    shown = look(load.board, load.slug)
    assert shown
    minutes = [row[0] for row in shown["minutes"]]
    assert len(minutes) == len(set(minutes))
    moved = ", ".join(f"{one:.1f}" for one in took)
    record("F21", f"clock at {', '.join(JUMPS)} s", f"total moves after {moved} s; {verdict(load)}")


def test_a_signature_is_refused_while_the_clock_is_wrong_f21(load: Load, offset: Path) -> None:
    body = "[]"
    hook, now = Webhook(load.signing_secret), datetime.now(UTC)
    headers = {
        "webhook-id": "m",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": hook.sign("m", now, body),
        "content-type": "application/json",
    }

    def status() -> int:
        to = f"{load.board.url}/api/v1/campaigns/{load.slug}/events"
        return httpx.post(to, content=body, headers=headers, trust_env=False).status_code

    assert status() == 400  # signed well, and empty
    set_to(offset, "+600")
    seconds_until(lambda: status() == 401, 10)
    set_to(offset, "+0")
    seconds_until(lambda: status() == 400, 10)


def test_two_pulses_half_a_minute_apart_have_one_voice_f21(load: Load, tmp_path: Path) -> None:
    ahead = tmp_path / "ahead"
    ahead.write_text("+30")
    with load.running(), Kept(load.board, "pulse", "ahead", **faked(ahead)):
        frames = frames_during(load.board, load.slug, lambda: None, seconds=12)
    stamps = [(one["epoch"], one["seq"], one["sent_at"]) for one in frames]
    assert [stamp[:2] for stamp in stamps] == sorted(stamp[:2] for stamp in stamps)
    assert len(set(stamps)) == len({stamp[:2] for stamp in stamps})
    verdict(load)
