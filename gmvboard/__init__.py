"""Wiring: settings, urls, the ASGI application and the Celery application."""
