"""The same without any middleware: the least that a Django view costs."""

from bench.naive.settings import *  # noqa: F403

MIDDLEWARE = []
