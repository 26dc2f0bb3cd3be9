"""Benchmarks: figures that anyone can measure again with `make bench`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gmvboard.settings")
