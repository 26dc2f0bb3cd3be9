import asyncio
import logging
from collections.abc import Callable
from typing import cast

import pytest
import redis

from dashboard.pulse.lead import Lead
from dashboard.pulse.loop import TICK_SECONDS, Loop
from dashboard.pulse.tick import Pulse
from dashboard.pulse.trouble import LONGEST_SECONDS

MESSAGE = {"type": "frame", "campaign": "festival", "frame": "{}"}


class Leading:
    """A lead that is held or not, and remembers being given back."""

    def __init__(self, leads: bool = True) -> None:
        self.leads, self.released = leads, 0

    def held(self, now_ms: int) -> bool:
        return self.leads

    def release(self) -> None:
        self.released += 1


class Scripted:
    """A pulse that does what it is told, tick by tick, and then stops the loop."""

    def __init__(self, *steps: Exception | None, stop: Callable[[], object] = lambda: None) -> None:
        self.steps, self.stop, self.forgotten = list(steps), stop, 0

    def tick(self, now_ms: int) -> list[dict[str, str]]:
        step = self.steps.pop(0)
        if not self.steps:
            self.stop()
        if step is not None:
            raise step
        return [MESSAGE]

    def forget(self) -> None:
        self.forgotten += 1


class Layer:
    """A channel layer that keeps what it was sent, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.sent: list[tuple[str, dict[str, str]]] = []
        self.error = error

    async def group_send(self, group: str, message: dict[str, str]) -> None:
        if self.error:
            raise self.error
        self.sent.append((group, message))


def loop_of(pulse: Scripted, lead: Leading, layer: Layer) -> Loop:
    return Loop(cast("Pulse", pulse), cast("Lead", lead), layer)


async def test_frames_are_handed_on_until_stopped_and_then_the_lead_is_given_back() -> None:
    stop, layer, lead = asyncio.Event(), Layer(), Leading()
    on_last = asyncio.get_running_loop().call_soon_threadsafe
    pulse = Scripted(None, stop=lambda: on_last(stop.set))
    await loop_of(pulse, lead, layer).run(stop)
    assert layer.sent == [("frames", MESSAGE)]
    assert lead.released == 1


async def test_a_layer_that_fails_stops_nothing_and_is_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop, lead = asyncio.Event(), Leading()
    on_last = asyncio.get_running_loop().call_soon_threadsafe
    pulse = Scripted(None, None, stop=lambda: on_last(stop.set))
    await loop_of(pulse, lead, Layer(redis.ConnectionError("away"))).run(stop)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert lead.released == 1


def test_a_standby_neither_ticks_nor_remembers() -> None:
    pulse = Scripted()
    assert loop_of(pulse, Leading(leads=False), Layer()).step() == ((), TICK_SECONDS)
    assert pulse.forgotten == 1


def test_what_is_away_is_logged_once_and_tried_again_ever_less_often(
    caplog: pytest.LogCaptureFixture,
) -> None:
    away = [redis.ConnectionError("away") for _ in range(6)]
    loop = loop_of(Scripted(*away, None), Leading(), Layer())
    with caplog.at_level(logging.INFO):
        waits = [loop.step()[1] for _ in range(7)]
    assert waits == [0.25, 0.5, 1.0, 2.0, LONGEST_SECONDS, LONGEST_SECONDS, TICK_SECONDS]
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


def test_even_a_bug_does_not_end_the_pulse(caplog: pytest.LogCaptureFixture) -> None:
    loop = loop_of(Scripted(ValueError("bug"), None), Leading(), Layer())
    assert loop.step()[0] == ()
    assert caplog.records[0].exc_info
    assert loop.step()[0] == [MESSAGE]
