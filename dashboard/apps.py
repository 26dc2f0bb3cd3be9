"""Django's name for the application."""

from importlib import import_module

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The board."""

    name = "dashboard"
    verbose_name = "GMV Board"

    def ready(self) -> None:
        """Have open sockets told of rights that end; its tables are there only now."""
        import_module("dashboard.live.revoke").follow()
