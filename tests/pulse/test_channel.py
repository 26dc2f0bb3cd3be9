from itertools import pairwise
from typing import Any

import msgspec
import pytest

from dashboard.core.money import MAX_TOTAL
from dashboard.pulse import facts as facts_of
from dashboard.pulse import watch
from dashboard.pulse.channel import Channel
from dashboard.store import milestones, shown
from dashboard.store.tables import Campaign, Milestone, Shown, SiteState
from tests.pulse.fakes import FakeSource
from tests.worlds import MIDNIGHT_MS, append, festival, payment

pytestmark = pytest.mark.django_db

NOW = MIDNIGHT_MS + 60_000


class World:
    """A campaign, its ledger and tallies that have counted it, and a channel."""

    def __init__(self, *amounts: int) -> None:
        self.campaign, self.source = festival()
        self.tallies = FakeSource()
        for amount in amounts:
            Milestone.objects.create(campaign=self.campaign, key=f"m{amount}", amount=amount)
        self.channel = self.another()

    def another(self) -> Channel:
        return Channel(self.tallies, facts_of.read(self.campaign, "1"), NOW)

    def pay(self, amount: int, after_s: int = 0, counted: bool = True) -> None:
        append(self.source, payment(f"{amount}-{after_s}", amount, after_s * 1000))
        if counted:
            self.tallies.pay(amount, after_s)

    def tick(self, after_ms: int = 0, slow: bool = True) -> dict[str, Any]:
        told = self.channel.tick(NOW + after_ms, slow)
        return msgspec.json.decode(told) if told else {}


def row(key: str) -> Milestone:
    return Milestone.objects.get(key=key)


def test_a_milestone_fires_with_its_second_and_its_proof() -> None:
    world = World(100)
    world.pay(60, after_s=3)
    assert world.tick()["milestones"]["reached"] == []
    world.pay(50, after_s=7)
    (reached,) = world.tick(250)["milestones"]["reached"]
    assert reached["crossed_at"] == "2012-11-10T16:00:07Z"
    assert (row("m100").position, row("m100").total, row("m100").confirmed) == (2, 110, True)


def test_the_first_frame_that_carries_a_milestone_dates_its_announcement() -> None:
    world = World(100)
    world.pay(100)
    first = world.tick(250)
    world.pay(1, after_s=1)
    again = world.tick(500)
    assert row("m100").announced_ms == NOW + 250
    announced = [one["milestones"]["reached"][0]["announced_at"] for one in (first, again)]
    assert announced == [first["sent_at"], first["sent_at"]]


def test_several_milestones_crossed_at_once_fire_ascending() -> None:
    world = World(300, 100, 200)
    world.pay(250, after_s=2)
    told = world.tick()["milestones"]
    assert [one["amount"] for one in told["reached"]] == [100, 200]
    assert told["next"]["amount"] == 300


def test_a_milestone_fires_once_in_fifty_ticks_of_two_pulses() -> None:
    world = World(100)
    world.pay(100, after_s=5)
    channels = [world.channel, world.another()]
    proofs = set()
    for number in range(50):
        channels[number % 2].tick(NOW + number * 250, slow=number % 4 == 0)
        proofs.add((row("m100").crossed_ms, row("m100").position, row("m100").announced_ms))
        world.pay(1, after_s=number % 60)
    assert proofs == {(MIDNIGHT_MS + 5_000, 1, NOW)}


def test_a_refund_never_takes_a_milestone_back() -> None:
    world = World(100)
    world.pay(100)
    world.tick()
    world.tallies.pay(0, refunds=90)
    told = world.tick(250)
    assert (told["turnover"]["net"], len(told["milestones"]["reached"])) == (10, 1)


def test_a_milestone_fired_before_all_was_counted_is_confirmed_when_its_minute_settles() -> None:
    world = World(100)
    world.pay(100)
    world.pay(1, counted=False)
    Campaign.objects.update(clock_real_ms=MIDNIGHT_MS, clock_campaign_ms=MIDNIGHT_MS)
    world.tick()
    assert not row("m100").confirmed
    world.tallies.pay(1)
    world.tick(1_000)
    assert row("m100").confirmed


def test_a_milestone_whose_amount_was_raised_meanwhile_waits_f44() -> None:
    world = World(100)
    world.pay(60)
    before = world.tick()
    world.pay(90, after_s=1)
    Milestone.objects.update(amount=200)
    after = world.tick(250)
    assert (after["milestones"]["reached"], row("m100").crossed_ms) == ([], None)
    assert after["epoch"] > before["epoch"]  # open pages fetch the amount anew


