"""The API's description, OpenAPI 3.1, made of the structs that the API itself is made of."""

from functools import cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from dashboard.core.degrade import NAMES
from dashboard.core.dimensions import BY_NAME
from dashboard.core.events import Event
from dashboard.core.frame import Frame, Snapshot
from dashboard.pages.figures import Listed, as_json
from dashboard.pages.milestones import Crossing
from dashboard.pages.minute_query import FORMATS
from dashboard.pages.problems import PROBLEM_TYPE, allow
from dashboard.pages.reference import Years
from dashboard.pages.shapes import MinutesPage, Problem, Receipt

Json = dict[str, Any]


_NAMED = {
    "events": Event | list[Event],
    "receipt": Receipt,
    "problem": Problem,
    "campaigns": list[Listed],
    "snapshot": Snapshot,
    "frame": Frame,
    "reference": Years,
    "minutes": MinutesPage,
    "milestones": list[Crossing],
}
_READERS: list[Json] = [{}, {"read_token": []}, {"session": []}]
_SLUG = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
_TEXT = {"type": "string"}
_INSTANT = {"type": "string", "format": "date-time"}


@allow("GET", "HEAD")
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the description."""
    return as_json(description())


@cache
def description() -> Json:
    """Return the whole OpenAPI document."""
    shapes, components = msgspec.json.schema_components(
        _NAMED.values(), ref_template="#/components/schemas/{name}"
    )
    schema = dict(zip(_NAMED, shapes, strict=True))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "GMV board",
            "version": "1",
            "description": "Amounts are integers in the currency's minor unit. Frames come over "
            "the websocket /ws/campaigns/{slug}/: a snapshot first, then a frame at each tick.",
        },
        "servers": [{"url": "/"}],
        "paths": _campaign_paths(schema) | _other_paths(schema),
        "components": {"schemas": components, "securitySchemes": _schemes()},
    }


def _campaign_paths(schema: Json) -> Json:
    base = "/api/v1/campaigns/{slug}"
    return {
        "/api/v1/campaigns": {"get": _get("The campaigns the caller may see", schema, "campaigns")},
        f"{base}/events": {"parameters": [_SLUG], "post": _post(schema)},
        f"{base}/minutes": {"parameters": [_SLUG], "get": _minutes(schema)},
        **{
            f"{base}/{name}": {"parameters": [_SLUG], "get": _get(summary, schema, name)}
            for name, summary in {
                "snapshot": "All figures as of the newest frame",
                "reference": "Last year's curve, and other years'",
                "milestones": "Milestones: of turnover, lowest first, then of other measures",
            }.items()
        },
    }


def _get(summary: str, schema: Json, name: str) -> Json:
    answers = {"200": _json("The figures", schema[name]), **_problems(schema, 404, 405, 503)}
    if name == "snapshot":
        answers["304"] = {"description": "The caller has the newest, by its ETag"}
    return {"operationId": name, "summary": summary, "security": _READERS, "responses": answers}


def _minutes(schema: Json) -> Json:
    described = _get("Turnover a minute; half-open from..to", schema, "minutes")
    described["parameters"] = [
        {"name": "from", "in": "query", "schema": _INSTANT},
        {"name": "to", "in": "query", "schema": _INSTANT},
        {"name": "by", "in": "query", "schema": {"enum": list(BY_NAME)}},
        {"name": "format", "in": "query", "schema": {"enum": list(FORMATS)}},
        {"name": "after", "in": "query", "schema": _TEXT},
    ]
    described["responses"]["200"]["content"] |= {
        "text/csv": {"schema": _TEXT},
        "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
    }
    described["responses"] |= _problems(schema, 400)
    return described


def _post(schema: Json) -> Json:
    return {
        "operationId": "events",
        "summary": "Send events: one, an array, or one a line; gzip or zstd welcome",
        "security": [{"ingest_key": []}, {"signature": []}],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": schema["events"]},
                "application/x-ndjson": {"schema": _TEXT},
            },
        },
        "responses": {
            "202": _json("Durable; what was rejected is named", schema["receipt"]),
            "422": _json("None was acceptable", schema["receipt"]),
            **_problems(schema, 400, 401, 403, 404, 405, 413, 415, 429, 503),
        },
    }


def _other_paths(schema: Json) -> Json:
    text = {"200": {"description": "OK", "content": {"text/plain": {"schema": _TEXT}}}}
    ready = _ready()
    insiders: list[Json] = [{}, {"metrics_token": []}]
    return {
        "/api/v1/openapi.json": {
            "get": {"summary": "This", "responses": {"200": _json("OpenAPI", {"type": "object"})}}
        },
        "/healthz": {"get": {"summary": "The process answers", "responses": text}},
        "/readyz": {
            "get": {
                "summary": "Database and Redis answer; from this machine, or with the token",
                "security": insiders,
                "responses": {"200": _json("Ready", ready), "503": _json("Not ready", ready)},
            }
        },
        "/metrics": {"get": {"summary": "For Prometheus", "security": insiders, "responses": text}},
    }


def _ready() -> Json:
    return {
        "type": "object",
        "properties": {
            "database": {"type": "boolean"},
            "redis": {"type": "boolean"},
            "unlike_ledger": {
                "type": "array",
                "items": _TEXT,
                "description": "Campaigns whose figures the last check found to differ",
            },
            "degrade": {
                "type": "object",
                "properties": {"level": {"type": "integer"}, "name": {"enum": list(NAMES)}},
            },
        },
    }


def _json(text: str, schema: Json) -> Json:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _problems(schema: Json, *statuses: int) -> Json:
    content = {PROBLEM_TYPE: {"schema": schema["problem"]}}
    return {str(one): {"description": "A problem", "content": content} for one in statuses}


def _schemes() -> Json:
    bearer = {"type": "http", "scheme": "bearer"}
    return {
        "ingest_key": {**bearer, "description": "INGEST_KEY of a source"},
        "read_token": {**bearer, "description": "READ_TOKEN of a campaign"},
        "metrics_token": {**bearer, "description": "METRICS_TOKEN of the board"},
        "signature": {
            "type": "apiKey",
            "in": "header",
            "name": "webhook-signature",
            "description": "Standard Webhooks, with webhook-id and webhook-timestamp",
        },
        "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
    }
