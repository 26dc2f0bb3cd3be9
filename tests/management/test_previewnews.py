import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dashboard.store.tables import Milestone
from tests.worlds import festival

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    told = io.StringIO()
    call_command("previewnews", "festival", *arguments, stdout=told)
    return told.getvalue()


def test_what_rules_would_say_is_printed_with_their_lengths() -> None:
    campaign, _ = festival()
    Milestone.objects.create(campaign=campaign, key="10b", amount=10**12, words="{% load x %}")
    told = run()
    assert "10b  an amount" in told
    assert "its template is not used: line 1: there is no tag 'load' here" in told
    assert "sample, en: ¥10 billion\n    Festival: turnover passed ¥10 billion" in told
    assert " of 280 (x)" in told and " of 500 (mastodon)" in told


def test_posters_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    campaign, _ = festival()
    Milestone.objects.create(campaign=campaign, key="10b", amount=10**12)
    run("--key", "10b", "--out", str(tmp_path / "posters"))
    written = sorted(path.name for path in (tmp_path / "posters").iterdir())
    assert len(written) == 12 and written[0] == "10b-extreme-en-square.png"
    assert (tmp_path / "posters" / written[0]).read_bytes().startswith(b"\x89PNG")


def test_the_names_that_templates_know_are_printed() -> None:
    festival()
    assert "{{ faster }}  how much sooner that was this year" in run("--names")


def test_a_rule_that_is_not_there_is_named() -> None:
    festival()
    with pytest.raises(CommandError, match="key: festival has no rule 10b"):
        run("--key", "10b")