def test_a_milestone_of_a_club_begins_no_epoch_and_one_of_gross_does() -> None:
    world = World(100)
    world.pay(60)
    before, epochs, campaign = world.tick(), [], Campaign.objects.get()
    for kind in ("share", "amount"):
        Milestone.objects.create(campaign=campaign, key=kind, kind=kind, amount=5, crossed_ms=1)
        world.channel.screen.update(facts_of.read(campaign, "1"), NOW)
        after = world.tick(250)
        assert kind in [one["key"] for one in after["milestones"]["reached"]]
        epochs.append(after["epoch"])
    assert epochs[0] == before["epoch"] < epochs[1]


def test_what_is_told_is_kept_and_a_pulse_begun_after_a_flush_holds_it() -> None:
    world = World()
    world.pay(100)
    before = world.tick()
    world.tallies.flush()
    world.channel = world.another()
    held = world.tick(5_000)
    assert (held["turnover"]["gross"], held["healing"], held["position"]) == (100, True, 1)
    assert (held["kind"], "meta" in held) == ("frame", False)
    assert held["epoch"] > before["epoch"]
    world.tick(9_000)
    assert Shown.objects.get().epoch == before["epoch"]
    world.tallies.pay(100)
    assert not world.tick(9_250)["healing"]


def test_a_copy_that_cannot_be_read_is_no_reason_to_stop() -> None:
    world = World()
    shown.save(world.campaign.pk, 1, 1, 99, b'{"v": 0}')
    world.channel = world.another()
    assert world.tick()["healing"] is False


def test_without_news_frames_come_every_two_seconds_at_least() -> None:
    world = World()
    told = [at for at in range(0, 10_001, 250) if world.tick(at, slow=at % 1_000 == 0)]
    gaps = [after - before for before, after in pairwise(told)]
    assert max(gaps) <= 2_000
    assert len(told) <= 8


def test_figures_behind_the_ledger_say_how_far() -> None:
    world = World()
    world.pay(100, counted=False)
    told = world.tick()
    assert told["backlog"] == {"batches": 1, "events": 1, "oldest_seconds": 60.0}
    assert (told["behind_seconds"], told["as_of"]) == (60.0, "2012-11-10T16:00:00Z")


def test_a_frame_that_was_not_taken_is_told_at_the_next_tick(monkeypatch: Any) -> None:
    world = World()
    world.tick()
    world.pay(100)
    with monkeypatch.context() as broken:
        broken.setattr(world.tallies, "put", lambda *_: (_ for _ in ()).throw(OSError("away")))
        with pytest.raises(OSError, match="away"):
            world.tick(250)
    assert world.tick(500)["turnover"]["gross"] == 100


def test_the_worst_of_a_queueing_episode_is_remembered() -> None:
    world = World()
    SiteState.objects.create(campaign=world.campaign, state="queueing", since_ms=MIDNIGHT_MS)
    world.channel = world.another()
    for stuck, after_ms in ((70, 0), (40, 1_000)):
        world.tallies.pending = {MIDNIGHT_MS // 1000 - 60: stuck}
        world.tick(after_ms)
    assert SiteState.objects.get().worst_stuck == 70


def test_buyers_are_estimated_only_when_something_was_counted() -> None:
    world = World()
    world.tallies.distinct = 3
    world.pay(1)
    world.tick()
    world.tallies.distinct = 4
    assert world.tick(2_000)["buyers"] == 3
    world.pay(1)
    assert world.tick(2_250, slow=False)["buyers"] == 3
    assert world.tick(3_000)["buyers"] == 4


def test_the_first_frame_of_healed_figures_has_their_buyers() -> None:
    world = World()
    world.tallies.distinct = 3
    world.pay(1)
    world.tick()
    world.tallies.flush()
    world.tallies.distinct = None
    assert world.tick(1_000)["buyers"] == 3
    world.tallies.distinct, world.tallies.born = 5, "two"
    world.tallies.pay(1)
    healed = world.tick(1_250, slow=False)
    assert (healed["healing"], healed["buyers"]) == (False, 5)


def test_last_years_total_is_a_milestone_once_it_is_known() -> None:
    world = World()
    kind = Milestone.REFERENCE_TOTAL
    Milestone.objects.create(campaign=world.campaign, key="last-year", kind=kind, amount=1)
    world.pay(100)
    assert world.tick()["milestones"] == {"reached": [], "next": None}
    world.campaign.references.create(label="2011", total=90)
    world.channel = world.another()
    assert world.tick()["milestones"]["reached"][0]["amount"] == 90
    assert milestones.listed(world.campaign.pk, 95)[0].amount == 90


def test_a_total_that_screens_cannot_count_exactly_is_an_error_told_once_h17(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_past_cap", set())
    world = World()
    world.tallies.pay(MAX_TOTAL)
    world.tick()
    assert caplog.records == []
    for after_ms in (1_000, 2_000):
        world.tallies.pay(1)
        world.tick(after_ms)
    (told,) = caplog.records
    assert (told.levelname, told.args) == ("ERROR", ("festival", MAX_TOTAL + 1))
