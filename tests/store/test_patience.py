import pytest
from django.core.management import get_commands, load_command_class
from django.db import connections

from dashboard.management.command import LongCommand
from dashboard.store import patience

LONG = ("backup", "importevents", "importrates", "importreference", "reconcile", "verify")


def test_statements_take_as_long_as_they_take_and_then_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options = connections.settings["default"]["OPTIONS"]
    monkeypatch.setitem(options, "options", "-c statement_timeout=5000")
    with patience.unlimited():
        assert "-c statement_timeout=5000 -c statement_timeout=0" in options["options"]
    assert options["options"] == "-c statement_timeout=5000"


@pytest.mark.parametrize("name", LONG)
def test_a_command_over_a_whole_ledger_is_a_long_one(name: str) -> None:
    assert isinstance(load_command_class(get_commands()[name], name), LongCommand)
