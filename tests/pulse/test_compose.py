import msgspec

from dashboard.core.frame import Backlog, Frame, Share
from dashboard.core.site import Stretch
from dashboard.pulse import compose
from dashboard.pulse.cache import Cache
from dashboard.pulse.facts import Facts, Year
from dashboard.store.tallies import Figures
from tests.pulse.fakes import MINUTE, FakeSource, facts
from tests.worlds import MIDNIGHT_MS

SECOND = MIDNIGHT_MS // 1000


# As the public contract lists them.
KEYS = {
    *("kind", "v", "campaign", "epoch", "seq", "as_of", "behind_seconds", "sent_at", "status"),
    *("final", "turnover", "orders", "buyers", "payments", "minute", "peak_minute", "minutes"),
    *("by", "topups", "reference", "forecast", "milestones", "site", "notice", "counters"),
    *("position", "healing", "backlog", "degrade"),
}


def frame_at(after_ms: int, source: FakeSource, about: Facts | None = None) -> Frame:
    about = about or facts()
    cache = Cache(about.window)
    cache.take(source.changes(1, "", 0), 0)
    when = compose.moment(about, MIDNIGHT_MS + after_ms, 0, Backlog(0, 0, 0.0))
    return compose.frame(cache, about, when, buyers=None)


def test_the_total_is_the_sum_inside_the_half_open_window() -> None:
    source = FakeSource()
    for after_s in (-1, 0, 3_599, 3_600):
        source.pay(1 << (after_s % 7), after_s)
    told = frame_at(0, source, facts(minutes=60))
    inside = (1 << 0) + (1 << 3_599 % 7)
    assert (told.turnover.gross, told.orders) == (inside, 2)


def test_net_is_gross_less_refunds_and_topups_are_beside_it() -> None:
    source = FakeSource()
    source.pay(500, refunds=120, topups=9_000, topup_count=2)
    told = frame_at(0, source)
    assert (told.turnover.gross, told.turnover.refunds, told.turnover.net) == (500, 120, 380)
    assert (told.topups.amount, told.topups.count) == (9_000, 2)


def test_the_success_rate_is_cut_at_four_decimals_and_null_before_the_first() -> None:
    source = FakeSource()
    assert frame_at(0, source).payments.success_rate is None
    source.pay(1, payments=2, failed=1)
    assert frame_at(0, source).payments.success_rate == 0.6666


def test_an_order_open_for_over_a_minute_is_stuck() -> None:
    source = FakeSource()
    source.pending = {SECOND: 5, SECOND + 1: 7}
    source.watermark_ms = MIDNIGHT_MS + 90_000
    payments = [frame_at(ms, source).payments for ms in (60_999, 61_000, 62_000)]
    assert [(one.pending, one.stuck) for one in payments] == [(12, 0), (12, 5), (12, 12)]


def test_a_rate_is_that_of_the_seconds_that_sources_have_told_of() -> None:
    source = FakeSource()
    for after_s in range(20):
        source.pay(1, after_s)
    rates = [frame_at(ms, source).payments.per_second for ms in (19_000, 21_000, 24_000, 31_000)]
    assert rates == [1, 1, 0, 0]


def test_in_a_fast_rehearsal_what_is_on_its_way_is_neither_missing_nor_stuck() -> None:
    source = FakeSource()
    for after_s in range(20):
        source.pay(1, after_s)
    source.pending = {SECOND: 9}
    fast = facts(speed_permille=144_000)
    cache = Cache(fast.window)
    cache.take(source.changes(1, "", 0), 0)
    when = compose.Moment(
        now_ms=0,
        counted_ms=0,
        campaign_now_ms=MIDNIGHT_MS + 90_000,
        as_of_ms=MIDNIGHT_MS + 90_000,
        backlog=Backlog(0, 0, 0.0),
    )
    payments = compose.frame(cache, fast, when, None).payments
    assert (payments.per_second, payments.stuck) == (1, 0)


