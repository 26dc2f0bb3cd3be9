"""Do the stores answer? For probes: short time-outs, nothing but the question."""

from django.db import connection

from dashboard.store.connect import impatient


def database() -> None:
    """Return if the database answers; raises `django.db.DatabaseError` where it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker() -> None:
    """Return if Redis answers; raises `redis.RedisError` where it does not."""
    impatient().ping()
