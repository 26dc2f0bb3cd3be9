"""Counting one event, either way."""

from typing import Any

import redis
from django.db import IntegrityError, transaction
from django.db.models import F

from bench.naive.models import Minute, Payment

TOTAL = "naive:total"
# "2012-11-11T00:00" of an RFC 3339 instant.
_MINUTE = 16


def in_redis(client: redis.Redis, event: dict[str, Any]) -> None:
    """Add to the minute's turnover; an event sent twice counts twice."""
    client.hincrby(TOTAL, event["occurred_at"][:_MINUTE], event["amount"])


def in_the_database(event: dict[str, Any]) -> None:
    """Write the event down and add to the minute's turnover, once for each id."""
    minute = event["occurred_at"][:_MINUTE]
    try:
        with transaction.atomic():
            Payment.objects.create(event_id=event["id"], amount=event["amount"])
            Minute.objects.get_or_create(minute=minute)
            Minute.objects.filter(minute=minute).update(gross=F("gross") + event["amount"])
    except IntegrityError:
        return
