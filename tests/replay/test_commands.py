import json
import signal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from dashboard.accept.admission import JSON, admit
from dashboard.core.clock import Clock
from dashboard.core.events import decode_entries
from dashboard.replay import demo
from dashboard.store import campaigns, ledger, references, rehearsals
from dashboard.store.keys import facts_of
from dashboard.store.tables import Campaign
from tests.worlds import MIDNIGHT_MS, append, festival, payment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def silent_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither broker nor Redis is at hand."""
    monkeypatch.setattr("dashboard.store.bells.ask", lambda *_: True)
    monkeypatch.setattr("celery.app.base.Celery.send_task", lambda *_, **__: None)


def run(*arguments: str, **options: Any) -> str:
    told = StringIO()
    call_command(*arguments, stdout=told, stderr=StringIO(), **options)
    return told.getvalue()


def recorded(tmp_path: Path, *ids: str, **fields: object) -> str:
    path = tmp_path / "day.ndjson"
    events = [
        {"id": id_, "type": "payment.succeeded", "amount": 7, "currency": "CNY"}
        | {"occurred_at": f"2012-11-11T00:00:{n:02d}+08:00", **fields}
        for n, id_ in enumerate(ids)
    ]
    path.write_text("\n".join(map(json.dumps, events)))
    return str(path)


def ids(campaign: Campaign) -> list[str]:
    batches = ledger.stream_after(campaign.pk, 0)
    return [entry.id for batch in batches for entry in decode_entries(batch.lines)]


def test_imported_events_are_in_the_ledger(tmp_path: Path) -> None:
    campaign, _ = festival()
    told = run("importevents", "festival", recorded(tmp_path, "a", "b"))
    assert told == "2 events: 2 accepted (0 of them held), 0 rejected\n"
    assert ids(campaign) == ["a", "b"]


def test_imported_events_are_the_first_source_s_unless_another_is_named(tmp_path: Path) -> None:
    campaign, main = festival()
    file = recorded(tmp_path, "a")
    run("importevents", "festival", file)
    run("importevents", "festival", file, source="bank")
    first, second = ledger.stream_after(campaign.pk, 0)
    assert (first.source_id, second.source_id) == (main.pk, campaign.sources.get(name="bank").pk)


def test_the_same_payment_by_http_and_by_file_is_one_r2(tmp_path: Path) -> None:
    campaign, main = festival()
    file = recorded(tmp_path, "a")
    body = Path(file).read_bytes()
    ledger.append([admit(facts_of(campaign), main.pk, body, JSON, MIDNIGHT_MS).incoming])
    run("importevents", "festival", file)
    by_http, by_file = ledger.stream_after(campaign.pk, 0)
    assert (by_http.source_id, by_http.lines) == (by_file.source_id, by_file.lines)


def test_importing_again_uses_the_same_ids_and_source(tmp_path: Path) -> None:
    campaign, _ = festival()
    for _ in range(2):
        run("importevents", "festival", recorded(tmp_path, "a"))
    batches = list(ledger.stream_after(campaign.pk, 0))
    assert ids(campaign) == ["a", "a"]
    assert batches[0].source_id == batches[1].source_id


def test_an_import_with_rejected_events_says_so_and_why(tmp_path: Path) -> None:
    festival()
    with pytest.raises(CommandError, match="quarantine") as failure:
        run("importevents", "festival", recorded(tmp_path, "a", amount=1.5))
    assert failure.value.returncode == 1


def test_an_imported_year_is_the_one_to_beat(tmp_path: Path) -> None:
    campaign, _ = festival()
    path = tmp_path / "2011.csv"
    path.write_text("minute,gross\n00:00,5\n00:01,6\n")
    run("importreference", "festival", str(path), label="2011", basis="Tmall alone")
    run("importreference", "festival", str(path), label="2010", not_primary=True)
    year = references.primary(campaign.pk)
    assert year is not None
    assert (year.label, year.total, year.minutes, year.basis) == ("2011", 11, [5, 6], "Tmall alone")
    assert len(references.every(campaign.pk)) == 2
    whole = campaign.milestones.get()
    assert (whole.key, whole.kind, whole.amount) == ("all-of-2011", "reference_total", 11)


def test_a_year_imported_later_takes_the_place_of_the_first(tmp_path: Path) -> None:
    campaign, _ = festival()
    path = tmp_path / "total.csv"
    for label, total in (("2011", "5"), ("2010", "6"), ("2010", "7")):
        path.write_text(total)
        run("importreference", "festival", str(path), label=label)
    years = [(year.label, year.total, year.primary) for year in references.every(campaign.pk)]
    assert years == [("2010", 7, True), ("2011", 5, False)]


def test_a_bad_reference_is_refused_by_file_line_and_field(tmp_path: Path) -> None:
    festival()
    path = tmp_path / "2011.csv"
    path.write_text("00:00,x")
    with pytest.raises(CommandError, match=r"2011\.csv: line 1: gross"):
        run("importreference", "festival", str(path), label="2011")


def test_recorded_events_are_played_on_a_rehearsal_clock(tmp_path: Path) -> None:
    campaign, _ = festival()
    file = recorded(tmp_path, "a", "b", "c")
    told = run("replay", "festival", file, speed=100_000)
    assert "Sent: 3 events, turnover ¥0\n" in told
    assert ids(campaign) == ["a", "b", "c"]
    clock = campaigns.by_slug("festival").clock  # type: ignore[union-attr]
    assert clock.rehearsal
    assert clock.speed_permille == 100_000_000


def test_a_campaign_with_real_events_is_left_alone(tmp_path: Path) -> None:
    campaign, source = festival()
    append(source, payment("real"))
    with pytest.raises(CommandError, match="holds real events") as failure:
        run("replay", "festival", recorded(tmp_path, "a"))
    assert failure.value.returncode == 2
    assert ids(campaign) == ["real"]


def test_a_rehearsal_under_way_goes_on_by_its_own_clock(tmp_path: Path) -> None:
    campaign, source = festival(clock_campaign_ms=MIDNIGHT_MS + 3_600_000)
    append(source, payment("early"))
    told = run("replay", "festival", recorded(tmp_path, "a"), speed=7)
    assert "Going on" in told
    assert ids(campaign) == ["early", "a"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nowhere", "--curve", "2012"], "slug: no campaign 'nowhere'"),
        (["festival", "--curve", "2014"], "curve: expected one of"),
        (["festival", "--curve", "2012", "--speed", "0"], "speed: expected"),
        (["festival", "gone.ndjson"], "gone.ndjson: No such file"),
    ],
)
def test_what_cannot_be_played_is_refused(arguments: list[str], reason: str) -> None:
    festival()
    with pytest.raises(CommandError, match=reason) as failure:
        run("replay", *arguments)
    assert failure.value.returncode == 2


def test_a_file_that_begins_without_a_time_is_refused(tmp_path: Path) -> None:
    festival()
    path = tmp_path / "day.ndjson"
    path.write_text('{"id": "a"}\n')
    with pytest.raises(CommandError, match="line 1: expected an event with occurred_at"):
        run("replay", "festival", str(path))


def test_a_curve_goes_on_where_it_was_and_stops_when_told_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def bell(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("celery.app.base.Celery.send_task", bell)
    campaign = demo.prepare("2012", 0)
    append(rehearsals.source_of(campaign, "replay"), payment("last", after_ms=9_000))
    rehearsals.set_clock(campaign, Clock(0, MIDNIGHT_MS + 10_000, 0))
    told = run("replay", "double11-2012", "--curve", "2012")
    assert "Going on" in told and "Stopped, sent: " in told
    batches = list(ledger.stream_after(campaign.pk, 1))
    times = [entry.at - MIDNIGHT_MS for entry in decode_entries(batches[0].lines)]
    assert len(batches) == 1
    assert 9_000 <= min(times) <= max(times) <= 10_000


def test_preparing_the_demo_prints_where_it_is() -> None:
    made = json.loads(run("preparedemo", "double11-2012"))
    assert made["slug"] == "double11-2012"
    assert made["wall_url"] == "/wall/double11-2012/"
    with pytest.raises(CommandError, match="'1999'") as failure:
        run("preparedemo", "1999")
    assert failure.value.returncode == 2
