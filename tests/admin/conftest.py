import pytest
from pytest_django.fixtures import Settings


@pytest.fixture
def surroundings(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """No static files are collected, and nobody hears the doorbell but this list."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    rung: list[int] = []
    monkeypatch.setattr("dashboard.pipeline.ring", rung.append)
    return rung
