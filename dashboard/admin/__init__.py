"""Django's admin for the board, one file a concern."""

from dashboard.admin import board, feeds, quarantine, screens

__all__ = ["board", "feeds", "quarantine", "screens"]
