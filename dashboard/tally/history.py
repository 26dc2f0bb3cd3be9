"""Keeping history: minutes that are over go to the database, and again where they change.

Done by one keeper after the workers' commits; where two do it, both write the same.
"""

import redis

from dashboard.store import history, ledger
from dashboard.store.history import Head
from dashboard.store.minutes import Minutes, Moved

# So many a call and a write: some milliseconds, in which nobody else writes to SQLite.
MOST_MINUTES, MINUTES_A_WRITE = 300, 30


def keep(client: redis.Redis, campaign_id: int, running_minute: int) -> bool:
    """Keep the minutes before number `running_minute` that changed; return whether some are left.

    Raises `redis.RedisError` and `django.db.DatabaseError`; to be called again.
    """
    try:
        return _keep(Minutes(client, campaign_id), campaign_id, running_minute)
    except Moved:
        return True


def _keep(reader: Minutes, campaign_id: int, running_minute: int) -> bool:
    generation, position, touched = reader.touched()
    before = history.head(campaign_id)
    if before == Head(generation, position, whole=True):
        return False
    # Figures that are being counted anew replace none that were whole.
    if not generation or position < min(before.position, ledger.head(campaign_id)):
        return False
    kept = history.stands(campaign_id)
    closed = {number: at for number, at in touched.items() if number < running_minute}
    due = [number for number, at in closed.items() if kept.get(number) != (generation, at)]
    _write(reader, campaign_id, generation, due[:MOST_MINUTES])
    if len(due) > MOST_MINUTES:
        return True
    reached = Head(generation, position, whole=len(closed) == len(touched))
    if reached != before:
        history.finish(campaign_id, reached, kept.keys() - touched.keys())
    return False


def _write(reader: Minutes, campaign_id: int, generation: str, numbers: list[int]) -> None:
    for start in range(0, len(numbers), MINUTES_A_WRITE):
        found = reader.whole_rows(numbers[start : start + MINUTES_A_WRITE])
        history.write(campaign_id, generation, found)
