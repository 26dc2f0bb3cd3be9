"""Errors as answers: RFC 9457 problems under /api/, a short page elsewhere; never a trace (S27)."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from dashboard.core.degrade import CALM_MS, Degrade

API_PREFIX = "/api/"
PROBLEM_TYPE = "application/problem+json"

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{detail}</p></body>
</html>
"""
_DETAILS = {
    400: "The request could not be understood.",
    403: "This is not yours to see or to do.",
    404: "There is nothing at this address, or it is not yours to see.",
    500: "Something went wrong here; it has been noted.",
}


def problem(
    status: int,
    detail: str,
    *,
    retry_after_s: int | None = None,
    allow: str = "",
    more: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return an RFC 9457 problem; `detail` is for a person and names the field, if any.

    `more` are members of this problem's own, for a program.
    """
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body |= more or {}
    response = HttpResponse(msgspec.json.encode(body), PROBLEM_TYPE, status)
    if retry_after_s is not None:
        response["Retry-After"] = str(retry_after_s)
    if allow:
        response["Allow"] = allow
    return response


def unavailable(detail: str) -> HttpResponse:
    """Return the problem 503: ask again in two seconds."""
    return problem(503, detail, retry_after_s=2)


def overloaded(degrade: Degrade) -> HttpResponse:
    """Return the problem 503 of what is given up under load: ask again when calm may be back."""
    level = f"degrade level {degrade.level}, {degrade.name}"
    detail = f"exports and breakdowns are paused while the board is under load ({level})"
    return problem(503, detail, retry_after_s=CALM_MS // 1000)


View = Callable[..., HttpResponseBase]


def allow(*methods: str) -> Callable[[View], View]:
    """Let a view of the API answer `methods` only; others get the problem 405 (S8)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **named: str) -> HttpResponseBase:
            if request.method in methods:
                return view(request, **named)
            expected = ", ".join(methods)
            return problem(405, f"method: expected {expected}", allow=expected)

        return guarded

    return decorate


def _error(request: HttpRequest, status: int) -> HttpResponse:
    detail = _DETAILS[status]
    asked_by_script = request.headers.get("Accept") == "application/json"
    if request.path.startswith(API_PREFIX) or asked_by_script:
        return problem(status, detail)
    page = _PAGE.format(title=HTTPStatus(status).phrase, detail=detail)
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return _error(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return _error(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return _error(request, 403)
