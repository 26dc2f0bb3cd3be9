"""Emptying the test database after a test that commits: by DELETE, and nothing is made again.

Django truncates every table, which on PostgreSQL makes a new file for each, and then makes all
content types and permissions anew: half of such a test's time. These two stay as migrating left
them; everything else goes, as it would.
"""

from django.db import connection, transaction
from django.test import TransactionTestCase

MADE_BY_MIGRATING = {"django_content_type", "auth_permission"}


def empty(_case: TransactionTestCase) -> None:
    """Delete every row that a test may have left; foreign keys are looked at when all are gone."""
    left = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in sorted({*left} - MADE_BY_MIGRATING):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
