"""Addresses of the pages and the API; the door for events stands in front of them (asgi.py)."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
