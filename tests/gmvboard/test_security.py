"""Settings and addresses as a whole: S10, S18, S19, S22, S27, S28, S29."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.fixtures import Settings

from tests.boards import MANAGE, environment

ROOT = Path(__file__).parent.parent.parent
POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def ours(*suffixes: str) -> list[Path]:
    """Files of our own that a browser may get to see, or that make what it sees."""
    found = [*(ROOT / "static").rglob("*"), *(ROOT / "dashboard").rglob("*")]
    return [one for one in found if one.suffix in suffixes and "vendor" not in one.parts]


def strays(pattern: str, files: list[Path]) -> list[str]:
    unsafe = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in files
        for line in path.read_text().splitlines()
        if unsafe.search(line)
    ]


def views(resolver: URLResolver) -> Iterator[Any]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.callback
        else:
            yield from views(entry)


def test_scripts_write_text_and_never_markup() -> None:
    """S18."""
    unsafe = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    assert strays(unsafe, ours(".js")) == []


def test_templates_escape_everything() -> None:
    """S18: data reaches scripts by json_script alone."""
    assert strays(r"\|\s*safe\b|autoescape\s+off|\bon[a-z]+=|javascript:", ours(".html")) == []
    inline = r"<script(?![^>]*\bsrc=)"
    assert strays(inline, ours(".html")) == []


def test_python_makes_no_markup_that_is_not_escaped() -> None:
    """S18."""
    assert strays(r"mark_safe|SafeString|__html__", ours(".py")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/nothing", "/admin/login/", "/healthz"])
def test_every_page_has_the_policy(
    client: Client, settings: Settings, tmp_path: Path, path: str
) -> None:
    """S19."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    response = client.get(path)
    assert set(response["Content-Security-Policy"].split("; ")) >= POLICY
    assert response["X-Frame-Options"] == "DENY"


def test_every_view_is_protected_from_forged_posts() -> None:
    """S22: what may be posted without a token stands outside Django, in the events' door."""
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    exempt = [view for view in views(get_resolver()) if getattr(view, "csrf_exempt", False)]
    assert exempt == []


def test_debug_is_off_and_errors_have_views_of_their_own() -> None:
    """S27."""
    assert settings.DEBUG is False
    handlers = {code: get_resolver().resolve_error_handler(code) for code in (400, 403, 404, 500)}
    assert {handler.__module__ for handler in handlers.values()} == {"dashboard.pages.problems"}


def test_celery_speaks_json_and_takes_no_remote_control() -> None:
    """S29."""
    assert settings.CELERY_TASK_SERIALIZER == "json"
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_WORKER_ENABLE_REMOTE_CONTROL is False


def test_forwarded_headers_are_not_django_s_business() -> None:
    """S28: they are applied once, in gmvboard.proxies, for named proxies only."""
    assert settings.TRUSTED_PROXIES == []
    assert settings.USE_X_FORWARDED_HOST is False
    assert settings.USE_X_FORWARDED_PORT is False
    assert settings.SECURE_PROXY_SSL_HEADER is None


@pytest.mark.parametrize(
    ("name", "value"), [("ALLOWED_HOSTS", "*"), ("ALLOWED_HOSTS", "board.example, *")]
)
def test_a_start_that_would_accept_any_host_is_refused(
    tmp_path: Path, name: str, value: str
) -> None:
    """S28."""
    environment = {"DATA_DIR": str(tmp_path), name: value, "PATH": ""}
    command = [sys.executable, "-c", "import gmvboard.settings"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0
    assert "ALLOWED_HOSTS: expected names of hosts" in done.stderr


@pytest.mark.parametrize(("https", "clean"), [("yes", True), ("no", False)])
def test_nothing_is_left_to_warn_of_in_production(tmp_path: Path, https: str, clean: bool) -> None:
    """S10."""
    done = subprocess.run(
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        env=environment(tmp_path) | {"HTTPS": https, "ALLOWED_HOSTS": "board.example"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode == 0) == clean, done.stderr


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY is True
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
