"""The Celery application: it carries doorbells, never money."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gmvboard.settings")

app = Celery("gmvboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["dashboard"])


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Celery sets up its own logging unless somebody listens here; ours comes with the settings."""
