"""Django's admin for the board, one file a concern."""

from dashboard.admin import board, quarantine, screens

__all__ = ["board", "quarantine", "screens"]
