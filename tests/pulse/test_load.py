from pathlib import Path

import msgspec
import pytest
from pytest_django.fixtures import Settings

from dashboard.pulse.load import Load
from dashboard.pulse.tick import Pulse
from tests.pulse.fakes import FakeSource
from tests.worlds import MIDNIGHT_MS, append, festival, payment

NOW = MIDNIGHT_MS + 60_000


def worked(load: Load, seconds: float, ticks: int, now_ms: int = 0) -> str:
    for number in range(ticks):
        load.worked(seconds, 0.0, now_ms + 250 * number)
    return load.degrade.name


def test_a_slow_tick_is_chance_and_four_are_load() -> None:
    assert worked(Load(), 2.0, ticks=3) == "normal"
    assert worked(Load(), 2.0, ticks=4) == "public"


def test_a_backlog_that_grows_old_is_load() -> None:
    load = Load()
    load.worked(0.01, 12.0, 0)
    assert load.degrade.name == "charts"


@pytest.mark.parametrize(("seconds", "gap_ms"), [(3.0, 0), (4.0, 1_750), (8.0, 15_000)])
def test_the_wall_is_refreshed_more_slowly_last_of_all(seconds: float, gap_ms: int) -> None:
    load = Load()
    worked(load, seconds, ticks=4)
    rests = [ms for ms in range(250, 20_000, 250) if load.rests(750 + ms)]
    assert (rests[-1] + 250 if rests else 0) == gap_ms


@pytest.mark.django_db
def test_the_level_is_told_to_servers_and_stands_in_the_frame() -> None:
    source, seconds = FakeSource(), iter(range(0, 1_000))
    pulse = Pulse(source, "1", lambda: float(next(seconds)))  # every tick takes a second
    festival()
    for number in range(5):
        pulse.tick(NOW + 250 * number)
    assert source.level == 2
    frame = msgspec.json.decode(source.frames[-1])
    assert frame["degrade"] == {"level": 2, "name": "charts"}


@pytest.mark.django_db
def test_a_redis_that_is_nearly_full_is_load() -> None:
    source = FakeSource()
    pulse = Pulse(source, "1", lambda: 0.0)
    source.memory = 0.92
    pulse.tick(NOW)
    assert source.level == 2


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full_is_load(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.LEAST_FREE_MB = tmp_path, 10**12
    source = FakeSource()
    Pulse(source, "1", lambda: 0.0).tick(NOW)
    assert source.level == 3


@pytest.mark.django_db
def test_figures_that_are_counted_anew_are_no_backlog() -> None:
    _campaign, festival_source = festival()
    source = FakeSource()
    append(festival_source, payment("a"))
    source.pay(100)
    pulse = Pulse(source, "1", lambda: 0.0)
    pulse.tick(NOW)
    source.flush()
    pulse.tick(NOW + 2_000)
    assert (source.level, msgspec.json.decode(source.frames[-1])["healing"]) == (0, True)


@pytest.mark.django_db
def test_who_leads_again_begins_without_a_level() -> None:
    pulse = Pulse(FakeSource(), "1", lambda: 0.0)
    worked(pulse.load, 2.0, ticks=4)
    pulse.forget()
    assert pulse.load.degrade.name == "normal"
