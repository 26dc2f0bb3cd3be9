"""Django's name for the application."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The board."""

    name = "dashboard"
    verbose_name = "GMV Board"
