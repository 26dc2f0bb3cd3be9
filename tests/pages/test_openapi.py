import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from dashboard.pages.openapi import description
from tests.frames import frame

CONTRACT = {
    "/api/v1/campaigns": {"get"},
    "/api/v1/campaigns/{slug}/events": {"post"},
    "/api/v1/campaigns/{slug}/snapshot": {"get"},
    "/api/v1/campaigns/{slug}/reference": {"get"},
    "/api/v1/campaigns/{slug}/minutes": {"get"},
    "/api/v1/campaigns/{slug}/milestones": {"get"},
    "/api/v1/openapi.json": {"get"},
    "/healthz": {"get"},
    "/readyz": {"get"},
    "/metrics": {"get"},
}


def references(part: Any) -> Iterator[str]:
    """Every `$ref` in a document."""
    if isinstance(part, dict):
        yield from (part[name] for name in part if name == "$ref")
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def test_it_describes_every_address_of_the_contract() -> None:
    paths = description()["paths"]
    methods = {path: set(described) & {"get", "post"} for path, described in paths.items()}
    assert methods == CONTRACT


def test_every_address_of_the_api_is_described() -> None:
    """What is served and what is described do not drift apart."""
    patterns: list[Any] = [patterns for _, patterns in get_resolver().reverse_dict.items()]
    addresses = ["/" + pattern[0][0][0].replace("%(slug)s", "{slug}") for pattern in patterns]
    served = {address for address in addresses if address.startswith("/api/")}
    served.add("/api/v1/campaigns/{slug}/events")  # the door's
    assert served == {path for path in CONTRACT if path.startswith("/api/")}


def test_every_reference_leads_somewhere() -> None:
    document = description()
    names = {one.removeprefix("#/components/schemas/") for one in references(document)}
    assert names <= set(document["components"]["schemas"])
    assert {"Event", "Snapshot", "Frame", "Receipt", "Problem", "Years"} <= set(
        document["components"]["schemas"]
    )


def test_it_is_served_as_json(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response["Content-Type"] == "application/json"
    assert response.json()["openapi"] == "3.1.0"


@pytest.mark.parametrize("shape", ["Frame", "Snapshot"])
def test_figures_out_hold_aggregates_only(shape: str) -> None:
    """S15: nothing in a frame names an event, an order, a buyer or a source."""
    schemas = description()["components"]["schemas"]
    seen, names, waiting = set(), set[str](), [shape]
    while waiting:
        one = waiting.pop()
        seen.add(one)
        names |= set(schemas[one].get("properties", {}))
        inner = {ref.rpartition("/")[2] for ref in references(schemas[one])}
        waiting += sorted(inner - seen)
    assert not names & {"id", "event", "order_id", "buyer", "source", "token", "merchant"}
    assert {"turnover", "gross", "orders"} <= names


@pytest.mark.usefixtures("redis_server")
@pytest.mark.django_db(transaction=True)
def test_readiness_is_as_it_is_described(client: Client) -> None:
    answers = description()["paths"]["/readyz"]["get"]["responses"]
    schema = answers["200"]["content"]["application/json"]["schema"]
    assert set(client.get("/readyz").json()) == set(schema["properties"])


def test_a_frame_is_as_it_is_described() -> None:
    properties = set(description()["components"]["schemas"]["Frame"]["properties"])
    assert set(json.loads(frame())) == properties
