"""Errors: problems under /api/, short pages elsewhere, never a trace (S8, S9, S27)."""

import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client

from tests.worlds import festival

pytestmark = pytest.mark.django_db
API = "/api/v1/campaigns"


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Client:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr("dashboard.store.campaigns.all_campaigns", fail)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SuspiciousOperation("secret"), 400),
        (PermissionDenied("secret"), 403),
        (RuntimeError("secret"), 500),
    ],
)
def test_what_goes_wrong_under_api_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    response = failing(monkeypatch, error).get(API)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["status"] == status
    assert b"secret" not in response.content


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SuspiciousOperation("secret"), 400),
        (PermissionDenied("secret"), 403),
        (RuntimeError("secret"), 500),
    ],
)
def test_what_goes_wrong_elsewhere_is_a_page_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    response = failing(monkeypatch, error).get("/")
    assert (response.status_code, response["Content-Type"]) == (status, "text/html; charset=utf-8")
    told = response.content.decode()
    assert not any(word in told for word in ("secret", "Traceback", "File ", "Django"))


def test_a_failure_is_logged_with_one_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """S34."""
    failing(monkeypatch, RuntimeError("broken")).get(API)
    assert len([record for record in caplog.records if record.exc_info]) == 1


@pytest.mark.parametrize("path", ["/nothing", "/api", "/wall/", f"/wall/{'x' * 65}/"])
def test_what_is_not_there_is_a_page(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", f"{API}/a b/snapshot"])
def test_what_is_not_there_under_api_is_a_problem(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_a_host_that_is_not_ours_is_a_bad_request(client: Client) -> None:
    for path in (API, "/", "/healthz"):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("name", ["snapshot", "reference", "minutes", "milestones"])
def test_the_figures_are_for_reading(client: Client, method: str, name: str) -> None:
    """S8."""
    festival(visibility="public")
    response = getattr(client, method)(f"{API}/festival/{name}")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("no_redis")
@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/healthz", "/api/v1/openapi.json", API, f"{API}/festival/snapshot"]
)
def test_every_answer_forbids_guessing_its_type(client: Client, path: str) -> None:
    """S9."""
    logging.disable()
    response = client.get(path)
    logging.disable(logging.NOTSET)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"]


def test_a_form_without_its_token_is_refused_without_a_word_too_many() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert (response.status_code, b"CSRF" in response.content) == (403, False)
