import pytest

from dashboard.alerts import feeds
from dashboard.alerts.service import Service


def test_every_file_of_the_folder_is_a_service_of_its_name() -> None:
    found = feeds.services()
    assert all(isinstance(one, Service) and one.name == name for name, one in found.items())


def test_a_file_without_a_service_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "import_module", lambda name: object())
    with pytest.raises(TypeError, match=r"semaphore\.py: expected a SERVICE named 'semaphore'"):
        feeds._service("semaphore")


def test_what_an_account_is_asked_for_is_said_of_every_field_in_both_languages() -> None:
    for service in feeds.services().values():
        names = [field.name for field in service.fields]
        assert len(set(names)) == len(names)
        assert all(field.about and field.about_zh for field in service.fields)
