"""Django's admin for the board, one file a concern."""

from dashboard.admin import board, feeds, milestones, posts, quarantine, screens

__all__ = ["board", "feeds", "milestones", "posts", "quarantine", "screens"]