def test_the_minute_running_and_the_best_one() -> None:
    source = FakeSource()
    source.pay(500, 60)
    source.pay(30, 125)
    told = frame_at(130_000, source)
    assert told.minute
    assert told.peak_minute
    assert (told.minute.start, told.minute.gross) == ("2012-11-10T16:02:00Z", 30)
    assert (told.peak_minute.start, told.peak_minute.gross) == ("2012-11-10T16:01:00Z", 500)
    assert frame_at(-1, source).minute is None


def test_the_peak_second_is_dated() -> None:
    source = FakeSource()
    for after_s in (3, 4, 4):
        source.pay(1, after_s)
    payments = frame_at(10_000, source).payments
    assert (payments.peak_per_second, payments.peak_at) == (2, "2012-11-10T16:00:04Z")


def test_counters_have_a_total_and_the_minute_running() -> None:
    source = FakeSource()
    source.pay(0, 0, **{"counter:visits": 10})
    source.pay(0, 61, **{"counter:visits": 3})
    visits = frame_at(61_000, source).counters["visits"]
    assert (visits.total, visits.minute) == (13, 3)


def test_this_year_is_compared_with_the_last_at_the_same_minute() -> None:
    year = Year("2011", 900, [100, 200, 600], {"platform": {"tmall": [[0, 0], [3, 450]]}})
    source = FakeSource()
    source.pay(600, 0, **{"platform:gross:tmall": 300, "platform:gross:taobao": 300})
    about = facts(minutes=3, year=year)
    at_two = frame_at(150_000, source, about)
    assert at_two.reference
    assert (at_two.reference.to_now, at_two.reference.multiple) == (300, 2.0)
    assert at_two.by["platform"] == {"tmall": Share(300, 0, 2.0), "taobao": Share(300, 0, None)}
    first = frame_at(59_999, source, about).reference
    assert first
    assert (first.to_now, first.multiple) == (0, None)


def test_what_lies_beyond_the_largest_of_a_breakdown_is_other() -> None:
    source = FakeSource()
    source.pay(0, **{f"region:gross:r{i}": 1 for i in range(25)}, **{"region:gross:other": 4})
    regions = frame_at(0, source).by["region"]
    assert (len(regions), regions["other"].gross) == (21, 9)


def test_figures_with_a_backlog_stand_at_its_oldest_batch() -> None:
    about = facts()
    when = compose.moment(about, MIDNIGHT_MS + 5_000, MIDNIGHT_MS + 1_500, Backlog(2, 9, 3.5))
    told = compose.frame(Cache(about.window), about, when, None)
    assert (told.as_of, told.behind_seconds) == ("2012-11-10T16:00:01.500Z", 3.5)
    assert told.backlog == Backlog(2, 9, 3.5)


def test_a_rehearsal_goes_by_its_own_clock() -> None:
    about = facts(speed_permille=2_000)
    when = compose.moment(about, MIDNIGHT_MS // 2 + 1_000, 0, Backlog(0, 0, 0.0))
    told = compose.frame(Cache(about.window), about, when, None)
    assert (told.as_of, told.status) == ("2012-11-10T16:00:02Z", "live")


def test_the_director_and_the_site_are_told() -> None:
    stretches = [Stretch(1, "queueing", MIDNIGHT_MS, "slow", 5)]
    told = frame_at(1, FakeSource(), facts(notice="Hello", stretches=stretches))
    assert (told.notice, told.site.state) == ("Hello", "queueing")
    assert frame_at(1, FakeSource()).notice is None


def test_a_frame_holds_the_keys_of_the_contract_and_no_single_event() -> None:
    told = msgspec.to_builtins(frame_at(0, FakeSource()))
    assert set(told) == KEYS


def test_only_whole_figures_are_in_a_minutes_row() -> None:
    cache = Cache(range(MINUTE, MINUTE + 1))
    cache.take(Figures("one", 1, minutes={MINUTE: {"gross": 5, "refunds": 1, "payments": 2}}), 0)
    assert compose.row(cache, MINUTE) == ("2012-11-10T16:00:00Z", 5, 1, 2)
