from typing import Any

import pytest
from kombu import Connection

from gmvboard.celery import app


def test_a_broker_that_is_back_is_found_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr(Connection, "ensure_connection", lambda _, **given: asked.update(given))
    app.connection_for_read().ensure_connection(max_retries=3)
    assert asked["max_retries"] == 3
    assert asked["interval_max"] <= 1


def test_a_broker_that_is_away_is_asked_for_ever() -> None:
    assert app.conf.broker_connection_max_retries is None
