"""The Celery application: it carries doorbells, never money."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.app.amqp import AMQP
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging
from kombu import Connection

# Between two tries to reach a broker that is away; kombu's own waits grow to 30 s, and the figures
# are to be fresh 10 s after it is back.
_FIRST_S, _LONGEST_S = 0.2, 1.0


class _Impatient(Connection):
    """A connection that finds a broker that has come back within a second."""

    def ensure_connection(self, *args: Any, **kwargs: Any) -> Any:
        waits = {"interval_start": _FIRST_S, "interval_step": _FIRST_S, "interval_max": _LONGEST_S}
        return super().ensure_connection(*args, **{**kwargs, **waits})


class _Amqp(AMQP):
    Connection = _Impatient


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gmvboard.settings")

app = Celery("gmvboard", amqp=_Amqp)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["dashboard"])

# Told to root because a pickled task could run anything; ours are JSON and nothing else.
warnings.filterwarnings("ignore", category=SecurityWarning)


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Celery sets up its own logging unless somebody listens here; ours comes with the settings."""
