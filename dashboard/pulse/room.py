"""How much room is left: on the disk that the ledger grows on, and in Redis."""

import shutil

from django.conf import settings

from dashboard.core.degrade import Room


def left(memory_share: float) -> Room:
    """Return how scarce the data folder's disk is, beside the share of memory that Redis uses.

    Of the disk nothing is known where the folder is not, as with a pulse far from SQLite.
    """
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return Room(0.0, memory_share)
    return Room(settings.LEAST_FREE_MB * 2**20 / max(1, free), memory_share)
