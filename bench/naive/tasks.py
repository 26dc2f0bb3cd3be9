"""A Celery application with a task an event: `celery -A bench.naive.tasks worker`."""

import os
from typing import Any

import redis
from celery import Celery

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.naive.settings"

import django
from django.conf import settings

django.setup()

from bench.naive import counting  # noqa: E402

app = Celery("naive")
app.config_from_object("django.conf:settings", namespace="CELERY")
client = redis.Redis.from_url(f"unix://{settings.DATA_DIR / 'redis.sock'}")


@app.task(name="hincrby")
def hincrby(event: dict[str, Any]) -> None:
    """Count one event in Redis."""
    counting.in_redis(client, event)


@app.task(name="orm")
def orm(event: dict[str, Any]) -> None:
    """Count one event in the database."""
    counting.in_the_database(event)
